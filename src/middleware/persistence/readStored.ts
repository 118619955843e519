import type { PageRange } from '../../actions/history';
import type { Restored, RestoredHistory, RestoredUpload } from '../../actions/storage';
import { isHudhudError } from '../../errors';
import { decodeChannels, decodeProjectRow } from '../../protocol/decodeModels';
import { decodeOperation, decodeStoredUpload } from '../../protocol/decodeOperation';
import { decodeMessagesPage } from '../../protocol/decodePages';
import type { Decoded } from '../../protocol/fault';
import { Fault } from '../../protocol/fault';
import { isId } from '../../protocol/ids';
import type { ProjectFact } from '../../protocol/models';
import { isList, isRaw } from '../../protocol/raw';
import { revive } from './revive';
import { channelPrefix, entry, readOutboxEntry } from './storedFormat';

type Entries = ReadonlyMap<string, unknown>;

/** What could not be read. */
class Faults {
  /** Entries, or parts of them. */
  count = 0;
  /** Of these: wishes. */
  lost = 0;

  /** Decodes a list item by item; what is not understood is counted and left out. */
  items<T>(list: unknown, decode: (item: unknown) => Decoded<T>): T[] {
    if (!isList(list)) {
      this.count += 1;
      return [];
    }
    return list.flatMap((item) => {
      const decoded = decode(item);
      if (!(decoded instanceof Fault)) return [decoded];
      this.count += 1;
      return [];
    });
  }

  /** What throws was not what it should be. */
  guard<T>(read: () => T, none: T): T {
    try {
      return read();
    } catch (error) {
      if (!isHudhudError(error)) throw error;
      this.count += 1;
      return none;
    }
  }
}

/** What an earlier visit left of one kind, and what of it could not be read. @internal */
export interface Read<T> {
  readonly found: T;
  readonly faults: number;
  /** Wishes among them. */
  readonly lost: number;
}

/** What was wished in tabs that are gone. @internal */
export type StoredOutbox = Pick<Restored, 'outbox' | 'uploads'>;

/**
 * Reads what was wished.
 *
 * @internal
 * @param isKeyed - Whether the server takes a send with the same key as the same send.
 */
export function readOutbox(entries: Entries, isKeyed: boolean): Read<StoredOutbox> {
  const faults = new Faults();
  const outbox: StoredOutbox['outbox'][number][] = [];
  const uploads: RestoredUpload[] = [];
  for (const [key, value] of entries) {
    const channelId = readOutboxEntry(key)?.channelId;
    if (channelId === undefined) continue;
    const kept = isRaw(value) ? value : {};
    const before = faults.count;
    const inPlace = (item: unknown) => {
      const operation = decodeOperation(item);
      if (operation instanceof Fault || operation.channelId === channelId) return operation;
      return new Fault('foreign_row', 'channelId');
    };
    const operations = isId(channelId) ? faults.items(kept['operations'], inPlace) : [];
    faults.lost += faults.count - before;
    const revived = operations.flatMap((operation) => revive(operation, isKeyed) ?? []);
    if (revived.length > 0) outbox.push({ channelId, operations: revived });
    const files = faults.items(kept['uploads'] ?? [], decodeStoredUpload);
    uploads.push(...files.map((file) => ({ ...file, channelId })));
  }
  return { found: { outbox, uploads }, faults: faults.count, lost: faults.lost };
}

const isMoment = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

function toRange(value: unknown): Decoded<PageRange> {
  if (!isRaw(value)) return new Fault('not_an_object');
  const { from, to } = value;
  if (!isMoment(to) || !(from === null || (isMoment(from) && from <= to))) {
    return new Fault('invalid_field', 'range');
  }
  return { from, to };
}

function readHistories(entries: Entries, faults: Faults): RestoredHistory[] {
  return [...entries].flatMap(([key, value]) => {
    if (!key.startsWith(channelPrefix)) return [];
    const channelId = key.slice(channelPrefix.length);
    const kept = isRaw(value) && isId(channelId) ? value : {};
    const windows = faults.items(kept['windows'], toRange);
    const page = faults.guard(
      () => decodeMessagesPage({ messages: kept['rows'] ?? false }, { channelId }),
      null,
    );
    if (page === null || windows.length === 0) return [];
    faults.count += page.rejected.length;
    // of a window in which a row is missing it is not known that none is
    if (page.rejected.length > 0) return [];
    return [{ channelId, messages: page.messages, windows }];
  });
}

/** What was shown. @internal */
export interface StoredView extends Pick<
  Restored,
  'savedAt' | 'project' | 'channels' | 'currentChannelId' | 'histories' | 'lastEventId'
> {
  /** Channels in the order in which they were viewed, the last one first. */
  readonly recent: readonly string[];
}

/** Nothing was kept. @internal */
export const nothingShown: StoredView = {
  ...{ savedAt: null, project: null, channels: [], currentChannelId: null },
  ...{ histories: [], lastEventId: null, recent: [] },
};

/** Reads what was shown. @internal */
export function readView(entries: Entries): Read<StoredView> {
  const faults = new Faults();
  const lists = entries.get(entry.channels);
  const kept = isRaw(lists) ? lists : { list: [] };
  const list = faults.guard(() => decodeChannels({ channels: kept['list'] ?? false }), null);
  faults.count += list?.rejected.length ?? 0;
  const project: Decoded<ProjectFact> | null =
    kept['project'] == null ? null : decodeProjectRow(kept['project']);
  const { currentId } = kept;
  const cursor = entries.get(entry.cursor);
  const { savedAt, lastEventId } = isRaw(cursor) ? cursor : {};
  const found = {
    savedAt: isMoment(savedAt) ? savedAt : null,
    project: project instanceof Fault ? null : project,
    channels: list?.channels ?? [],
    currentChannelId: isId(currentId) ? currentId : null,
    histories: readHistories(entries, faults),
    lastEventId: typeof lastEventId === 'string' ? lastEventId : null,
    recent: faults.items(entries.get(entry.recent) ?? [], (id) =>
      isId(id) ? id : new Fault('hostile_id'),
    ),
  };
  const isOddProject = project instanceof Fault;
  return { found, faults: faults.count + (isOddProject ? 1 : 0), lost: 0 };
}
