import type { HeldLock, Locks } from '../../../src/platform/locks';
import type { FakeTab } from '../../../src/testing';

/** Knows which tab holds the lock of the stream, by watching the locks of all of them. */
export class Leadership {
  private holder: { readonly tab: number; readonly lock: HeldLock } | null = null;

  /** The tab that has the lock, frozen or not; `null`: nobody. */
  get leader(): number | null {
    return this.holder?.tab ?? null;
  }

  /** The same tab, watched. */
  watch(tab: number, origin: FakeTab): FakeTab {
    const { locks } = origin;
    const noted = (name: string, held: HeldLock | null): HeldLock | null => {
      if (held === null || !name.startsWith('hudhud:stream:')) return held;
      const holder = { tab, lock: held };
      this.holder = holder;
      return {
        lost: held.lost,
        release: () => {
          if (this.holder === holder) this.holder = null;
          held.release();
        },
      };
    };
    const watched: Locks = {
      isSupported: () => locks.isSupported(),
      tryAcquire: async (name) => noted(name, await locks.tryAcquire(name)),
      acquire: async (name, signal) => noted(name, await locks.acquire(name, signal)),
      steal: async (name) => noted(name, await locks.steal(name)),
    };
    return { ...origin, locks: watched };
  }

  /** A page is gone, and with it what it held. */
  left(tab: number): void {
    if (this.holder?.tab === tab) this.holder = null;
  }
}
