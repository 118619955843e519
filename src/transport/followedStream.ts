import type { EventBatch } from '../protocol/batch';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { ConnectionHandlers } from './connectionOptions';
import type { SharedMessage } from './sharedMessages';

type OfLeader = Extract<SharedMessage, { readonly term: number }>;

/**
 * A stream as a tab has it that another one reads for: the same snapshots and batches under epochs of its own. What it
 * cannot know to be without a hole begins a new epoch, as a reconnect does, so that everything after that is read again.
 *
 * @internal
 */
export interface FollowedStream {
  /** Takes a word of the tab that leads; `false`: something was missed, and it has to be asked. */
  hear(message: OfLeader): boolean;
  /** Nothing that is heard counts until the tab that leads has said where the stream is. */
  lose(): void;
  isSynced(): boolean;
  getSnapshot(): ConnectionSnapshot;
}

/** @internal */
export function createFollowedStream(
  before: ConnectionSnapshot,
  nextEpoch: () => number,
  handlers: ConnectionHandlers,
): FollowedStream {
  let snapshot = before;
  /** What was heard last, and the number that the connection has there. */
  let synced: { term: number; seq: number; theirs: number } | null = null;
  /** Connections that were followed without missing anything, by the numbers of the one who reads. */
  const ours = new Map<number, number>();

  const tell = (next: ConnectionSnapshot) => {
    snapshot = next;
    handlers.onChange(next);
  };
  const mirror = (theirs: ConnectionSnapshot) => {
    const isNew = synced?.theirs !== theirs.epoch;
    if (synced !== null) synced.theirs = theirs.epoch;
    const epoch = isNew ? nextEpoch() : snapshot.epoch;
    ours.set(theirs.epoch, epoch);
    tell({ ...theirs, epoch });
  };
  const lose = () => {
    if (synced === null && snapshot.phase === 'connecting') return;
    synced = null;
    ours.clear();
    const { isResuming: _, ...held } = snapshot;
    const lost = { phase: 'connecting', openedAt: null, nextRetryAt: null } as const;
    tell({ ...held, ...lost, epoch: nextEpoch() });
  };
  const adopt = (message: OfLeader & { readonly type: 'lead' }) => {
    const { term, seq, init, lastEventId } = message;
    // no stream is open twice without an end between: that is where the state marks what is missing
    if (snapshot.phase === 'open') lose();
    synced = { term, seq, theirs: -1 };
    ours.clear();
    // what came before is not known here, whatever the stream goes on after
    const { isResuming: _, ...theirs } = message.snapshot;
    mirror(theirs);
    if (init === null || snapshot.phase !== 'open') return;
    const { stream, epoch } = snapshot;
    const receivedAt = snapshot.openedAt ?? 0;
    handlers.onBatch({ stream, epoch, events: [init], rejected: [], lastEventId, receivedAt });
  };
  const take = (batch: EventBatch) => {
    if (batch.epoch !== synced?.theirs) return;
    const { wholeSince, ...told } = batch;
    const since = typeof wholeSince === 'number' ? (ours.get(wholeSince) ?? null) : wholeSince;
    const known = since === undefined ? {} : { wholeSince: since };
    handlers.onBatch({ ...told, ...known, epoch: snapshot.epoch });
  };

  return {
    hear(message) {
      const { term, seq, type } = message;
      if (type === 'lead') {
        if (synced?.term !== term || synced.seq !== seq) adopt(message);
        return true;
      }
      if (type === 'yield') return true;
      const isNext = type === 'pong' ? synced?.seq === seq : synced?.seq === seq - 1;
      if (synced?.term !== term || !isNext) {
        lose();
        return false;
      }
      synced.seq = seq;
      if (type === 'state') mirror(message.snapshot);
      if (type === 'batch') take(message.batch);
      return true;
    },
    lose,
    isSynced: () => synced !== null,
    getSnapshot: () => snapshot,
  };
}
