import type { Clock } from '../platform/clock';
import type { Scheduler } from '../platform/scheduler';

/** Keeps long work from holding the thread: the page draws, and hears its reader, in between. @internal */
export interface Turns {
  /** Does a piece of it; the next one may begin when this has settled. */
  take(work: () => void): Promise<void>;
}

/** So long the thread is held for a picture, in ms: one is due every 16, and what was read has to be drawn as well. */
const turnMs = 4;

/** @internal */
export function createTurns(ports: {
  readonly clock: Clock;
  readonly scheduler: Pick<Scheduler, 'afterFrame'>;
}): Turns {
  const { clock, scheduler } = ports;
  let spentMs = 0;
  return {
    async take(work) {
      const begun = clock.now();
      work();
      // what it gave rise to is done then too, such as drawing what it told
      await Promise.resolve();
      spentMs += Math.max(0, clock.now() - begun);
      if (spentMs < turnMs) return;
      spentMs = 0;
      await new Promise<void>((resolve) => {
        scheduler.afterFrame(resolve);
      });
    },
  };
}

/** Bytes of one piece: some dozens of messages. */
const pieceBytes = 16_384;

/** Cuts what was read at once into what is taken at once. @internal */
export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    yield bytes.subarray(from, from + pieceBytes);
  }
}
