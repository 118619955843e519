import type { HudhudOptions } from './options';

/** The environment as a bundler or Node has it; each name is read statically, so that Next.js can inline it. */
declare const process: {
  readonly env: {
    readonly NEXT_PUBLIC_API_BASE_URL?: string;
    readonly NEXT_PUBLIC_SSE_URL?: string;
    readonly NEXT_PUBLIC_ENABLE_SSE?: string;
    readonly NEXT_PUBLIC_SSE_RECONNECT_INTERVAL?: string;
    readonly NEXT_PUBLIC_SSE_MAX_RECONNECT_ATTEMPTS?: string;
  };
};

function read(get: () => string | undefined): string | undefined {
  try {
    const value = get()?.trim();
    return value === '' ? undefined : value;
  } catch {
    return undefined; // no `process` here, and nothing was inlined
  }
}

function readNumber(get: () => string | undefined): number | undefined {
  const value = Number(read(get) ?? NaN);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

const streamPath = '/realtime/stream';

/**
 * Reads the four environment variables of the guide: `NEXT_PUBLIC_SSE_URL`, `NEXT_PUBLIC_ENABLE_SSE`,
 * `NEXT_PUBLIC_SSE_RECONNECT_INTERVAL` (ms; upper bound of the first delay) and
 * `NEXT_PUBLIC_SSE_MAX_RECONNECT_ATTEMPTS`; and `NEXT_PUBLIC_API_BASE_URL`, without which the base address is the stream
 * address up to `/realtime/stream`. What is not set, or no number where one belongs, is left to its default.
 *
 * @public
 * @example
 * ```ts
 * const hudhud = createHudhud({ baseUrl: '/api', ...configFromEnv() });
 * ```
 */
export function configFromEnv(): Partial<HudhudOptions> {
  const streamUrl = read(() => process.env.NEXT_PUBLIC_SSE_URL);
  const baseUrl =
    read(() => process.env.NEXT_PUBLIC_API_BASE_URL) ??
    (streamUrl?.endsWith(streamPath) === true ? streamUrl.slice(0, -streamPath.length) : undefined);
  const enabled = read(() => process.env.NEXT_PUBLIC_ENABLE_SSE);
  const initialDelayMs = readNumber(() => process.env.NEXT_PUBLIC_SSE_RECONNECT_INTERVAL);
  const maxReconnectAttempts = readNumber(() => process.env.NEXT_PUBLIC_SSE_MAX_RECONNECT_ATTEMPTS);
  const connection = {
    ...(initialDelayMs === undefined ? {} : { initialDelayMs }),
    ...(maxReconnectAttempts === undefined ? {} : { maxReconnectAttempts }),
  };
  return {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(streamUrl === undefined ? {} : { streamUrl }),
    ...(enabled === undefined ? {} : { flags: { enableRealtime: enabled !== 'false' } }),
    // an empty one would take the place of what a host has set itself
    ...(Object.keys(connection).length === 0 ? {} : { connection }),
  };
}
