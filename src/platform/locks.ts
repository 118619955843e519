/** A lock that is held until it is released, or its page is gone. @public */
export interface HeldLock {
  release(): void;
  /** Resolves if somebody steals it. */
  readonly lost: Promise<void>;
}

/**
 * Locks that all tabs of a browser share, as a port. The browser frees what a page holds when that is closed or crashes.
 *
 * @public
 */
export interface Locks {
  /** Whether there are any: a page that came over plain http has none. */
  isSupported(): boolean;
  /** Takes a lock if nobody has it; else `null`. */
  tryAcquire(name: string): Promise<HeldLock | null>;
  /** Waits for a lock; `null` once the signal calls that off. */
  acquire(name: string, signal: AbortSignal): Promise<HeldLock | null>;
  /** Takes a lock from whoever has it. */
  steal(name: string): Promise<HeldLock | null>;
}

interface LocksScope {
  readonly navigator?: { readonly locks?: Pick<LockManager, 'request'> };
}

/** Holds a lock from the moment in which the browser calls back. */
function hold(
  request: (callback: (lock: Lock | null) => Promise<void> | undefined) => Promise<unknown>,
): Promise<HeldLock | null> {
  return new Promise((resolve) => {
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((tell) => {
      lose = tell;
    });
    const callback = (lock: Lock | null): Promise<void> | undefined => {
      if (lock === null) {
        resolve(null);
        return undefined;
      }
      return new Promise((release) => {
        resolve({ release, lost });
      });
    };
    request(callback).catch(() => {
      // called off while it waited, or refused: it is not held; or it was, and somebody stole it
      resolve(null);
      lose();
    });
  });
}

function manager(): Pick<LockManager, 'request'> | undefined {
  return (globalThis as LocksScope).navigator?.locks;
}

/** The browser's own (Web Locks), looked up at each call. @public */
export const systemLocks: Locks = {
  isSupported: () => manager() !== undefined,
  async tryAcquire(name) {
    const locks = manager();
    if (locks === undefined) return null;
    return hold((callback) => locks.request(name, { ifAvailable: true }, callback));
  },
  async acquire(name, signal) {
    const locks = manager();
    if (locks === undefined || signal.aborted) return null;
    return hold((callback) => locks.request(name, { signal }, callback));
  },
  async steal(name) {
    const locks = manager();
    if (locks === undefined) return null;
    return hold((callback) => locks.request(name, { steal: true }, callback));
  },
};
