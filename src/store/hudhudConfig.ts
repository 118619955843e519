import type { HudhudFlags } from '../flags';
import type { OutboxTuning } from '../middleware/outboxOptions';
import type { ConnectionTuning } from '../transport/connectionOptions';
import { connectionDefaults } from '../transport/connectionOptions';
import type { ResolvedOptions } from './options';

/** How a client was set up, as plain JSON: what it was given and what it has by default. @public */
export interface HudhudConfig {
  /** Addresses, without names, passwords and queries. */
  readonly baseUrl: string;
  readonly streamUrl: string;
  readonly reducerPath: string;
  /** Whether the host signs in by itself. */
  readonly hasOwnTokens: boolean;
  readonly flags: HudhudFlags;
  readonly connection: Partial<ConnectionTuning>;
  readonly outbox: Partial<OutboxTuning>;
  readonly limits: Readonly<Record<string, number>>;
  readonly cachePatchers: number;
}

/** The bare address: a query may carry a token, and a host may have written a password into it. */
function bare(url: string): string {
  const address = url.trim().replace(/[?#].*$/s, '');
  // up to the last @ before the path, as browsers read it
  return address.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/\\]*@/i, '$1//');
}

/** Numbers and switches; what else an option may be (functions, ports) says nothing in a report. */
function plain<T extends object>(tuning: T): Partial<T> {
  const entries = Object.entries(tuning).filter(([, value]) =>
    ['number', 'boolean'].includes(typeof value),
  );
  // JSON has no infinity
  const finite = entries.map(([name, value]): [string, unknown] => [
    name,
    value === Infinity ? 'Infinity' : value,
  ]);
  return Object.fromEntries(finite) as Partial<T>;
}

/** @internal */
export function configOf(options: ResolvedOptions): HudhudConfig {
  const { maxUploadBytes, pageSize, maxMessagesPerChannel, maxChannelsHeld } = options;
  const { staleReadToleranceMs } = options;
  return {
    baseUrl: bare(options.baseUrl),
    streamUrl: bare(options.streamUrls.sse),
    reducerPath: options.reducerPath,
    hasOwnTokens: options.tokens !== null,
    flags: options.flags,
    connection: plain({ ...connectionDefaults, ...options.connection }),
    outbox: plain(options.outbox),
    limits: plain({
      ...{ maxUploadBytes, pageSize, maxMessagesPerChannel, maxChannelsHeld },
      staleReadToleranceMs,
    }),
    cachePatchers: options.cachePatchers.length,
  };
}
