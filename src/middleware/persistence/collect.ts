import type { Clock } from '../../platform/clock';
import type { StorageChange } from '../../platform/storage';
import { findStream } from '../../state/connection';
import type { ChannelLog } from '../../state/channelLog';
import type { ChannelsState } from '../../state/channels';
import { findLog } from '../../state/messagesState';
import type { OutboxState, Upload } from '../../state/outboxState';
import { operationsOf } from '../../state/outboxState';
import type { HudhudState } from '../../state/rootReducer';
import { storedChannel } from './storedChannel';
import { channelEntry, channelPrefix, entry, outboxEntry, outboxPrefix } from './storedFormat';
import type { WriteBatch } from './storeWriter';
import type { LockedTab } from './tabs';

/** @internal */
export interface CollectOptions {
  readonly tab: string;
  readonly now: () => HudhudState;
  readonly clock: Clock;
  readonly owns: (opId: string) => boolean;
  readonly recent: () => readonly string[];
  readonly messageText: boolean;
  readonly channels: number;
  readonly messagesPerChannel: number;
}

/**
 * Knows what of the state is not on disk as it is, and makes a write of that: only what has changed, whatever is held.
 *
 * @internal
 */
export interface Collector {
  /** What was wished in these channels. */
  changed(channelIds: Iterable<string>): void;
  /** What is shown does not come from what happened here: it is not kept any more. */
  distrustView(): void;
  /** Of these tabs all is in the state now: it moves over with the next write, which has all that was wished here. */
  moveFrom(tabs: readonly LockedTab[]): void;
  collect(withView: boolean): WriteBatch;
  /** Operations that are on disk. */
  keptIds(): ReadonlySet<string>;
  /** Lets go of the locks of tabs whose wishes were not moved. */
  release(): void;
}

function storedUploads(uploads: readonly Upload[], uploadIds: readonly string[]): object[] {
  return uploads
    .filter(({ uploadId }) => uploadIds.includes(uploadId))
    .map(({ uploadId, name, size, mime, status, file }) => ({
      ...{ uploadId, name, size, mime },
      file: status === 'done' && file !== null ? { ...file, type: file.mime } : null,
    }));
}

/** What is shown, as it was written last. */
interface Written {
  readonly logs: ReadonlyMap<string, ChannelLog>;
  readonly lists: ChannelsState;
  readonly recent: string;
}

/** @internal */
export function createCollector(options: CollectOptions): Collector {
  const { tab, now, clock, owns, messageText, messagesPerChannel } = options;
  let dirty = new Set<string>();
  let kept: ReadonlyMap<string, readonly string[]> = new Map();
  let moving: readonly LockedTab[] = [];
  let written: Written | null = null;
  let isTrusted = true;
  let isCleared = messageText;
  let nonce: OutboxState['returnsNonce'] = 'unknown';

  const wishesOf = ({ outbox }: HudhudState, channelId: string) => {
    const operations = operationsOf(outbox, channelId).filter(({ opId }) => owns(opId));
    const uploadIds = operations.flatMap((held) => (held.kind === 'send' ? held.uploadIds : []));
    const key = outboxEntry(tab, channelId);
    const change: StorageChange =
      operations.length === 0
        ? { drop: key }
        : { put: key, value: { operations, uploads: storedUploads(outbox.uploads, uploadIds) } };
    return { change, opIds: operations.map(({ opId }) => opId) };
  };

  const viewOf = (state: HudhudState): { changes: StorageChange[]; next: Written } => {
    const { channels: lists, messages, users, connection } = state;
    const last = written;
    const changes: StorageChange[] = last === null ? [{ dropAll: channelPrefix }] : [];
    const logs = new Map<string, ChannelLog>();
    const ids = options.recent().slice(0, options.channels);
    for (const id of ids) {
      const log = findLog(messages, id);
      if (log === undefined) continue;
      logs.set(id, log);
      if (last?.logs.get(id) === log) continue;
      const value = storedChannel(log, users, messagesPerChannel);
      changes.push(value === null ? { drop: channelEntry(id) } : { put: channelEntry(id), value });
    }
    for (const id of last?.logs.keys() ?? []) {
      if (!logs.has(id)) changes.push({ drop: channelEntry(id) });
    }
    if (last?.lists !== lists) {
      const { project, currentId } = lists;
      // what is unread is the server's to say
      const list = lists.list.map(({ o: _, since: __, unreadCount: ___, ...channel }) => channel);
      changes.push({ put: entry.channels, value: { project, currentId, list } });
    }
    const recent = ids.join('\n');
    if (last?.recent !== recent) changes.push({ put: entry.recent, value: ids });
    // L12: where the stream may go on, with all that it said until there
    const lastEventId = findStream(connection, 'main')?.lastEventId ?? null;
    changes.push({ put: entry.cursor, value: { lastEventId, savedAt: clock.now() } });
    return { changes, next: { logs, lists, recent } };
  };

  return {
    changed(channelIds) {
      for (const id of channelIds) dirty.add(id);
    },
    distrustView() {
      isTrusted = false;
    },
    moveFrom(tabs) {
      moving = [...moving, ...tabs];
      for (const { channelId } of now().outbox.channels) dirty.add(channelId);
    },
    collect(withView) {
      const state = now();
      const moved = moving;
      const channelIds = [...dirty];
      const hadCleared = isCleared;
      dirty = new Set();
      const wishes = channelIds.map((id) => ({ id, ...wishesOf(state, id) }));
      const view = withView && messageText && isTrusted ? viewOf(state) : null;
      const { returnsNonce } = state.outbox;
      const changes: StorageChange[] = [
        ...moved.map((gone) => ({ dropAll: outboxPrefix(gone.tab) })),
        ...wishes.map(({ change }) => change),
        ...(returnsNonce === 'unknown' || returnsNonce === nonce
          ? []
          : [{ put: entry.nonce, value: returnsNonce }]),
        ...(hadCleared ? [] : leftovers),
        ...(view?.changes ?? []),
      ];
      return {
        changes,
        done() {
          moving = moving.filter((gone) => !moved.includes(gone));
          for (const { lock } of moved) lock.release();
          kept = new Map([...kept, ...wishes.map(({ id, opIds }) => [id, opIds] as const)]);
          nonce = returnsNonce;
          isCleared = true;
          if (view !== null) written = view.next;
        },
        failed() {
          for (const id of channelIds) dirty.add(id);
          if (view !== null) written = null;
        },
      };
    },
    keptIds: () => new Set([...kept.values()].flat()),
    release() {
      for (const { lock } of moving) lock.release();
      moving = [];
    },
  };
}

/** What was shown is kept no longer, since the host does not ask for it any more. */
const leftovers: readonly StorageChange[] = [
  { dropAll: channelPrefix },
  { drop: entry.channels },
  { drop: entry.recent },
  { drop: entry.cursor },
];
