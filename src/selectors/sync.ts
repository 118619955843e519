import type { StorageStatus } from '../actions/storage';
import type { HudhudErrorCode } from '../errors';
import type { ConnectionPhase } from '../protocol/connectionStatus';
import type { EpochMs } from '../protocol/models';
import type { Operation } from '../protocol/operations';
import { findStream } from '../state/connection';
import type { OutboxState } from '../state/outboxState';
import { operationsOf } from '../state/outboxState';
import type { HudhudState } from '../state/rootReducer';
import type { CachedChannel, StorageState } from '../state/storage';
import type { HudhudRootState, StateSelector } from './root';

/** How far what is shown and the server are apart. @public */
export interface SyncStatus {
  /**
   * `offline`: the stream is not open, so others may have written. `syncing`: it is, and something is still on its way, or
   * the channel that was asked for is shown as an earlier visit knew it. `synced`: neither.
   */
  readonly state: 'synced' | 'syncing' | 'offline';
  /** Wishes that are on their way by themselves. Read marks do not count: nobody waits for them. */
  readonly pending: number;
  /** Wishes that failed and wait for the person. */
  readonly failed: number;
  /** Something is shown as an earlier visit knew it, and was not read again since. */
  readonly isCached: boolean;
  /** When that was written, by the client's clock. */
  readonly cachedAt: EpochMs | null;
}

/** What is kept beyond the page. @public */
export interface StorageView {
  readonly status: StorageStatus;
  /** What went wrong: see docs/errors.md. */
  readonly code: HudhudErrorCode | null;
  /** Wishes of an earlier visit that could not be read. */
  readonly lost: number;
}

/** @public */
export interface SyncSelectors {
  /** Of one channel, or of everything. What is pending on one message is on its row. */
  readonly selectSyncStatus: (root: HudhudRootState, channelId?: string) => SyncStatus;
  /** Whether what is shown and wished outlives the page. */
  readonly selectStorage: (root: HudhudRootState) => StorageView;
}

interface Inputs {
  readonly channels: OutboxState['channels'];
  readonly operations: readonly Operation[] | null;
  readonly cached: readonly CachedChannel[];
  readonly phase: ConnectionPhase;
}

/** Channels of which the last answer is kept. */
const maxAnswers = 64;

function inputsOf({ outbox, storage, connection }: HudhudState, channelId?: string): Inputs {
  return {
    channels: outbox.channels,
    operations: channelId === undefined ? null : operationsOf(outbox, channelId),
    cached: storage.cached,
    phase: findStream(connection, 'main')?.phase ?? 'idle',
  };
}

/** Another channel's wishes make no new answer (L14). */
function isSame(a: Inputs, b: Inputs): boolean {
  const isOutboxSame =
    a.operations === null ? a.channels === b.channels : a.operations === b.operations;
  return isOutboxSame && a.cached === b.cached && a.phase === b.phase;
}

function answer(
  { channels, operations, cached, phase }: Inputs,
  at: EpochMs | null,
  channelId?: string,
): SyncStatus {
  const all = operations ?? channels.flatMap((channel) => channel.operations);
  const wishes = all.filter(({ kind }) => kind !== 'read');
  const failed = wishes.filter(({ status }) => status === 'failed').length;
  const pending = wishes.length - failed;
  const isCached =
    channelId === undefined
      ? cached.length > 0
      : cached.some((channel) => channel.channelId === channelId);
  // a channel that nobody opens is not read again: of all of them that says nothing
  const isBehind = pending > 0 || (channelId !== undefined && isCached);
  const state = phase !== 'open' ? 'offline' : isBehind ? 'syncing' : 'synced';
  return { state, pending, failed, isCached, cachedAt: isCached ? at : null };
}

function sameAnswer(a: SyncStatus, b: SyncStatus): boolean {
  return (
    a.state === b.state &&
    a.pending === b.pending &&
    a.failed === b.failed &&
    a.isCached === b.isCached &&
    a.cachedAt === b.cachedAt
  );
}

/** @internal */
export function createSyncSelectors(select: StateSelector): SyncSelectors {
  const answers = new Map<
    string | undefined,
    { readonly inputs: Inputs; readonly said: SyncStatus }
  >();
  let view: { readonly of: StorageState; readonly said: StorageView } | null = null;
  return {
    selectSyncStatus(root, channelId) {
      const state = select(root);
      const inputs = inputsOf(state, channelId);
      const last = answers.get(channelId);
      if (last !== undefined && isSame(last.inputs, inputs)) return last.said;
      const next = answer(inputs, state.storage.savedAt, channelId);
      const said = last !== undefined && sameAnswer(last.said, next) ? last.said : next;
      answers.delete(channelId);
      answers.set(channelId, { inputs, said });
      const oldest = answers.keys().next();
      if (answers.size > maxAnswers && oldest.done !== true) answers.delete(oldest.value);
      return said;
    },
    selectStorage(root) {
      const { storage } = select(root);
      if (view?.of === storage) return view.said;
      const { status, code, lost } = storage;
      const last = view?.said;
      const isKept = last?.status === status && last.code === code && last.lost === lost;
      view = { of: storage, said: isKept ? last : { status, code, lost } };
      return view.said;
    },
  };
}
