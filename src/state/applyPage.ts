import type { MessageFetched, PageRange, PageReceived } from '../actions/history';
import { latestOf } from '../protocol/extremes';
import type { MessageFact } from '../protocol/models';
import type { Read, Timeline } from './channelLog';
import { isTrusted, noReads, readFloor, timelineOf, trustOf } from './channelLog';
import { equalJson } from './equalJson';
import type { LogEditor } from './logEditor';
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

/** Rows that the page answers for, does not list, and that are old enough to have been in it (L1). */
function absentRows(
  timeline: Timeline | undefined,
  page: PageReceived,
  listed: ReadonlyMap<string, MessageFact>,
): MessageRecord[] {
  if (timeline === undefined) return [];
  return rowsBetween(timeline.segments, page.range.from, page.range.to).filter((row) => {
    if (row.timeGuessed === true || listed.has(row.id)) return false;
    return row.seen < page.absentBefore && readFloor(timeline.reads, row.createdAt) <= page.asOf;
  });
}

/**
 * Pages are remembered only while one that is older than them may still contradict them: a request under way, or this
 * one, told twice. A page that reaches up to now knows of nothing that was written after its last row: a request that is
 * older may have been read, or have written, later, and the stream may not tell people what they did themselves.
 */
function readsAfter(held: readonly Read[], page: PageReceived): readonly Read[] {
  const { asOf, range, messages } = page;
  const oldest = Math.min(page.oldestInFlight ?? asOf, asOf);
  const to = range.to ?? latestOf(messages.flatMap(({ createdAt }) => createdAt ?? []));
  const said = { from: range.from, to, asOf };
  const kept = held.filter((read) => read.asOf > oldest && !equalJson(read, said));
  const next = oldest < asOf && to > -Infinity ? [...kept, said] : kept;
  return equalJson(next, held) ? held : next;
}

/**
 * Up to where a page's word outlasts the stream. A row that a newer page did not list was not taken: it is gone, or it is
 * newer than that page, and then the stream has yet to tell of it.
 */
function firmEnd(
  editor: LogEditor,
  { to }: PageRange,
  listed: readonly MessageFact[],
): number | null {
  const last = latestOf(listed.flatMap(({ createdAt }) => createdAt ?? []));
  // the page does not end with its own last row: it was asked for up to there
  if (to !== null && last < to) return to;
  const held = listed.flatMap(({ id }) => editor.find(id)?.createdAt ?? []);
  return held.length === 0 ? null : Math.min(latestOf(held), to ?? Infinity);
}

/**
 * Merges a page: its rows by the rules of every fact, its range into what is known of the timeline, and what its range
 * should have held but did not into deletions.
 *
 * @internal
 * @param editor - Of a log as it was when the page came.
 */
export function applyPage(editor: LogEditor, page: PageReceived): void {
  if (page.asOf < trustOf(editor.base)) return;
  const listed = distinctRows(page);
  const timeline = timelineOf(editor.base, page.parentId);
  const fresh: MessageRecord[] = [];
  for (const fact of listed.values()) {
    const row = editor.row(fact, page);
    if (row !== null) fresh.push(row);
  }
  fresh.sort((a, b) => compareKeys(a.createdAt, a.id, b.createdAt, b.id));
  editor.insertAll(fresh, page.parentId);
  for (const row of absentRows(timeline, page, listed)) editor.miss(row, page);
  editor.cover(page.parentId, page.range, firmEnd(editor, page.range, [...listed.values()]));
  for (const row of fresh) editor.coverAlone(row);
  const reads = timeline?.reads ?? noReads;
  const next = readsAfter(reads, page);
  if (next.length > 0 || reads.length > 0) editor.remember(page.parentId, next);
}

/**
 * Merges a single row, as the reply to a send or an edit says it.
 *
 * @internal
 */
export function applyRow(editor: LogEditor, fetched: MessageFetched): void {
  if (!isTrusted(editor.base, fetched.message, fetched.asOf)) return;
  const row = editor.row(fetched.message, fetched);
  if (row !== null) editor.insertAlone(row);
}
