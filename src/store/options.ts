import { HudhudError } from '../errors';
import type { HudhudFlags } from '../flags';
import { defaultFlags } from '../flags';
import { debugLogger } from '../platform/logger';
import type { OutboxTuning } from '../middleware/outboxOptions';
import { outboxDefaults } from '../middleware/outboxOptions';
import type { CachePatcher } from '../middleware/patch/createCachePatcher';
import type { Platform } from '../platform/platform';
import { createBrowserPlatform } from '../platform/platform';
import type { MessageFact } from '../protocol/models';
import type { Correlate } from '../state/settle';
import { correlateByMetadata } from '../state/settle';
import type { ConnectionTuning } from '../transport/connectionOptions';
import { connectionDefaults } from '../transport/connectionOptions';
import type { TokenSource } from '../transport/session';

/**
 * What a host may say. Only `baseUrl` has no default.
 *
 * @public
 */
export interface HudhudOptions {
  /** Start of all REST addresses, such as `https://hudhud.example/api`. Absolute, or relative to the page's root. */
  readonly baseUrl: string;
  /** Address of the main stream. Default: `baseUrl` + `/realtime/stream`. */
  readonly streamUrl?: string;
  /** Key of this package's state in the host's, and name of the instance in actions. Default `'hudhud'`. */
  readonly reducerPath?: string;
  /** Key of the queries (`hudhud.api`) in the host's state. Default: `reducerPath` + `'Api'`, so `'hudhudApi'`. */
  readonly apiReducerPath?: string;
  /** The host's own sign-in. Default: `hudhud.auth`, which keeps the access token in memory. */
  readonly tokens?: TokenSource;
  /** Switches. Default: `defaultFlags`. */
  readonly flags?: Partial<HudhudFlags>;
  /** How the streams behave. Default: `connectionDefaults`. */
  readonly connection?: Partial<ConnectionTuning>;
  /** How wishes are sent. Default: `outboxDefaults`. */
  readonly outbox?: Partial<OutboxTuning>;
  /**
   * Finds a send's nonce in what the backend gives back. Pure. Default: `metadata.client_id`, which every send carries.
   */
  readonly correlate?: Correlate;
  /** Bytes that a file may have. Default 10 MB (10 × 1024 × 1024), which is what the backend takes. */
  readonly maxUploadBytes?: number;
  /** Messages per page. Default 50. */
  readonly pageSize?: number;
  /**
   * Messages held per channel, replies among them; the oldest ones are let go and loaded
   * again when it is wanted. An open channel in which somebody went back may hold four times as many. At least 200;
   * default 2,000.
   */
  readonly maxMessagesPerChannel?: number;
  /** Channels of which messages are held; the least recently viewed ones are let go. At least 1; default 50. */
  readonly maxChannelsHeld?: number;
  /** How far a read may lag behind the stream, in ms, before a message that it lacks counts as deleted. Default 5,000. */
  readonly staleReadToleranceMs?: number;
  /** RTK Query caches of the host's that are kept in step with the stream: `createCachePatcher`. Default: none. */
  readonly cachePatchers?: readonly CachePatcher[];
  /** Called for a new message of someone else while `enableNotificationSounds` is on. Default: nothing. */
  readonly onNotification?: (message: MessageFact) => void;
  /** Whether a started client shows its status as `window.__SSE_STATUS__`. It holds no secret. Default `true`. */
  readonly exposeStatus?: boolean;
  /** Whether the state gets the metrics, at most every 5 s, for `selectMetrics`. Default `false`. */
  readonly sampleMetrics?: boolean;
  /** Parts of the world to replace, for tests and simulations. Default: the browser's; the logger is `debugLogger`. */
  readonly platform?: Partial<Platform>;
}

/** The options with every default in place. @internal */
export interface ResolvedOptions {
  readonly baseUrl: string;
  readonly streamUrl: string;
  readonly reducerPath: string;
  readonly apiReducerPath: string;
  readonly tokens: TokenSource | null;
  readonly flags: HudhudFlags;
  readonly connection: Partial<ConnectionTuning>;
  readonly outbox: OutboxTuning;
  readonly correlate: Correlate;
  readonly maxUploadBytes: number;
  readonly pageSize: number;
  readonly maxMessagesPerChannel: number;
  readonly maxChannelsHeld: number;
  readonly staleReadToleranceMs: number;
  readonly cachePatchers: readonly CachePatcher[];
  readonly onNotification: ((message: MessageFact) => void) | null;
  readonly exposeStatus: boolean;
  readonly sampleMetrics: boolean;
  readonly platform: Platform;
}

function invalid(field: string, sentence: string): HudhudError {
  return new HudhudError('INVALID_OPTION', `${field}: ${sentence}`, { field });
}

/** Every number of it is a span or an amount. */
function checkTuning<T extends object>(option: string, tuning: Partial<T>, defaults: T): void {
  for (const [name, standard] of Object.entries(defaults)) {
    const value: unknown = tuning[name as keyof T];
    if (typeof standard !== 'number' || value === undefined) continue;
    // from an environment or from JavaScript it may be anything
    if (typeof value === 'number' && value >= 0) continue;
    throw invalid(`${option}.${name}`, 'give a number, 0 or more.');
  }
}

/**
 * Checks the options and fills in the defaults.
 *
 * @internal
 * @throws HudhudError `INVALID_OPTION`, with the option's name in `data.field`.
 */
export function resolveOptions(options: HudhudOptions): ResolvedOptions {
  const { maxUploadBytes = 10 * 1_024 * 1_024 } = options;
  const { maxMessagesPerChannel = 2_000, maxChannelsHeld = 50 } = options;
  const { baseUrl, pageSize = 50, staleReadToleranceMs = 5_000, reducerPath = 'hudhud' } = options;
  if (typeof baseUrl !== 'string' || baseUrl === '') {
    throw invalid('baseUrl', 'give the start of all REST addresses, such as "/api".');
  }
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 200) {
    throw invalid('pageSize', 'give a whole number from 1 to 200.');
  }
  if (!Number.isInteger(maxMessagesPerChannel) || maxMessagesPerChannel < 200) {
    throw invalid('maxMessagesPerChannel', 'give a whole number, 200 or more.');
  }
  if (!Number.isInteger(maxChannelsHeld) || maxChannelsHeld < 1) {
    throw invalid('maxChannelsHeld', 'give a whole number, 1 or more.');
  }
  if (!(typeof maxUploadBytes === 'number' && maxUploadBytes > 0)) {
    throw invalid('maxUploadBytes', 'give a number of bytes, more than 0.');
  }
  if (!(staleReadToleranceMs >= 0 && staleReadToleranceMs < Infinity)) {
    throw invalid('staleReadToleranceMs', 'give a number of milliseconds, 0 or more.');
  }
  if (reducerPath === '') {
    throw invalid('reducerPath', 'give the key that the reducer is mounted under.');
  }
  const { apiReducerPath = `${reducerPath}Api` } = options;
  if (apiReducerPath === '' || apiReducerPath === reducerPath) {
    throw invalid('apiReducerPath', 'give a key of its own, or leave it out.');
  }
  if (options.streamUrl === '') throw invalid('streamUrl', 'give an address, or leave it out.');
  checkTuning('connection', options.connection ?? {}, connectionDefaults);
  checkTuning('outbox', options.outbox ?? {}, outboxDefaults);
  return {
    baseUrl,
    streamUrl: options.streamUrl ?? `${baseUrl.replace(/\/+$/, '')}/realtime/stream`,
    reducerPath,
    apiReducerPath,
    tokens: options.tokens ?? null,
    flags: { ...defaultFlags, ...options.flags },
    connection: options.connection ?? {},
    outbox: { ...outboxDefaults, ...options.outbox },
    correlate: options.correlate ?? correlateByMetadata,
    maxUploadBytes,
    pageSize,
    maxMessagesPerChannel,
    maxChannelsHeld,
    staleReadToleranceMs,
    cachePatchers: options.cachePatchers ?? [],
    onNotification: options.onNotification ?? null,
    exposeStatus: options.exposeStatus ?? true,
    sampleMetrics: options.sampleMetrics ?? false,
    platform: createBrowserPlatform({ logger: debugLogger, ...options.platform }),
  };
}
