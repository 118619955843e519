import { beforeThisVisit } from '../actions/storage';
import type { MessageFact } from '../protocol/models';
import { equalJson } from './equalJson';
import type { FieldGroup, MessageRecord, Stamp } from './messageRecord';
import { noFiles, noMetadata, noReactions } from './messageRecord';
import { mergeReactionSet } from './reactions';
import { bornAt, heldStamp, stampOf, wins } from './stamps';

/**
 * How a fact about a message came to be known.
 *
 * @internal
 */
export interface Said {
  /** `create`: the first word on it. `edit`: a change. `row`: its state as a request read it. */
  readonly rank: 'create' | 'edit' | 'row';
  /** Ordinal of the event, or of the request's start. */
  readonly o: number;
  /**
   * The same value again is a later word on it, which must outlast the answer of a request that started before. Rows
   * need this only while such a request is under way.
   */
  readonly renews: boolean;
  /** Stands in for a time of creation that was not said. */
  readonly at: number;
}

type Draft = { -readonly [K in keyof MessageRecord]: MessageRecord[K] };
type Stamps = Readonly<Partial<Record<FieldGroup, Stamp>>>;

/** A time of a text that was said with the fact, or `null` where it has none. */
function textVersion(fact: MessageFact, rank: Said['rank'], createdAt: number): number | null {
  if (fact.editedAt !== undefined && fact.editedAt !== null) return fact.editedAt;
  if (rank === 'create') return createdAt;
  if (rank === 'row' && fact.editedAt === null) return createdAt;
  return fact.updatedAt ?? null;
}

function groupVersion(fact: MessageFact, rank: Said['rank'], createdAt: number): number | null {
  return rank === 'create' ? createdAt : (fact.updatedAt ?? null);
}

/**
 * Makes the record of a message that was not known. Its channel is the caller's to know.
 *
 * @internal
 * @param userId - As the fact has it; a caller may hold the same text already.
 */
export function createRecord(
  channelId: string,
  fact: MessageFact,
  said: Said,
  userId: string | null | undefined = fact.userId,
): MessageRecord {
  const createdAt = fact.createdAt ?? said.at;
  const isDeleted = fact.deletedAt !== undefined && fact.deletedAt !== null;
  const record: Draft = {
    id: fact.id,
    channelId,
    parentId: fact.parentId ?? null,
    userId: userId ?? null,
    fromAgent: fact.fromAgent ?? null,
    type: fact.type ?? 'text',
    content: isDeleted ? '' : (fact.content ?? ''),
    createdAt,
    isEdited: !isDeleted && fact.editedAt !== undefined && fact.editedAt !== null,
    editedAt: isDeleted ? null : (fact.editedAt ?? null),
    isDeleted,
    deletedAt: fact.deletedAt ?? null,
    threadCount: fact.threadCount ?? 0,
    reactions: isDeleted || !fact.reactions?.length ? noReactions : fact.reactions,
    files: isDeleted || !fact.files?.length ? noFiles : fact.files,
    metadata: isDeleted || !hasKeys(fact.metadata) ? noMetadata : fact.metadata,
    isRead: fact.isRead ?? null,
    seen: said.o,
    base: said.rank === 'create' ? 0 : said.o,
  };
  if (fact.createdAt === undefined) record.timeGuessed = true;
  if (said.rank === 'row' && said.o === beforeThisVisit) record.isCached = true;
  if (said.rank === 'row') {
    const stamps = rowStamps(fact, createdAt, said.o);
    if (stamps !== undefined) record.stamps = isDeleted ? keepThreadCount(stamps) : stamps;
  }
  return record;
}

function hasKeys<T extends object>(value: T | undefined): value is T {
  for (const _ in value) return true;
  return false;
}

/** A row whose versions do not follow from its own fields has them written down. */
function rowStamps(fact: MessageFact, createdAt: number, o: number): Stamps | undefined {
  const text = textVersion(fact, 'row', createdAt);
  const { updatedAt } = fact;
  if (typeof updatedAt !== 'number') {
    return text === null ? { text: { v: createdAt, o, loose: true } } : undefined;
  }
  const rest: Stamp = { v: updatedAt, o };
  return {
    text: { v: text ?? updatedAt, o },
    type: rest,
    metadata: rest,
    files: rest,
    threadCount: rest,
    isRead: rest,
    reactions: rest,
  };
}

/** A tombstone still says how many replies it has, and nothing else. */
function keepThreadCount(stamps: Stamps): Stamps {
  return stamps.threadCount === undefined ? {} : { threadCount: stamps.threadCount };
}

/**
 * Turns a record into its tombstone: nothing of what was written is kept (L2).
 *
 * @internal
 */
export function deleteRecord(record: MessageRecord, deletedAt: number | null): MessageRecord {
  const known = Math.max(record.deletedAt ?? 0, deletedAt ?? 0) || null;
  if (record.isDeleted && record.absentAsOf === undefined && record.deletedAt === known) {
    return record;
  }
  const { stamps, reactionLog: _, absentAsOf: __, isCached: ___, ...rest } = record;
  return {
    ...rest,
    content: '',
    isEdited: false,
    editedAt: null,
    isDeleted: true,
    deletedAt: known,
    reactions: noReactions,
    files: noFiles,
    metadata: noMetadata,
    ...(stamps === undefined ? {} : { stamps: keepThreadCount(stamps) }),
  };
}

/**
 * Marks a record as missing from a page that should have listed it. A deleted message is listed as long as replies hang on
 * it: one that is not has none.
 *
 * @internal
 */
export function markAbsent(
  record: MessageRecord,
  { asOf, renews }: { readonly asOf: number; readonly renews: boolean },
): MessageRecord {
  const gone = record.isDeleted ? record : { ...deleteRecord(record, null), absentAsOf: asOf };
  const said: Said = { rank: 'row', o: asOf, renews, at: record.createdAt };
  return mergeValue(gone, 'threadCount', 0, { id: record.id }, said);
}

/**
 * Merges a fact into the record of its message: only fields that the fact carries, each by its own version (L1, L4).
 * Gives back the same reference when the fact is no news.
 *
 * @internal
 */
export function mergeMessage(held: MessageRecord, fact: MessageFact, said: Said): MessageRecord {
  const merged = mergeFields(confirmed(held, said), fact, said);
  return seenAt(merged, held, said.o);
}

/** The server's word on a message of an earlier visit makes it one of this visit, even if it says nothing new. */
function confirmed(held: MessageRecord, said: Said): MessageRecord {
  if (held.isCached === undefined || said.o === beforeThisVisit) return held;
  const { isCached: _, ...record } = held;
  return record;
}

/**
 * Notes when a record that was just made of another one was last seen to exist.
 *
 * @internal
 */
export function seenAt(merged: MessageRecord, held: MessageRecord, o: number): MessageRecord {
  // what is not the held one is a copy of this moment that nobody else has: a second copy would be for nothing
  if (merged !== held && merged.seen < o) (merged as Draft).seen = o;
  return merged;
}

function mergeFields(held: MessageRecord, fact: MessageFact, said: Said): MessageRecord {
  let record = fillIdentity(held, fact);
  if (fact.deletedAt !== undefined && fact.deletedAt !== null) {
    record = deleteRecord(record, fact.deletedAt);
  }
  if (record.isDeleted) {
    const { absentAsOf } = record;
    if (absentAsOf !== undefined && said.rank === 'row' && said.o > absentAsOf) {
      const { channelId, createdAt, parentId, userId, fromAgent } = record;
      return createRecord(channelId, { ...fact, createdAt, parentId, userId, fromAgent }, said);
    }
    return mergeValue(record, 'threadCount', fact.threadCount, fact, said);
  }
  record = mergeText(record, fact, said);
  record = mergeValue(record, 'type', fact.type, fact, said);
  record = mergeValue(record, 'metadata', fact.metadata, fact, said);
  record = mergeValue(record, 'files', fact.files, fact, said);
  record = mergeValue(record, 'threadCount', fact.threadCount, fact, said);
  record = mergeValue(record, 'isRead', fact.isRead, fact, said);
  if (fact.reactions !== undefined) {
    const v = groupVersion(fact, said.rank, bornAt(record));
    record = mergeReactionSet(record, fact.reactions, v, ordinalOf(said), renews(said, v));
  }
  return record;
}

/** What never changes is filled in once it is known; where two facts differ, their order decides nothing. */
function fillIdentity(held: MessageRecord, fact: MessageFact): MessageRecord {
  const userId = held.userId ?? fact.userId ?? null;
  const fromAgent = held.fromAgent ?? fact.fromAgent ?? null;
  const parentId = held.parentId ?? fact.parentId ?? null;
  const record =
    userId === held.userId && fromAgent === held.fromAgent && parentId === held.parentId
      ? held
      : { ...held, userId, fromAgent, parentId };
  const { createdAt } = fact;
  if (createdAt === undefined) return record;
  if (record.timeGuessed === true) {
    const { timeGuessed: _, ...known } = record;
    return { ...known, createdAt };
  }
  return createdAt < record.createdAt ? { ...record, createdAt } : record;
}

/** A first word was said before everything else that is known of the message. */
function ordinalOf(said: Said): number {
  return said.rank === 'create' ? 0 : said.o;
}

/** A change that came with its time is told from its own repetition by that time. */
function renews(said: Said, v: number | null): boolean {
  return said.renews && (v === null || said.rank === 'row');
}

function mergeText(record: MessageRecord, fact: MessageFact, said: Said): MessageRecord {
  const { content } = fact;
  if (content === undefined) return record;
  const held = heldStamp(record, 'text');
  const v = textVersion(fact, said.rank, bornAt(record));
  const o = ordinalOf(said);
  const isEdit = said.rank === 'edit' && fact.editedAt !== null;
  if (!wins(v, o, held)) {
    // what won may not say that there ever was an edit: this was one
    return isEdit && !record.isEdited && held.loose === true
      ? { ...record, isEdited: true }
      : record;
  }
  const advances = v !== null && (held.loose === true || v > held.v);
  if (!advances && content === record.content && !renews(said, v)) return record;
  const editedAt = fact.editedAt ?? (isEdit ? v : null);
  return {
    ...record,
    content,
    isEdited: isEdit || editedAt !== null || (fact.editedAt === undefined && record.isEdited),
    editedAt,
    stamps: { ...record.stamps, text: stampOf(v, o, held) },
  };
}

type PlainGroup = Exclude<FieldGroup, 'text' | 'reactions'>;

function mergeValue<G extends PlainGroup>(
  record: MessageRecord,
  group: G,
  value: MessageRecord[G] | undefined,
  fact: MessageFact,
  said: Said,
): MessageRecord {
  if (value === undefined) return record;
  const held = heldStamp(record, group);
  const v = groupVersion(fact, said.rank, bornAt(record));
  const o = ordinalOf(said);
  if (!wins(v, o, held)) return record;
  const same = equalJson(value, record[group]);
  const advances = v !== null && (held.loose === true || v > held.v);
  if (same && !advances && !renews(said, v)) return record;
  return {
    ...record,
    [group]: same ? record[group] : value,
    stamps: { ...record.stamps, [group]: stampOf(v, o, held) },
  };
}
