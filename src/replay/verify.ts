import type { Reducer, UnknownAction } from '@reduxjs/toolkit';
import type { LogEntry, LogHeader } from '../actions/logFormat';
import type { Correlate } from '../state/settle';
import { correlateByMetadata } from '../state/settle';
import { HudhudError } from '../errors';
import { createRootReducer } from '../state/rootReducer';
import { compareJson } from './compare';
import type { Slices } from './encoder';
import type { Hasher } from './hash';
import { createHasher } from './hash';

/** A reducer over the slices of a log. @public */
export type LogReducer = Reducer<Readonly<Record<string, unknown>>>;

/** What a log is played with. @public */
export interface ReplayOptions {
  /** Default: this package's own root reducer, of the log's instance. */
  readonly reducer?: LogReducer;
  /** What the host gave to `createHudhud`. Default: `metadata.client_id`. */
  readonly correlate?: Correlate;
}

/** @internal */
export function reducerFor(
  { instance }: Pick<LogHeader, 'instance'>,
  options: ReplayOptions,
): LogReducer {
  const { reducer, correlate = correlateByMetadata } = options;
  // whatever a keyframe holds, the reducer takes it as its own: checkpoints tell whether it was
  return reducer ?? (createRootReducer(instance, correlate) as unknown as LogReducer);
}

/**
 * The state after an action of a log or of a file. Every byte of it may be as it was written, and the state still none
 * that these reducers know.
 *
 * @internal
 * @throws HudhudError `LOG_INVALID`: the reducers throw over it.
 */
export function applied(
  reduce: LogReducer,
  state: Slices,
  action: UnknownAction,
  where: string,
  line?: number,
): Slices {
  try {
    return reduce(state, action);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new HudhudError(
      'LOG_INVALID',
      `${where}, ${action.type}, cannot be applied: the state before it is none of these reducers (${why}).`,
      line === undefined ? {} : { line },
      error,
    );
  }
}

/** The first action after the last sound checkpoint that changed a slice which came out differently. @public */
export interface Suspect {
  readonly i: number;
  readonly line: number;
  readonly type: string;
  /** What it changed, up to ten places. */
  readonly paths: readonly string[];
}

/** A slice that did not come to what it was. @public */
export interface Divergence {
  readonly slice: string;
  /** Line of the checkpoint that says so. */
  readonly line: number;
  /** It was sound before the action of this number, and is not before the one of `before`. */
  readonly after: number;
  readonly before: number;
  /** `null`: nothing has changed the slice in the meantime, and it was to change. */
  readonly suspect: Suspect | null;
}

interface Change {
  readonly i: number;
  readonly line: number;
  readonly type: string;
  readonly before: unknown;
  readonly after: unknown;
}

const shownPaths = 10;

/**
 * Plays a log entry by entry and compares with its checkpoints. What it holds is the state, and what it was where the
 * last checkpoint stood: logs may be of any length.
 *
 * @internal
 */
export class Verifier {
  checkpoints = 0;
  actions = 0;
  state: Slices = {};
  private readonly reduce: LogReducer;
  private readonly hasher: Hasher = createHasher();
  private changes = new Map<string, Change>();
  private sound = 0;

  constructor(reduce: LogReducer) {
    this.reduce = reduce;
  }

  /** Takes the next entry. What it shows to be different; nothing for most. */
  take(read: LogEntry): readonly Divergence[] {
    if (read.kind === 'keyframe') {
      this.state = read.entry.s;
      this.settle(read.entry.k);
      return [];
    }
    if (read.kind === 'action') {
      this.apply(read.entry.a, read.entry.i, read.line);
      return [];
    }
    const { c, h } = read.entry;
    const found = Object.entries(h)
      .filter(([slice, hash]) => this.hashOf(slice) !== hash)
      .map(([slice]) => this.toDivergence(slice, read.line, c));
    this.checkpoints += 1;
    if (found.length === 0) this.settle(c);
    return found;
  }

  private apply(action: UnknownAction, i: number, line: number): void {
    const before = this.state;
    const after = applied(this.reduce, before, action, `Line ${line}: action ${i}`, line);
    this.actions += 1;
    if (after === before) return;
    this.state = after;
    for (const slice of Object.keys(after)) {
      if (before[slice] === after[slice] || this.changes.has(slice)) continue;
      const { type } = action;
      this.changes.set(slice, { i, line, type, before: before[slice], after: after[slice] });
    }
  }

  private settle(at: number): void {
    this.sound = at;
    this.changes = new Map();
  }

  private hashOf(slice: string): string {
    const value = this.state[slice];
    return value === undefined ? '' : this.hasher.hash(value);
  }

  private toDivergence(slice: string, line: number, before: number): Divergence {
    const change = this.changes.get(slice);
    return { slice, line, after: this.sound, before, suspect: change ? toSuspect(change) : null };
  }
}

function toSuspect({ i, line, type, before, after }: Change): Suspect {
  const paths = compareJson(before, after, shownPaths).map(({ path }) => path);
  return { i, line, type, paths };
}
