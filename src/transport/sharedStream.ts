import type { BroadcastLine } from '../platform/broadcast';
import type { HeldLock } from '../platform/locks';
import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';
import { makeUuid } from '../platform/uuid';
import type { EventBatch } from '../protocol/batch';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { InitEvent } from '../protocol/serverEvents';
import type { Connection, ConnectionHandlers } from './connectionOptions';
import type { FollowedStream } from './followedStream';
import { createFollowedStream } from './followedStream';
import { createLeaderWatch } from './leaderWatch';
import type { SharedMessage } from './sharedMessages';
import { readShared, sharedVersion } from './sharedMessages';

/** @internal */
export interface SharedStreamOptions {
  /** Of the back end and the person: tabs of the same one share. */
  readonly name: string;
  readonly platform: Pick<
    Platform,
    'locks' | 'broadcast' | 'timers' | 'clock' | 'random' | 'visibility'
  >;
  readonly nextEpoch: () => number;
  /** Where the first one goes on, if this tab is the first. */
  readonly lastEventId: string | null;
  /** Makes the connection that is run while this tab leads. It opens nothing before it is started. */
  readonly connect: (handlers: ConnectionHandlers, lastEventId: string | null) => Connection;
}

type Role = 'idle' | 'joining' | 'following' | 'leading' | 'yielding';

/** How long a tab that gave way waits for the one that wanted to take over. */
const yieldMs = 1_000;

/** How long a tab that hears of a term above its own waits to hear too that it was replaced. */
const outbidMs = 100;

const silent: ConnectionHandlers = { onBatch: () => undefined, onChange: () => undefined };

/**
 * One stream for all tabs of a person (browsers open six connections to a server over HTTP/1.1, and every tab that reads
 * for itself costs the server one). The tab that holds the lock runs the connection and tells the others what it brings;
 * they have it as if it were their own. When that tab goes the next one leads; when it is frozen, within 2 s.
 *
 * @internal
 */
export function createSharedStream(
  options: SharedStreamOptions,
  handlers: ConnectionHandlers,
): Connection {
  const { name, platform, nextEpoch, connect } = options;
  const { locks, broadcast, timers, clock, random, visibility } = platform;
  const lockName = `hudhud:stream:${name}`;
  const tab = makeUuid(random);
  const idle = connect(silent, null).getSnapshot();

  let role: Role = 'idle';
  let line: BroadcastLine | null = null;
  let cancelVisible: Cancel | null = null;
  let cancelYield: Cancel | null = null;
  let cancelOutbid: Cancel | null = null;
  /** Ends the waiting for the lock. */
  let waiting = new AbortController();
  let lock: HeldLock | null = null;
  let own: Connection | null = null;
  let followed: FollowedStream | null = null;
  let snapshot = idle;
  /** Of this tab while it leads. */
  let term = 0;
  /** That any tab was heard to lead with. */
  let newestTerm = 0;
  let seq = 0;
  let isAnnounced = false;
  let isLeaderHidden = false;
  let init: InitEvent | null = null;
  let { lastEventId } = options;

  /** Asked after something was waited for. */
  const is = (expected: Role): boolean => role === expected;
  const post = (message: SharedMessage) => line?.post(message);
  const words = () => ({ term, seq, isVisible: visibility.isVisible() });
  const announce = () => {
    if (own === null) return;
    isAnnounced = true;
    post({ type: 'lead', ...words(), snapshot: own.getSnapshot(), init, lastEventId });
  };
  const watch = createLeaderWatch({
    ...{ timers, random },
    ask() {
      post({ type: followed?.isSynced() === true ? 'ping' : 'hello' });
    },
    onSilent() {
      void takeOver();
    },
  });

  /** Newer than what is known, and no other tab's: it has a fraction by chance. */
  const callTerm = () => {
    newestTerm = Math.max(Math.floor(newestTerm) + 1, clock.now()) + random.next();
    term = newestTerm;
  };

  const remember = ({ events, ...batch }: EventBatch) => {
    lastEventId = batch.lastEventId ?? lastEventId;
    for (const event of events) if (event.type === 'init') init = event;
  };
  /** Of the connection that this tab runs. */
  const ownHandlers = (): ConnectionHandlers => ({
    onBatch(batch) {
      remember(batch);
      if (role === 'leading' && isAnnounced) {
        seq += 1;
        post({ type: 'batch', term, seq, batch });
      }
      handlers.onBatch(batch);
    },
    onChange(next) {
      // while it gives way, or is replaced, it is not for the host to know
      if (role !== 'leading') return;
      if (next.epoch !== snapshot.epoch) init = null;
      tell(next);
      // that it is not wanted here any more is nothing to the others: the next one leads
      if (!isAnnounced || next.phase === 'idle') return;
      seq += 1;
      post({ type: 'state', ...words(), snapshot: next });
    },
  });
  const tell = (next: ConnectionSnapshot) => {
    snapshot = next;
    handlers.onChange(next);
  };

  /** @param held - `null`: no lock can be had here. Then whoever has the newest term leads. */
  const lead = (held: HeldLock | null) => {
    waiting.abort();
    watch.stop();
    followed = null;
    role = 'leading';
    lock = held;
    void held?.lost.then(() => {
      if (lock === held) giveUp();
    });
    callTerm();
    seq = 0;
    isAnnounced = false;
    init = null;
    own = connect(ownHandlers(), lastEventId);
    own.start();
    announce();
  };
  const follow = () => {
    role = 'following';
    followed = createFollowedStream(snapshot, nextEpoch, {
      onBatch(batch) {
        remember(batch);
        handlers.onBatch(batch);
      },
      onChange: tell,
    });
    followed.lose();
    post({ type: 'hello' });
    watch.start();
    const mine = new AbortController();
    waiting = mine;
    void locks.acquire(lockName, mine.signal).then((held) => {
      if (held === null) return;
      if (role === 'following' && !mine.signal.aborted) lead(held);
      else held.release();
    });
  };
  const join = async () => {
    role = 'joining';
    const held = await locks.tryAcquire(lockName);
    if (!is('joining')) held?.release();
    else if (held === null) follow();
    else lead(held);
  };
  const takeOver = async () => {
    if (role !== 'following') return;
    const held = await locks.steal(lockName);
    if (!is('following')) held?.release();
    // only the browser can keep it from us, as in a frame of another site whose data it blocks, and so from all
    else lead(held);
  };
  /**
   * A tab that got the lock while it was frozen leads for a moment when it wakes up, with the newest term of all, although
   * it was replaced: whoever heard that waits for it, until the one that has the lock calls a newer term.
   */
  const outbid = (newest: number) => {
    newestTerm = newest;
    cancelOutbid ??= timers.after(outbidMs, () => {
      cancelOutbid = null;
      callTerm();
      announce();
    });
  };
  const closeOwn = () => {
    cancelOutbid?.();
    cancelOutbid = null;
    const closing = own;
    own = null;
    closing?.stop();
  };
  /** The lock is somebody else's. */
  const giveUp = () => {
    cancelYield?.();
    cancelYield = null;
    lock = null;
    role = 'joining';
    closeOwn();
    follow();
  };
  /** A page that is hidden tries late, since its timers are slow; a stream that is open is not given up for that. */
  const yieldTo = (to: string) => {
    if (visibility.isVisible() || own?.getSnapshot().phase === 'open') return;
    role = 'yielding';
    closeOwn();
    post({ type: 'yield', term, seq, to });
    const held = lock;
    cancelYield = timers.after(yieldMs, () => {
      if (lock !== held) return;
      giveUp();
      held?.release();
    });
  };
  const claim = () => {
    const isWorse = isLeaderHidden && snapshot.phase !== 'open' && snapshot.phase !== 'connecting';
    if (role === 'following' && isWorse && visibility.isVisible()) post({ type: 'claim', tab });
  };

  /** Somebody else leads as well, or did. Who has the lock stays; of others the newest. */
  const hearOfOther = (other: number) => {
    if (other < newestTerm) {
      // it may be the one that has the lock: that calls a newer term
      if (lock === null) post({ type: 'outdated', newest: newestTerm });
    } else if (other > newestTerm && lock === null) {
      newestTerm = other;
      giveUp();
    }
  };
  const hearAsLeader = (message: SharedMessage) => {
    if ('term' in message) hearOfOther(message.term);
    else if (message.type === 'hello') announce();
    else if (message.type === 'ping') post({ type: 'pong', term, seq });
    else if (message.type === 'outdated' && message.newest > newestTerm) {
      if (lock === null) hearOfOther(message.newest);
      else outbid(message.newest);
    } else if (message.type === 'retry') own?.retryNow();
    else if (message.type === 'authLost') own?.authLost();
    else if (message.type === 'claim') yieldTo(message.tab);
  };
  const hearAsFollower = (message: SharedMessage) => {
    if (followed === null || !('term' in message)) return;
    if (message.term < newestTerm) {
      post({ type: 'outdated', newest: newestTerm });
      return;
    }
    newestTerm = message.term;
    watch.heard();
    if (message.type === 'yield' && message.to === tab) {
      void takeOver();
      return;
    }
    if ('isVisible' in message) isLeaderHidden = !message.isVisible;
    if (!followed.hear(message)) post({ type: 'hello' });
    claim();
  };
  const hear = (heard: unknown) => {
    const message = readShared(heard);
    if (message === null) return;
    if (role === 'leading') hearAsLeader(message);
    else if (role === 'following') hearAsFollower(message);
  };

  return {
    start() {
      if (role === 'leading') own?.start();
      else if (role === 'following') post({ type: 'retry' });
      if (role !== 'idle') return;
      line = broadcast.open(`${lockName}:${sharedVersion}`, hear);
      cancelVisible = visibility.subscribe(claim);
      void join();
    },
    stop() {
      const wasLeading = role === 'leading';
      if (!wasLeading) role = 'idle';
      waiting.abort();
      watch.stop();
      cancelVisible?.();
      cancelYield?.();
      cancelVisible = cancelYield = null;
      closeOwn();
      role = 'idle';
      followed = null;
      lock?.release();
      lock = null;
      line?.close();
      line = null;
      if (!wasLeading && snapshot.phase !== 'idle') tell({ ...snapshot, phase: 'idle', ...ended });
    },
    retryNow() {
      if (role === 'leading') own?.retryNow();
      else post({ type: 'retry' });
    },
    authLost() {
      if (role === 'leading') own?.authLost();
      else post({ type: 'authLost' });
    },
    getSnapshot: () => snapshot,
  };
}

/** What a stream has that nobody wants. */
const ended = {
  ...{ attempt: 0, openedAt: null, lostAt: null },
  ...{ nextRetryAt: null, error: null },
} as const;
