import type { ChannelLog } from '../state/channelLog';
import { findMessage } from '../state/channelLog';
import { earliestOf } from '../protocol/extremes';
import type { EpochMs } from '../protocol/models';
import type { Operation } from '../protocol/operations';
import { findLog } from '../state/messagesState';
import type { Upload } from '../state/outboxState';
import { operationsOf } from '../state/outboxState';
import { sameItems } from './pieces';
import type { HudhudRootState, StateSelector } from './root';

/** @public */
export interface OperationSelectors {
  /** What is wished in a channel and not confirmed yet, in the order in which it was wished. */
  readonly selectOperations: (root: HudhudRootState, channelId: string) => readonly Operation[];
  /** How many wishes of any channel are not confirmed yet. Read marks do not count: nobody waits for them. */
  readonly selectPendingCount: (root: HudhudRootState) => number;
  /** Files of a channel that no message has taken along yet. */
  readonly selectUploads: (root: HudhudRootState, channelId: string) => readonly Upload[];
  /**
   * When the oldest held message was made that something is pending on; it must not be let go. `isOnItsWay`: but for what
   * waits for the person.
   *
   * @internal
   */
  readonly selectEarliestPendingTarget: (
    root: HudhudRootState,
    channelId: string,
    isOnItsWay?: boolean,
  ) => EpochMs | null;
}

/** What waits for the person may wait for ever: its row comes back with its page. */
const isOnItsWay = ({ kind, status }: Operation): boolean =>
  status === 'queued' || (kind === 'send' && status !== 'failed');

const noUploads: readonly Upload[] = [];
/** Channels of which the last list of uploads is kept. */
const maxLists = 64;

/** Uploads that wait for a send, as against those that a send waits for. */
function drafts(uploads: readonly Upload[], operations: readonly Operation[], channelId: string) {
  const own = uploads.filter((upload) => upload.channelId === channelId);
  if (own.length === 0) return noUploads;
  const taken = new Set(operations.flatMap((held) => (held.kind === 'send' ? held.uploadIds : [])));
  return taken.size === 0 ? own : own.filter(({ uploadId }) => !taken.has(uploadId));
}

/** Messages that an operation is about, as far as they have an id. */
function targetsOf(operation: Operation): readonly string[] {
  if (operation.kind === 'read') return [];
  return operation.kind === 'send' ? operation.candidates : [operation.target];
}

function earliest(log: ChannelLog, operations: readonly Operation[]): EpochMs | null {
  const times = operations
    .flatMap(targetsOf)
    .flatMap((id) => findMessage(log, id)?.createdAt ?? []);
  return times.length === 0 ? null : earliestOf(times);
}

/** @internal */
export function createOperationSelectors(select: StateSelector): OperationSelectors {
  /** Lists that differ in nothing keep their identity: what happens to files elsewhere makes no new one (L14). */
  const lastDrafts = new Map<string, readonly Upload[]>();
  const keep = (channelId: string, list: readonly Upload[]): readonly Upload[] => {
    const last = lastDrafts.get(channelId);
    if (last !== undefined && sameItems(last, list)) return last;
    lastDrafts.delete(channelId);
    if (list.length === 0) return noUploads;
    lastDrafts.set(channelId, list);
    const oldest = lastDrafts.keys().next();
    if (lastDrafts.size > maxLists && oldest.done !== true) lastDrafts.delete(oldest.value);
    return list;
  };
  const selectOperations = (root: HudhudRootState, channelId: string) =>
    operationsOf(select(root).outbox, channelId);
  return {
    selectOperations,
    selectPendingCount: (root) =>
      select(root).outbox.channels.reduce(
        (sum, { operations }) => sum + operations.filter(({ kind }) => kind !== 'read').length,
        0,
      ),
    selectUploads: (root, channelId) => {
      const { uploads } = select(root).outbox;
      return keep(channelId, drafts(uploads, selectOperations(root, channelId), channelId));
    },
    selectEarliestPendingTarget: (root, channelId, onlyOnItsWay) => {
      const log = findLog(select(root).messages, channelId);
      if (log === undefined) return null;
      const operations = selectOperations(root, channelId);
      return earliest(log, onlyOnItsWay === true ? operations.filter(isOnItsWay) : operations);
    },
  };
}
