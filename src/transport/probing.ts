import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';
import type { Attempt } from './attempt';
import { probeDelay } from './backoff';
import { holdUntilHeard } from './heldHandlers';
import type { Source, SourceHandlers } from './source';

/** Looks whether a better source has come back, while another one is heard. @internal */
export interface Probing {
  /** A source was opened: from now on, now and then. */
  schedule(): void;
  /** At once, unless a look has just begun. */
  look(): void;
  stop(): void;
}

interface ProbingOptions {
  /** Sources that are better than the one that is heard, the best first. */
  readonly better: () => readonly Source[];
  readonly start: (source: Source, handlers: SourceHandlers) => Attempt;
  /** A better one brought something; gives who hears it from then on, or `null`: nobody wants it. */
  readonly takeOver: (attempt: Attempt, source: Source) => SourceHandlers | null;
  /** The first look comes this long after a source was opened, */
  readonly soonMs: number;
  /** and the others about as often as this. */
  readonly everyMs: number;
  readonly platform: Pick<Platform, 'clock' | 'timers' | 'random'>;
}

/**
 * Makes it. A look is a try of which nobody hears before its first frame: that a source opens does not show that anything
 * comes through.
 *
 * @internal
 */
export function createProbing(options: ProbingOptions): Probing {
  const { everyMs, soonMs } = options;
  const { clock, timers, random } = options.platform;
  let probe: Attempt | null = null;
  let cancelTimer: Cancel | null = null;
  let lookedAt = -Infinity;

  const stop = () => {
    cancelTimer?.();
    cancelTimer = null;
    probe?.close();
    probe = null;
  };
  /** @param next - Sources that a look under way has not come to. */
  const lookIn = (delayMs: number, next: readonly Source[] = []) => {
    if (delayMs === Infinity || options.better().length === 0) return;
    cancelTimer = timers.after(delayMs, () => {
      tryOut(next.length > 0 ? next : options.better());
    });
  };
  const tryOut = ([source, ...others]: readonly Source[]) => {
    stop();
    if (source === undefined) {
      lookIn(probeDelay(everyMs, random));
      return;
    }
    lookedAt = clock.now();
    const mine = options.start(
      source,
      holdUntilHeard(() => {
        if (mine !== probe) return null;
        probe = null;
        return options.takeOver(mine, source);
      }),
    );
    probe = mine;
    // one that opens and lets nothing through lasts no longer than until the next one is due
    lookIn(probeDelay(everyMs, random), others);
    void mine.done.then(() => {
      if (mine === probe) tryOut(others);
    });
  };
  return {
    schedule() {
      stop();
      const sinceMs = clock.now() - lookedAt;
      lookIn(Math.max(soonMs, everyMs - Math.max(0, sinceMs)));
    },
    look() {
      const better = options.better();
      const isFresh = probe !== null && clock.now() - lookedAt < soonMs;
      if (!isFresh && better.length > 0) tryOut(better);
    },
    stop,
  };
}
