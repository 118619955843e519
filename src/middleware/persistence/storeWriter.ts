import type { KeyValueStorage, StorageChange } from '../../platform/storage';
import type { Cancel, Timers } from '../../platform/timers';

/** What is to be written, as it is at this moment. @internal */
export interface WriteBatch {
  readonly changes: readonly StorageChange[];
  /** It is on disk. */
  readonly done: () => void;
  /** It is not: what was to be written still is. */
  readonly failed: () => void;
}

/** @internal */
export interface StoreWriterOptions {
  readonly storage: KeyValueStorage;
  readonly space: string;
  readonly timers: Timers;
  /** Every write is carried out only while these are as they were. Asked once it was started. */
  readonly expect: () => Readonly<Record<string, string>>;
  /** @param withView - Whether what is shown is due, beside what is wished. */
  readonly collect: (withView: boolean) => WriteBatch;
  /** The space is not ours any more: nothing is written from here on. */
  readonly onRefused: () => void;
  readonly onFailed: () => void;
}

/**
 * Writes what changed, one transaction at a time, each with all that has come up meanwhile. What is wished is written at
 * once; what is shown can wait, since the server has it.
 *
 * @internal
 */
export interface StoreWriter {
  /** From here on it writes, also what came up before. */
  start(): void;
  wishesChanged(): void;
  viewChanged(): void;
  /**
   * Whether all that was noted so far is on disk; `false`: a write failed, or it takes too long to be waited for.
   */
  settled(): Promise<boolean>;
  /** Writes all that waits; resolves when there is nothing left to write, or no way to. */
  flush(): Promise<void>;
  /** Lets go of what waits; resolves once nothing is under way. */
  stop(): Promise<void>;
}

/** How long what is shown may wait, so that many events make one write. */
const viewAfterMs = 1_000;

/** How long a write that failed waits for another try, if no change takes it along before. */
const retryMs = 5_000;

/** How long a request waits for its wish to be on disk. */
const patienceMs = 150;

/** @internal */
export function createStoreWriter(options: StoreWriterOptions): StoreWriter {
  const { storage, space, timers, expect, collect, onRefused, onFailed } = options;
  let isOpen = true;
  let isStarted = false;
  let areWishesDue = false;
  let isViewDue = false;
  let cancelView: Cancel | null = null;
  let cancelRetry: Cancel | null = null;
  /** Grows with every change of what is wished. */
  let noted = 0;
  let written = 0;
  let writing: Promise<void> | null = null;
  const waiting = new Set<{ readonly upTo: number; readonly end: (isDone: boolean) => void }>();

  const answer = (isDone: boolean) => {
    for (const one of waiting) if (!isDone || one.upTo <= written) one.end(isDone);
  };
  const disarm = () => {
    cancelView?.();
    cancelView = null;
  };
  const close = () => {
    isOpen = false;
    disarm();
    cancelRetry?.();
    cancelRetry = null;
    answer(false);
  };
  const retryLater = () => {
    if (!isOpen) return;
    cancelRetry ??= timers.after(retryMs, () => {
      cancelRetry = null;
      areWishesDue = true;
      void pump();
    });
  };
  const isDue = () => isOpen && isStarted && (areWishesDue || isViewDue);
  const writeOnce = async (): Promise<void> => {
    const upTo = noted;
    const withView = isViewDue;
    areWishesDue = isViewDue = false;
    let batch: WriteBatch | null = null;
    try {
      batch = collect(withView);
      const { changes } = batch;
      if (changes.length > 0 && !(await storage.write(space, changes, expect()))) {
        close();
        onRefused();
        return;
      }
    } catch {
      batch?.failed();
      answer(false);
      onFailed();
      retryLater();
      return;
    }
    written = upTo;
    batch.done();
    answer(true);
  };
  const write = async (): Promise<void> => {
    // what comes up in this turn goes along
    await Promise.resolve();
    while (isDue()) await writeOnce();
  };
  const pump = (): Promise<void> => {
    writing ??= write().finally(() => {
      writing = null;
      if (isDue()) void pump();
    });
    return writing;
  };

  return {
    start() {
      isStarted = true;
      if (isDue()) void pump();
    },
    wishesChanged() {
      noted += 1;
      areWishesDue = true;
      if (isDue()) void pump();
    },
    viewChanged() {
      if (!isOpen) return;
      cancelView ??= timers.after(viewAfterMs, () => {
        cancelView = null;
        isViewDue = true;
        void pump();
      });
    },
    settled() {
      if (!isOpen) return Promise.resolve(false);
      if (noted === written) return Promise.resolve(true);
      return new Promise((resolve) => {
        const cancel = timers.after(patienceMs, () => {
          one.end(false);
        });
        const one = {
          upTo: noted,
          end(isDone: boolean) {
            waiting.delete(one);
            cancel();
            resolve(isDone);
          },
        };
        waiting.add(one);
      });
    },
    async flush() {
      if (cancelView !== null) isViewDue = true;
      disarm();
      while (isDue() || writing !== null) await pump();
    },
    async stop() {
      close();
      await writing;
    },
  };
}
