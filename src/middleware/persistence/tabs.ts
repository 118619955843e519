import type { BroadcastLine } from '../../platform/broadcast';
import type { HeldLock } from '../../platform/locks';
import type { Platform } from '../../platform/platform';
import { isRaw } from '../../protocol/raw';

/** A tab that is gone, and what keeps others from taking over the same. @internal */
export interface LockedTab {
  readonly tab: string;
  readonly lock: HeldLock;
}

/** @internal */
export interface TabsOptions {
  readonly platform: Pick<Platform, 'locks' | 'broadcast'>;
  readonly space: string;
  /** Of this tab. */
  readonly id: string;
  /** A tab is gone, and its lock is ours until it is released. */
  readonly onGone: (gone: LockedTab) => void;
  /** This tab keeps what is shown from here on. */
  readonly onKeeper: () => void;
  /** Another tab says that the session is over. */
  readonly onGoodbye: (session: string) => void;
}

/**
 * The tabs of one person, as one of them knows the others. Each holds a lock as long as it lives; what was wished in one
 * whose lock is free is nobody's. One of them is the keeper: it writes down what is shown, and takes over from tabs that
 * go.
 *
 * @internal
 */
export interface Tabs {
  /** Takes the lock of this tab, and makes it known. */
  enter(): Promise<void>;
  /** Those of these tabs that are gone. */
  lockFree(tabs: Iterable<string>): Promise<readonly LockedTab[]>;
  /** Waits to be the keeper. */
  keep(): void;
  isKeeper(): boolean;
  /** Tells the others that the session is over. */
  sayGoodbye(session: string): void;
  leave(): void;
}

/** @internal */
export function createTabs(options: TabsOptions): Tabs {
  const { platform, space, id, onGone, onKeeper, onGoodbye } = options;
  const { locks, broadcast } = platform;
  const leaving = new AbortController();
  const { signal } = leaving;
  const others = new Set<string>();
  const held: HeldLock[] = [];
  let line: BroadcastLine | null = null;
  let isKeeper = false;

  const nameOf = (tab: string) => `hudhud:outbox:${space}:${tab}`;
  const hold = (lock: HeldLock | null): boolean => {
    if (lock === null) return false;
    if (signal.aborted) lock.release();
    else held.push(lock);
    return !signal.aborted;
  };
  const watch = async (tab: string): Promise<void> => {
    const lock = await locks.acquire(nameOf(tab), signal);
    if (lock === null) return;
    others.delete(tab);
    if (signal.aborted) lock.release();
    else onGone({ tab, lock });
  };
  const meet = (tab: string) => {
    if (tab === id || others.has(tab)) return;
    others.add(tab);
    if (isKeeper) void watch(tab);
  };
  const hear = (message: unknown) => {
    if (!isRaw(message)) return;
    const { type, tab, session } = message;
    if (type === 'goodbye' && typeof session === 'string') onGoodbye(session);
    if ((type === 'hello' || type === 'here') && typeof tab === 'string') meet(tab);
    if (type === 'hello') line?.post({ type: 'here', tab: id });
  };
  const waitForTurn = async (): Promise<void> => {
    isKeeper = hold(await locks.acquire(`hudhud:keeper:${space}`, signal));
    if (!isKeeper) return;
    for (const tab of others) void watch(tab);
    onKeeper();
  };

  return {
    async enter() {
      hold(await locks.tryAcquire(nameOf(id)));
      if (signal.aborted) return;
      line = broadcast.open(`hudhud:${space}`, hear);
      line.post({ type: 'hello', tab: id });
    },
    async lockFree(tabs) {
      const free: LockedTab[] = [];
      for (const tab of tabs) {
        const lock = await locks.tryAcquire(nameOf(tab));
        if (lock === null) meet(tab);
        else free.push({ tab, lock });
      }
      return free;
    },
    keep() {
      void waitForTurn();
    },
    isKeeper: () => isKeeper,
    sayGoodbye(session) {
      line?.post({ type: 'goodbye', session });
    },
    leave() {
      leaving.abort();
      isKeeper = false;
      line?.close();
      line = null;
      for (const lock of held.splice(0)) lock.release();
    },
  };
}
