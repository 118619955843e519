import { isAction } from '@reduxjs/toolkit';
import { startRequested, stopRequested } from '../actions/command';
import { isOfInstance, isType } from '../actions/define';
import { sessionEnded, sessionStarted } from '../actions/session';
import type { Cancel } from '../platform/timers';
import type { StreamKey } from '../protocol/batch';
import type { Runtime } from './runtime';
import type { TimeTravel } from './timeTravel';

/**
 * The one gate to the middleware. While the store shows the past, everything that comes from outside waits in front of
 * it, in order: what streams bring, answers, timers, the network's and the page's changes, and what is dispatched. So
 * nothing behind it ever decides by a state that is not the newest one, and nothing is dispatched or sent meanwhile.
 *
 * @internal
 */
export interface Present {
  /** Runs something at once, or on the way back; gives how to call it off. */
  readonly run: (task: () => void) => Cancel;
  /** The same for what a stream says, `size` events. Beyond the bound it is let go, and the stream counts as broken. */
  readonly hear: (stream: StreamKey, size: number, task: () => void) => void;
  /** Runs what follows on an action that was just reduced; before all else, where the store turned out to be away. */
  readonly afterwards: (task: () => void) => void;
  /** Starts something in the present, and ends it there. */
  readonly work: <T>(start: () => Promise<T>) => Promise<T>;
  /** Ends in the present what was started. */
  readonly settled: <T>(work: Promise<T>) => Promise<T>;
  readonly isAway: () => boolean;
  /** Goes around everything that handles an action. */
  readonly around: (handle: (action: unknown) => unknown) => (action: unknown) => unknown;
}

/** What has to be done on the way back where not all could be kept. @internal */
export interface PresentBreaks {
  /** Events of it were let go. */
  readonly onLost: (stream: StreamKey) => void;
  /** The store goes on from another state than the one that all this made. */
  readonly onAdopted: () => void;
}

interface Held {
  readonly kind: 'heard' | 'dispatched' | 'due' | 'settled';
  readonly run: () => void;
}

/** Events of streams that wait at most. @internal */
export const maxHeldEvents = 5_000;

/** The way back is no action either: how often it is looked for, while something waits. */
const lookEveryMs = 200;

/** @internal */
export function createPresent(
  runtime: Pick<Runtime, 'instance' | 'platform' | 'counters'>,
  travel: TimeTravel,
  breaks: PresentBreaks,
): Present {
  const { instance, platform, counters } = runtime;
  const lost = new Set<StreamKey>();
  let queue: Held[] = [];
  let heldEvents = 0;
  let isReleasing = false;
  /** What was waited for goes on with its answer, before anything that came after that. */
  let isPaused = false;
  let cancelLook: Cancel | null = null;

  const safely = (run: () => void) => {
    try {
      run();
    } catch (error) {
      // whoever dispatched it is gone
      counters.inc('handlerErrors', 'store');
      platform.logger.debug('the store failed', { error });
    }
  };
  const stopLooking = () => {
    cancelLook?.();
    cancelLook = null;
    isPaused = false;
  };
  /** Runs something that waited; what comes of it at once runs at once. */
  const release = (held: Held) => {
    isReleasing = true;
    safely(held.run);
    isReleasing = false;
  };
  /** Runs all of that. */
  const releaseAll = (isMeant: (held: Held) => boolean = () => true) => {
    const meant = queue.filter(isMeant);
    queue = queue.filter((held) => !isMeant(held));
    meant.forEach(release);
  };
  const mend = () => {
    heldEvents = 0;
    const streams = [...lost];
    lost.clear();
    isReleasing = true;
    if (travel.isAdopted()) safely(breaks.onAdopted);
    else {
      for (const stream of streams) {
        safely(() => {
          breaks.onLost(stream);
        });
      }
    }
    travel.clearAdopted();
    isReleasing = false;
  };
  const comeBack = () => {
    stopLooking();
    let next = queue.shift();
    while (next !== undefined) {
      release(next);
      isPaused = next.kind === 'settled';
      if (isPaused || travel.isAway()) {
        look();
        return;
      }
      next = queue.shift();
    }
    mend();
  };
  const look = () => {
    cancelLook ??= platform.timers.after(isPaused ? 0 : lookEveryMs, () => {
      stopLooking();
      if (travel.isAway()) look();
      else comeBack();
    });
  };
  /** Asked at every door. */
  const isClosed = (): boolean => {
    if (isReleasing) return false;
    if (travel.isAway()) return true;
    if (isPaused) return true;
    if (queue.length > 0 || lost.size > 0 || travel.isAdopted()) comeBack();
    // what was done on the way back may show that the store is away all the same: it showed a state that looked the newest
    return travel.isAway() || isPaused;
  };
  const hold = (kind: Held['kind'], run: () => void): Cancel => {
    const held = { kind, run };
    queue.push(held);
    // a client that was stopped has no timers
    if (!travel.isInsisting()) look();
    return () => {
      queue = queue.filter((one) => one !== held);
    };
  };
  const run = (task: () => void): Cancel => {
    if (isClosed()) return hold('due', task);
    task();
    return () => undefined;
  };
  /** Of what was called off, the end is all that still comes. */
  const end = (task: () => void) => {
    if (!travel.isInsisting() && isClosed()) hold('settled', task);
    else task();
  };
  const settled = <T>(work: Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      work.then(
        (value) => {
          end(() => {
            resolve(value);
          });
        },
        (error: unknown) => {
          end(() => {
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it came
            reject(error);
          });
        },
      );
    });
  /** Stopping and signing out do not wait: what is held comes before that, or is nobody's any more. */
  const finish = (pass: () => unknown, isOver: boolean): unknown => {
    travel.insist();
    stopLooking();
    if (isOver) queue = queue.filter(({ kind }) => kind === 'due' || kind === 'settled');
    else releaseAll(({ kind }) => kind === 'heard');
    lost.clear();
    heldEvents = 0;
    isReleasing = true;
    try {
      return pass();
    } finally {
      isReleasing = false;
      releaseAll();
    }
  };

  return {
    run,
    hear(stream, size, task) {
      if (!isClosed()) {
        task();
        return;
      }
      const isFull = heldEvents + size > maxHeldEvents || queue.length >= maxHeldEvents;
      if (isFull || lost.has(stream)) {
        // what follows on a gap would hide it
        lost.add(stream);
        counters.inc('drops', 'time_travel', size);
        look();
        return;
      }
      heldEvents += size;
      hold('heard', task);
    },
    work(start) {
      if (!isClosed()) return settled(start());
      return new Promise<void>((resolve) => {
        hold('settled', resolve);
      }).then(async () => settled(start()));
    },
    settled,
    afterwards(task) {
      if (!travel.isAway() || travel.isInsisting()) {
        task();
        return;
      }
      queue.unshift({ kind: 'due', run: task });
      look();
    },
    isAway: () => !isReleasing && travel.isAway(),
    around: (handle) => (action) => {
      const pass = () => travel.pass(action, handle);
      if (!isAction(action) || !isOfInstance(action, instance)) {
        isClosed();
        const result = pass();
        // it may have shown that the store goes on from here
        isClosed();
        return result;
      }
      const isAway = isClosed() && !isPaused;
      const isOver = isType(action, sessionEnded);
      if ((isAway || queue.length > 0) && (isOver || isType(action, stopRequested))) {
        return finish(pass, isOver);
      }
      // what goes on with its answer dispatches
      if (!isAway) return pass();
      hold('dispatched', pass);
      // it will be wanted again
      if (isType(action, startRequested) || isType(action, sessionStarted)) look();
      return action;
    },
  };
}
