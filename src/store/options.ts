import { invalidOption } from '../errors';
import type { HudhudFlags } from '../flags';
import { defaultFlags } from '../flags';
import { debugLogger } from '../platform/logger';
import type { OutboxTuning } from '../middleware/outboxOptions';
import { outboxDefaults } from '../middleware/outboxOptions';
import type {
  PersistenceOptions,
  PersistenceTuning,
} from '../middleware/persistence/persistenceOptions';
import { persistenceDefaults } from '../middleware/persistence/persistenceOptions';
import type { CachePatcher } from '../middleware/patch/createCachePatcher';
import type { Platform } from '../platform/platform';
import { createBrowserPlatform } from '../platform/platform';
import type { KeyValueStorage } from '../platform/storage';
import type { SourceName } from '../protocol/connectionStatus';
import type { MessageFact } from '../protocol/models';
import type { Correlate } from '../state/settle';
import { correlateByMetadata } from '../state/settle';
import type { ConnectionTuning } from '../transport/connectionOptions';
import { connectionDefaults } from '../transport/connectionOptions';
import type { SourceUrls } from '../transport/createSources';
import type { BudgetTuning } from '../transport/rateBudget';
import { budgetDefaults } from '../transport/rateBudget';
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
  /** Address of long polling. Default: `baseUrl` + `/realtime/poll`. */
  readonly pollUrl?: string;
  /** Address of the WebSocket. Default: `baseUrl` + `/realtime/ws`. */
  readonly socketUrl?: string;
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
  /**
   * How many requests the backend takes from one person: nothing is sent that is known to be refused, and what nobody waits
   * for leaves room for what somebody does. Default: `budgetDefaults`, 100 in 15 minutes.
   */
  readonly rateBudget?: Partial<BudgetTuning>;
  /** How wishes are sent. Default: `outboxDefaults`. */
  readonly outbox?: Partial<OutboxTuning>;
  /**
   * Whether the tabs of one person share one main stream, where the browser has locks (not over plain http). Default
   * `true`.
   */
  readonly shareStream?: boolean;
  /**
   * What outlives the page: `{}` keeps what was wished and is not confirmed yet, `{ messageText: true }` also what was
   * shown. Default: nothing.
   */
  readonly persistence?: PersistenceOptions;
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
  readonly streamUrls: SourceUrls;
  readonly reducerPath: string;
  readonly apiReducerPath: string;
  readonly tokens: TokenSource | null;
  readonly flags: HudhudFlags;
  readonly connection: Partial<ConnectionTuning>;
  readonly rateBudget: BudgetTuning;
  readonly outbox: OutboxTuning;
  readonly sharesStream: boolean;
  readonly persistence: PersistenceTuning | null;
  readonly storage: KeyValueStorage;
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

const sourceNames: readonly SourceName[] = ['sse', 'longPoll', 'webSocket'];

/** Every number of it is a span or an amount. */
function checkTuning<T extends object>(option: string, tuning: Partial<T>, defaults: T): void {
  for (const [name, standard] of Object.entries(defaults)) {
    const value: unknown = tuning[name as keyof T];
    if (typeof standard !== 'number' || value === undefined) continue;
    // from an environment or from JavaScript it may be anything
    if (typeof value === 'number' && value >= 0) continue;
    throw invalidOption(`${option}.${name}`, 'give a number, 0 or more.');
  }
}

/** Each would take what the other writes for the host's own. */
function checkPatchers(patchers: readonly CachePatcher[]): void {
  const taken = new Set<string>();
  for (const { reducerPath, rules } of patchers) {
    for (const endpoint of rules.keys()) {
      const place = JSON.stringify([reducerPath, endpoint]);
      if (taken.has(place)) {
        throw invalidOption(
          'cachePatchers',
          `two have a rule for "${endpoint}". Give it to one of them.`,
        );
      }
      taken.add(place);
    }
  }
}

/** What is kept, with every default in place. */
function resolvePersistence(options: PersistenceOptions | undefined): PersistenceTuning | null {
  if (options === undefined) return null;
  const { storage: _, ...given } = options;
  const tuning = { ...persistenceDefaults, ...given };
  const { channels, messagesPerChannel } = tuning;
  if (!Number.isInteger(channels) || channels < 1) {
    throw invalidOption('persistence.channels', 'give a whole number, 1 or more.');
  }
  if (!Number.isInteger(messagesPerChannel) || messagesPerChannel < 1) {
    throw invalidOption('persistence.messagesPerChannel', 'give a whole number, 1 or more.');
  }
  return tuning;
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
    throw invalidOption('baseUrl', 'give the start of all REST addresses, such as "/api".');
  }
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 200) {
    throw invalidOption('pageSize', 'give a whole number from 1 to 200.');
  }
  if (!Number.isInteger(maxMessagesPerChannel) || maxMessagesPerChannel < 200) {
    throw invalidOption('maxMessagesPerChannel', 'give a whole number, 200 or more.');
  }
  if (!Number.isInteger(maxChannelsHeld) || maxChannelsHeld < 1) {
    throw invalidOption('maxChannelsHeld', 'give a whole number, 1 or more.');
  }
  if (!(typeof maxUploadBytes === 'number' && maxUploadBytes > 0)) {
    throw invalidOption('maxUploadBytes', 'give a number of bytes, more than 0.');
  }
  if (!(staleReadToleranceMs >= 0 && staleReadToleranceMs < Infinity)) {
    throw invalidOption('staleReadToleranceMs', 'give a number of milliseconds, 0 or more.');
  }
  if (reducerPath === '') {
    throw invalidOption('reducerPath', 'give the key that the reducer is mounted under.');
  }
  const { apiReducerPath = `${reducerPath}Api` } = options;
  if (apiReducerPath === '' || apiReducerPath === reducerPath) {
    throw invalidOption('apiReducerPath', 'give a key of its own, or leave it out.');
  }
  for (const name of ['streamUrl', 'pollUrl', 'socketUrl'] as const) {
    if (options[name] === '') throw invalidOption(name, 'give an address, or leave it out.');
  }
  const { sources = connectionDefaults.sources } = options.connection ?? {};
  if (sources.length === 0 || !sources.every((name) => sourceNames.includes(name))) {
    throw invalidOption(
      'connection.sources',
      "name one way at least: 'sse', 'longPoll' or 'webSocket'.",
    );
  }
  const realtime = `${baseUrl.replace(/\/+$/, '')}/realtime`;
  checkTuning('connection', options.connection ?? {}, connectionDefaults);
  checkTuning('rateBudget', options.rateBudget ?? {}, budgetDefaults);
  checkTuning('outbox', options.outbox ?? {}, outboxDefaults);
  checkPatchers(options.cachePatchers ?? []);
  const persistence = resolvePersistence(options.persistence);
  const platform = createBrowserPlatform({ logger: debugLogger, ...options.platform });
  return {
    baseUrl,
    streamUrls: {
      sse: options.streamUrl ?? `${realtime}/stream`,
      longPoll: options.pollUrl ?? `${realtime}/poll`,
      webSocket: options.socketUrl ?? `${realtime}/ws`,
    },
    reducerPath,
    apiReducerPath,
    tokens: options.tokens ?? null,
    flags: { ...defaultFlags, ...options.flags },
    connection: options.connection ?? {},
    rateBudget: { ...budgetDefaults, ...options.rateBudget },
    outbox: { ...outboxDefaults, ...options.outbox },
    sharesStream: options.shareStream ?? true,
    persistence,
    storage: options.persistence?.storage ?? platform.storage,
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
    platform,
  };
}
