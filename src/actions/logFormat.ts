import type { UnknownAction } from '@reduxjs/toolkit';

/** What the lines of a recorded log are, as `docs/replay.md` specifies them to the byte. */

/** What the first line calls itself. @internal */
export const logFormat = 'hudhud-log';

/** The version that is written. @internal */
export const logVersion = 1;

/** What becomes of texts in a log. @public */
export type LogRedaction =
  /** Everything that a person wrote or is called is replaced by something that is equal for equal texts. */
  | 'pseudonyms'
  /** Everything is as it was, but for what looks like a token. */
  | 'none';

/** Which actions are in a log: those of this package, or every one that reached the reducers. @public */
export type LogLevel = 'domain' | 'full';

/** Hashes of the parts of the state, by slice. @public */
export type SliceHashes = Readonly<Record<string, string>>;

/** The first line. @public */
export interface LogHeader {
  readonly format: typeof logFormat;
  readonly version: number;
  /** Name and version of the app, as the recorder was told. */
  readonly app: string;
  /** Which instance's actions and state it is of. */
  readonly instance: string;
  readonly level: LogLevel;
  /** Names of the slices that are hashed. */
  readonly slices: readonly string[];
  /** When it began, by the client's clock. */
  readonly startedAt: number;
  readonly redaction: LogRedaction;
  /** Name of the hash (`docs/replay.md`). */
  readonly hash: 'murmur3-128';
}

/** An action that reached the reducers. @public */
export interface LogAction {
  /** Its number; they count on from one to the next. */
  readonly i: number;
  /** Milliseconds since `startedAt`, by the client's clock, which may have been set back. */
  readonly t: number;
  readonly a: UnknownAction;
}

/** What the state came to. @public */
export interface LogCheckpoint {
  /** Number of the action that comes next. */
  readonly c: number;
  readonly h: SliceHashes;
}

/**
 * Why the whole state is written down: the log begins there (`start`), or the state had changed without an action
 * (`jump`: time travel, hot reload, a host that resets it).
 *
 * @public
 */
export type KeyframeReason = 'start' | 'jump';

/** The whole state. What was before it is not needed to go on. @public */
export interface LogKeyframe {
  /** Number of the action that comes next. */
  readonly k: number;
  readonly why: KeyframeReason;
  /** By slice. */
  readonly s: Readonly<Record<string, unknown>>;
}

/** The last line. A log without one was cut, or its page closed before it ended. @public */
export interface LogFooter {
  /** Actions in the log. */
  readonly n: number;
}

/** A line, without its digest. @public */
export type LogLine = LogHeader | LogAction | LogCheckpoint | LogKeyframe | LogFooter;

/** A line after the header, as what it is. @public */
export type LogEntry =
  | { readonly kind: 'action'; readonly line: number; readonly entry: LogAction }
  | { readonly kind: 'checkpoint'; readonly line: number; readonly entry: LogCheckpoint }
  | { readonly kind: 'keyframe'; readonly line: number; readonly entry: LogKeyframe };
