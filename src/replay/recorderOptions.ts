import type { LogLevel, LogRedaction } from '../actions/logFormat';
import { invalidOption } from '../errors';
import type { Clock } from '../platform/clock';
import { systemClock } from '../platform/clock';
import type { Timers } from '../platform/timers';
import { systemTimers } from '../platform/timers';
import type { LogSink } from './sinks';

/** How a recorder records. Everything has a default. @public */
export interface RecorderOptions {
  /** The instance that is recorded. Default `'hudhud'`. */
  readonly reducerPath?: string;
  /** Name and version of the app, for the header. Default `''`. */
  readonly app?: string;
  /** Which actions: this package's own, or every one that reaches the reducers. Default `'domain'`. */
  readonly level?: LogLevel;
  /**
   * What becomes of texts. `'none'` keeps them: for tests, and for data that nobody lives in. Default `'pseudonyms'`.
   */
  readonly redaction?: LogRedaction;
  /** Names of a message's metadata that stay, since `correlate` reads them. Default `['client_id']`. */
  readonly keepMetadata?: readonly string[];
  /** Actions from one checkpoint to the next. Default 1,000. */
  readonly checkpointEvery?: number;
  /** Characters of actions that are held for `export()`. Default 8 Mi. */
  readonly maxBytes?: number;
  /** Actions that are held for `export()`. Default 50,000. */
  readonly maxActions?: number;
  /** Where the log goes while it is recorded, beside what is held. Default: nowhere. */
  readonly sink?: LogSink;
  /** How long an action may wait to become a line, in ms: then the app may have nothing else to do. Default 250. */
  readonly encodeAfterMs?: number;
  /** Parts of the world to replace in tests. Default: the real ones. */
  readonly platform?: { readonly clock?: Clock; readonly timers?: Timers };
  /** Told of what went wrong while recording; the app goes on. Default: it is only counted. */
  readonly onError?: (error: unknown) => void;
}

/** @internal */
export type ResolvedRecorderOptions = Required<Omit<RecorderOptions, 'sink' | 'platform'>> & {
  readonly sink: LogSink | null;
  readonly clock: Clock;
  readonly timers: Timers;
};

const amounts = ['checkpointEvery', 'maxBytes', 'maxActions'] as const;

const vocabularies: readonly (readonly ['level' | 'redaction', readonly string[]])[] = [
  ['level', ['domain', 'full']],
  ['redaction', ['pseudonyms', 'none']],
];

/** @internal */
export function resolveRecorderOptions(options: RecorderOptions): ResolvedRecorderOptions {
  const resolved: ResolvedRecorderOptions = {
    reducerPath: options.reducerPath ?? 'hudhud',
    app: options.app ?? '',
    level: options.level ?? 'domain',
    redaction: options.redaction ?? 'pseudonyms',
    keepMetadata: options.keepMetadata ?? ['client_id'],
    checkpointEvery: options.checkpointEvery ?? 1_000,
    maxBytes: options.maxBytes ?? 8 * 1_024 * 1_024,
    maxActions: options.maxActions ?? 50_000,
    sink: options.sink ?? null,
    encodeAfterMs: options.encodeAfterMs ?? 250,
    clock: options.platform?.clock ?? systemClock,
    timers: options.platform?.timers ?? systemTimers,
    onError: options.onError ?? (() => undefined),
  };
  for (const field of amounts) {
    if (Number.isInteger(resolved[field]) && resolved[field] > 0) continue;
    throw invalidOption(field, 'give a whole number, 1 or more.');
  }
  for (const [field, words] of vocabularies) {
    // a log with another word in its header could never be read
    if (words.includes(resolved[field])) continue;
    const said = words.map((word) => `'${word}'`).join(' or ');
    throw invalidOption(field, `give ${said}.`);
  }
  if (!(resolved.encodeAfterMs >= 0 && resolved.encodeAfterMs < Infinity)) {
    throw invalidOption('encodeAfterMs', 'give a number of ms, 0 or more.');
  }
  return resolved;
}
