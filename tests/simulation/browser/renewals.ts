import type { HeldLock, Locks } from '../../../src/platform/locks';
import type { FakeTab } from '../../../src/testing';

const isOfRenewal = (name: string): boolean => name.startsWith('hudhud:refresh:');

/** Knows which tab renews its token or waits to, by watching the locks of all of them. */
export class Renewals {
  private readonly waiting = new Map<number, number>();
  private readonly held = new Map<number, number>();

  /** Waits for other tabs to have renewed theirs. */
  isWaiting(tab: number): boolean {
    return (this.waiting.get(tab) ?? 0) > 0;
  }

  /** Locks that it holds for that. */
  locksOf(tab: number): number {
    return this.held.get(tab) ?? 0;
  }

  /** The same tab, watched. */
  watch(tab: number, origin: FakeTab): FakeTab {
    const { locks } = origin;
    const add = (counts: Map<number, number>, by: 1 | -1) =>
      counts.set(tab, (counts.get(tab) ?? 0) + by);
    const acquire: Locks['acquire'] = async (name, signal) => {
      if (!isOfRenewal(name)) return locks.acquire(name, signal);
      add(this.waiting, 1);
      const lock = await locks.acquire(name, signal);
      add(this.waiting, -1);
      if (lock === null) return null;
      add(this.held, 1);
      const held: HeldLock = {
        lost: lock.lost,
        release: () => {
          add(this.held, -1);
          lock.release();
        },
      };
      return held;
    };
    return { ...origin, locks: { ...locks, acquire } };
  }
}
