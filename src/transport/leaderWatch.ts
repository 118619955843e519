import type { Random } from '../platform/random';
import type { Cancel, Timers } from '../platform/timers';

/**
 * Finds out whether the tab that leads is alive: it is asked when nothing was heard of it, and replaced when it does not
 * answer. Counts its own turns instead of reading a clock, so that neither sleep nor a clock that is set makes it wrong.
 *
 * @internal
 */
export interface LeaderWatch {
  start(): void;
  stop(): void;
  /** Something was heard of it. */
  heard(): void;
}

/** @internal */
export interface LeaderWatchOptions {
  readonly timers: Timers;
  readonly random: Random;
  readonly ask: () => void;
  readonly onSilent: () => void;
}

/** How often it looks. Browsers make it once a second in a page that is hidden. */
const turnMs = 400;
/** Turns without a word after which it is silent: it was asked at the first and the second. */
const maxTurns = 3;
/** So that of several that notice one is the first: within 2 s after the last word. */
const jitterMs = 200;

/** @internal */
export function createLeaderWatch({
  timers,
  random,
  ask,
  onSilent,
}: LeaderWatchOptions): LeaderWatch {
  let turns = 0;
  let cancel: Cancel | null = null;

  const arm = (delayMs: number, run: () => void) => {
    cancel = timers.after(delayMs, run);
  };
  const turn = () => {
    turns += 1;
    if (turns >= maxTurns) {
      arm(random.next() * jitterMs, () => {
        cancel = null;
        if (turns >= maxTurns) onSilent();
        else arm(turnMs, turn);
      });
      return;
    }
    // one answer is for all who listen: whoever has just heard something does not ask
    if (turns > 0) ask();
    arm(turnMs, turn);
  };
  const stop = () => {
    cancel?.();
    cancel = null;
  };
  return {
    start() {
      stop();
      turns = 0;
      arm(turnMs, turn);
    },
    stop,
    heard() {
      turns = -1;
    },
  };
}
