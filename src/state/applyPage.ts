import type { MessageFetched, PageReceived } from '../actions/history';
import type { MessageFact } from '../protocol/models';
import type { ChannelLog, Read, Timeline } from './channelLog';
import { noReads, readFloor } from './channelLog';
import { LogEditor } from './logEditor';
import { markAbsent } from './mergeMessage';
import type { MessageRecord } from './messageRecord';
import { compareKeys, rowsBetween } from './segments';

/** Rows of this channel, each once; of a doubled row the last is taken. */
function distinctRows(page: PageReceived): ReadonlyMap<string, MessageFact> {
  const rows = new Map<string, MessageFact>();
  for (const row of page.messages) {
    if (row.channelId === undefined || row.channelId === page.channelId) rows.set(row.id, row);
  }
  return rows;
}

function timelineOf(log: ChannelLog, parentId: string | null): Timeline | undefined {
  return log.timelines.find((timeline) => timeline.parentId === parentId);
}

/** Rows that the page answers for, does not list, and that are old enough to have been in it (L1). */
function absentRows(
  timeline: Timeline | undefined,
  page: PageReceived,
  listed: ReadonlyMap<string, MessageFact>,
): MessageRecord[] {
  if (timeline === undefined) return [];
  return rowsBetween(timeline.segments, page.range.from, page.range.to).filter((row) => {
    if (row.isDeleted || row.timeGuessed === true || listed.has(row.id)) return false;
    const floor = readFloor(timeline.reads, row.createdAt);
    return floor <= page.asOf && Math.max(row.seen, floor) < page.absentBefore;
  });
}

/** Pages are remembered only while a request that is older than them may still contradict them. */
function readsAfter(held: readonly Read[], page: PageReceived): readonly Read[] {
  const { asOf, oldestInFlight, range } = page;
  if (oldestInFlight === null) return noReads;
  const kept = held.filter((read) => read.asOf > oldestInFlight);
  return oldestInFlight < asOf ? [...kept, { ...range, asOf }] : kept;
}

/**
 * Merges a page: its rows by the rules of every fact, its range into what is known of the timeline, and what its range
 * should have held but did not into deletions.
 *
 * @internal
 */
export function applyPage(log: ChannelLog, page: PageReceived): ChannelLog {
  if (page.asOf < log.trustedFrom) return log;
  const listed = distinctRows(page);
  const timeline = timelineOf(log, page.parentId);
  const editor = new LogEditor(log);
  const fresh: MessageRecord[] = [];
  for (const fact of listed.values()) {
    const row = editor.row(fact, page.asOf);
    if (row !== null) fresh.push(row);
  }
  fresh.sort((a, b) => compareKeys(a.createdAt, a.id, b.createdAt, b.id));
  editor.insertAll(fresh, page.parentId);
  for (const row of absentRows(timeline, page, listed)) editor.replace(markAbsent(row, page.asOf));
  editor.cover(page.parentId, page.range);
  for (const row of fresh) editor.coverAlone(row);
  const reads = timeline?.reads ?? noReads;
  const next = readsAfter(reads, page);
  if (next.length > 0 || reads.length > 0) editor.remember(page.parentId, next);
  return editor.done();
}

/**
 * Merges a single row, as the reply to a send or an edit says it.
 *
 * @internal
 */
export function applyRow(log: ChannelLog, { message, asOf }: MessageFetched): ChannelLog {
  if (asOf < log.trustedFrom) return log;
  const editor = new LogEditor(log);
  const row = editor.row(message, asOf);
  if (row !== null) editor.insertAlone(row);
  return editor.done();
}
