import type { LogAction, LogEntry } from '../actions/logFormat';
import type { Slices } from './encoder';
import { numberOf } from './logLines';
import type { LogReducer } from './verify';

/** Positions from one state that is remembered to the next; states share all but what changed. */
const every = 256;

/** States of a log by position, computed when they are asked for. @internal */
export class Timeline {
  readonly first: number;
  readonly last: number;
  private readonly reduce: LogReducer;
  private readonly actions: readonly LogAction[];
  /** States that were reached without an action, and states that were computed, by position. */
  private readonly given = new Map<number, Slices>();
  private readonly known = new Map<number, Slices>();
  /** The state that was asked for last: most often the next one is wanted. */
  private latest: { readonly at: number; readonly state: Slices };

  constructor(entries: readonly LogEntry[], reduce: LogReducer) {
    this.reduce = reduce;
    this.actions = entries.flatMap((read) => (read.kind === 'action' ? [read.entry] : []));
    for (const { kind, entry } of entries)
      if (kind === 'keyframe') this.given.set(entry.k, entry.s);
    const [begin] = entries;
    this.first = begin === undefined ? 0 : numberOf(begin);
    this.last = this.first + this.actions.length;
    // where the first keyframe was lost, it goes on from nothing
    const start = this.given.get(this.first) ?? reduce(undefined, { type: '@@hudhud/start' });
    this.given.set(this.first, start);
    this.latest = { at: this.first, state: start };
    for (const [at, state] of this.given) this.known.set(at, state);
  }

  actionAt(position: number): LogAction | null {
    return this.actions[position - this.first] ?? null;
  }

  /** A state at a position within the log. */
  stateAt(position: number): Slices {
    const wanted = Math.min(this.last, Math.max(this.first, position));
    let { at, state } = this.nearest(wanted);
    while (at < wanted) {
      const action = this.actionAt(at);
      if (action !== null) state = this.reduce(state, action.a);
      at += 1;
      state = this.given.get(at) ?? state;
      if ((at - this.first) % every === 0) this.known.set(at, state);
    }
    this.latest = { at, state };
    return state;
  }

  private nearest(wanted: number): { readonly at: number; readonly state: Slices } {
    const { latest } = this;
    if (latest.at <= wanted && wanted - latest.at < every) return latest;
    for (let at = wanted; at > this.first; at--) {
      const state = this.known.get(at);
      if (state !== undefined) return { at, state };
    }
    return { at: this.first, state: this.given.get(this.first) ?? {} };
  }
}
