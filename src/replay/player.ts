import type { UnknownAction } from '@reduxjs/toolkit';
import type { LogAction } from '../actions/logFormat';
import type { Cancel, Timers } from '../platform/timers';
import { systemTimers } from '../platform/timers';
import type { Difference } from './compare';
import { compareJson } from './compare';
import type { Log } from './readLog';
import { Timeline } from './replayTimeline';
import type { Divergence, LogReducer, ReplayOptions } from './verify';
import { reducerFor, Verifier } from './verify';

/** @public */
export interface PlayerOptions extends ReplayOptions {
  /** What `play` waits with. Default: the real ones. */
  readonly timers?: Timers;
  /**
   * Told of what reducers throw over an action, which changes nothing then: in a log that was salvaged it may be none
   * that was ever dispatched. Default: it is thrown.
   */
  readonly onThrow?: (error: unknown, action: UnknownAction) => void;
}

/** How a log is played. @public */
export interface PlayOptions {
  /** 2 is twice as fast as it was. Default 1. */
  readonly speed?: number;
  /** The longest wait between two actions, in ms: nights are short. Default 1,000. */
  readonly maxGapMs?: number;
  /** Called after each action. */
  readonly onStep?: (player: Player) => void;
  /** Called at the end, unless it was called off. */
  readonly onEnd?: () => void;
}

/**
 * Plays a log: the same reducers, and nothing else. There is no store, so that nothing is sent, waited for or stored.
 * A position is the number of the action that comes next.
 *
 * @public
 */
export interface Player {
  /** The first position: number of the log's first action. */
  readonly first: number;
  /** The position after its last action. */
  readonly last: number;
  readonly position: number;
  /** The state there, by slice. */
  readonly state: Readonly<Record<string, unknown>>;
  /** The action that comes next; `null` at the end. */
  readonly next: LogAction | null;
  /** Goes on by some actions; back by a negative number. What is beyond an end is the end. */
  step(by?: number): void;
  /** Goes to a position. Costs at most 256 actions, wherever it is, once it was passed. */
  seek(position: number): void;
  /** Goes on to the end in time; returns how to stop. */
  play(options?: PlayOptions): Cancel;
  /** How the states at two positions differ; where it stands does not matter. */
  diff(from: number, to: number): Difference[];
  /** The first position from `from` on (default: the first) whose action and state fit; `null` if none does. */
  find(
    fits: (action: UnknownAction, state: Readonly<Record<string, unknown>>) => boolean,
    from?: number,
  ): number | null;
  /** Plays all of it, and compares with its checkpoints. Where it differs first; nothing if it is as it was. */
  verify(): readonly Divergence[];
}

/** As the reducer, but for what it throws over. */
function guarded(reduce: LogReducer, onThrow: NonNullable<PlayerOptions['onThrow']>): LogReducer {
  return (state, action) => {
    try {
      return reduce(state, action);
    } catch (error) {
      // there is no state to keep: reducers that cannot begin cannot play
      if (state === undefined) throw error;
      onThrow(error, action);
      return state;
    }
  };
}

/**
 * Makes a player of a log, at its start.
 *
 * @public
 * @example
 * ```ts
 * const player = createPlayer(readLog(text));
 * const at = player.find(({ type }) => type === 'session/ended');
 * if (at !== null) console.log(player.diff(at, at + 1));
 * ```
 */
export function createPlayer(log: Log, options: PlayerOptions = {}): Player {
  const { timers = systemTimers, onThrow } = options;
  const own = reducerFor(log.header, options);
  const reduce = onThrow === undefined ? own : guarded(own, onThrow);
  const timeline = new Timeline(log.entries, reduce);
  const { first, last } = timeline;
  let position = first;
  const player: Player = {
    first,
    last,
    get position() {
      return position;
    },
    get state() {
      return timeline.stateAt(position);
    },
    get next() {
      return timeline.actionAt(position);
    },
    step(by = 1) {
      player.seek(position + by);
    },
    seek(to) {
      // what is no number leads nowhere
      if (!Number.isNaN(to)) position = Math.min(last, Math.max(first, Math.trunc(to)));
    },
    play({ speed = 1, maxGapMs = 1_000, onStep, onEnd } = {}) {
      let cancel: Cancel | null = null;
      const goOn = (): void => {
        const coming = timeline.actionAt(position);
        if (coming === null) {
          onEnd?.();
          return;
        }
        const before = timeline.actionAt(position - 1)?.t ?? coming.t;
        // a clock that was set back makes no negative wait
        const gap = Math.min(Math.max(0, coming.t - before) / speed, maxGapMs);
        cancel = timers.after(gap, () => {
          player.step();
          onStep?.(player);
          if (cancel !== null) goOn();
        });
      };
      goOn();
      return () => {
        cancel?.();
        cancel = null;
      };
    },
    diff: (from, to) => compareJson(timeline.stateAt(from), timeline.stateAt(to)),
    find(fits, from = first) {
      for (let at = Math.max(first, from); at < last; at++) {
        const action = timeline.actionAt(at);
        if (action !== null && fits(action.a, timeline.stateAt(at))) return at;
      }
      return null;
    },
    verify() {
      const verifier = new Verifier(reduce);
      verifier.state = timeline.stateAt(first);
      for (const entry of log.entries) {
        const found = verifier.take(entry);
        if (found.length > 0) return found;
      }
      return [];
    },
  };
  return player;
}
