import type { Broadcast } from '../platform/broadcast';
import type { HeldLock, Locks } from '../platform/locks';
import type { MemoryDisk, MemoryStorage } from './memoryStorage';
import { createMemoryStorage } from './memoryStorage';

/** What the tabs of one browser share, as one of them has it. @public */
export interface FakeTab {
  readonly storage: MemoryStorage;
  readonly locks: Locks;
  readonly broadcast: Broadcast;
  /** The tab is gone at once: its locks are free, it hears and writes nothing any more. */
  crash(): void;
  /** The tab is frozen: it keeps what it has, and hears nothing until it is thawed, and then all of it. */
  freeze(isFrozen: boolean): void;
  /**
   * The next so many messages to it are lost.
   *
   * @param on - Start of the names of the lines on which they are. Default `''`: any line.
   */
  loseMessages(count: number, on?: string): void;
  /** What it still holds; all zero after everything was stopped (L18). */
  held(): { readonly locks: number; readonly lines: number; readonly databases: number };
}

/** A browser, as far as its tabs share something. @public */
export interface FakeOrigin {
  readonly disk: MemoryDisk;
  tab(): FakeTab;
}

interface Tab {
  /** Something happens to it; once it is thawed, where it is frozen. */
  readonly run: (happens: () => void) => void;
}

interface Holder {
  readonly tab: Tab;
  readonly lose: () => void;
}

interface Waiting {
  readonly tab: Tab;
  readonly grant: (lock: HeldLock | null) => void;
}

interface Line {
  readonly tab: Tab;
  readonly name: string;
  /** Comes to be heard in a turn of the tab's own. */
  readonly deliver: (message: unknown) => void;
}

/**
 * Makes a browser whose tabs share a disk, locks and channels. Messages are heard a turn later.
 *
 * @public
 * @example
 * ```ts
 * const origin = createFakeOrigin();
 * const first = createFakePlatform({ ...origin.tab(), fetch: server.fetch });
 * const second = createFakePlatform({ ...origin.tab(), fetch: server.fetch });
 * ```
 */
export function createFakeOrigin(disk: MemoryDisk = new Map()): FakeOrigin {
  const holders = new Map<string, Holder>();
  const queues = new Map<string, readonly Waiting[]>();
  const lines = new Set<Line>();

  const free = (name: string) => {
    holders.delete(name);
    const [next, ...later] = queues.get(name) ?? [];
    queues.set(name, later);
    if (next !== undefined) take(name, next);
  };
  const take = (name: string, { tab, grant }: Waiting) => {
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((tell) => {
      lose = tell;
    });
    const holder: Holder = {
      tab,
      lose() {
        tab.run(lose);
      },
    };
    holders.set(name, holder);
    tab.run(() => {
      grant({
        lost,
        release() {
          if (holders.get(name) === holder) free(name);
        },
      });
    });
  };

  return {
    disk,
    tab() {
      let isGone = false;
      let isFrozen = false;
      let lost = { count: 0, on: '' };
      let frozen: (() => void)[] = [];
      const tab: Tab = {
        run(happens) {
          if (isFrozen) frozen.push(happens);
          else happens();
        },
      };
      const storage = createMemoryStorage(disk);
      const acquire = (name: string, signal: AbortSignal): Promise<HeldLock | null> =>
        new Promise((grant) => {
          // nothing answers a page that is gone
          if (isGone) return;
          if (signal.aborted) {
            grant(null);
            return;
          }
          const waiting = { tab, grant };
          if (!holders.has(name)) {
            take(name, waiting);
            return;
          }
          const others = () => queues.get(name)?.filter((one) => one !== waiting) ?? [];
          queues.set(name, [...others(), waiting]);
          signal.addEventListener('abort', () => {
            queues.set(name, others());
            grant(null);
          });
        });
      return {
        storage,
        locks: {
          isSupported: () => true,
          acquire,
          steal: (name) =>
            new Promise((grant) => {
              if (isGone) return;
              holders.get(name)?.lose();
              take(name, { tab, grant });
            }),
          tryAcquire: async (name) =>
            holders.has(name) ? null : acquire(name, new AbortController().signal),
        },
        broadcast: {
          open(name, hear) {
            const line: Line = {
              ...{ tab, name },
              deliver(message) {
                if (lost.count > 0 && name.startsWith(lost.on)) {
                  lost.count -= 1;
                  return;
                }
                tab.run(() => {
                  queueMicrotask(() => {
                    if (lines.has(line)) hear(message);
                  });
                });
              },
            };
            // nothing of a page that is gone is heard
            if (!isGone) lines.add(line);
            return {
              post(message) {
                if (!lines.has(line)) return;
                const copy: unknown = structuredClone(message);
                for (const other of lines) {
                  if (other !== line && other.name === name) other.deliver(copy);
                }
              },
              close() {
                lines.delete(line);
              },
            };
          },
        },
        crash() {
          isGone = true;
          storage.crash();
          for (const line of [...lines]) if (line.tab === tab) lines.delete(line);
          for (const [name, queue] of queues) {
            queues.set(
              name,
              queue.filter((waiting) => waiting.tab !== tab),
            );
          }
          for (const [name, holder] of [...holders]) if (holder.tab === tab) free(name);
        },
        loseMessages(count, on = '') {
          lost = { count, on };
        },
        freeze(next) {
          isFrozen = next;
          if (next) return;
          const waiting = frozen;
          frozen = [];
          for (const happens of waiting) happens();
        },
        held: () => ({
          locks: [...holders.values()].filter((holder) => holder.tab === tab).length,
          lines: [...lines].filter((line) => line.tab === tab).length,
          databases: storage.isOpen() ? 1 : 0,
        }),
      };
    },
  };
}
