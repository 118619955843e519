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
  /** What it still holds; all zero after everything was stopped (L18). */
  held(): { readonly locks: number; readonly lines: number; readonly databases: number };
}

/** A browser, as far as its tabs share something. @public */
export interface FakeOrigin {
  readonly disk: MemoryDisk;
  tab(): FakeTab;
}

interface Waiting {
  readonly tab: object;
  readonly grant: (lock: HeldLock | null) => void;
}

interface Line {
  readonly tab: object;
  readonly name: string;
  readonly hear: (message: unknown) => void;
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
  const holders = new Map<string, object>();
  const queues = new Map<string, readonly Waiting[]>();
  const lines = new Set<Line>();

  const free = (name: string) => {
    holders.delete(name);
    const [next, ...later] = queues.get(name) ?? [];
    queues.set(name, later);
    if (next !== undefined) take(name, next);
  };
  const take = (name: string, { tab, grant }: Waiting) => {
    holders.set(name, tab);
    let isHeld = true;
    grant({
      release() {
        if (isHeld && holders.get(name) === tab) free(name);
        isHeld = false;
      },
    });
  };

  return {
    disk,
    tab() {
      const tab = {};
      let isGone = false;
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
          tryAcquire: async (name) =>
            holders.has(name) ? null : acquire(name, new AbortController().signal),
        },
        broadcast: {
          open(name, hear) {
            const line: Line = { tab, name, hear };
            if (!isGone) lines.add(line);
            return {
              post(message) {
                const copy: unknown = structuredClone(message);
                for (const other of lines) {
                  if (isGone || other === line || other.name !== name) continue;
                  queueMicrotask(() => {
                    if (lines.has(other)) other.hear(copy);
                  });
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
          for (const [name, holder] of [...holders]) if (holder === tab) free(name);
        },
        held: () => ({
          locks: [...holders.values()].filter((holder) => holder === tab).length,
          lines: [...lines].filter((line) => line.tab === tab).length,
          databases: storage.isOpen() ? 1 : 0,
        }),
      };
    },
  };
}
