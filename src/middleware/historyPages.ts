import type { PageRange } from '../actions/history';
import { newerRange, overlapMs, pageRange } from '../actions/pageRange';
import { earliestOf, latestOf } from '../protocol/extremes';
import type { MessageFact } from '../protocol/models';
import type { MessagesPage } from '../protocol/rest';
import type { BesidePlan, HistoryPlan } from './historyPlan';

/** The most that a server gives at once. */
const maxPageSize = 200;

/** Which messages are asked for: `after < createdAt < before`, as far as given. */
interface Cursor {
  readonly before?: number;
  readonly after?: number;
}

/** How pages of one timeline are asked for. @internal */
export interface HistoryReader {
  readonly pageSize: number;
  readonly get: (cursor: Cursor, limit: number) => Promise<MessagesPage>;
  /** Whether one connection has told of the channel since before the first request. */
  readonly isLive: () => boolean;
}

/** A page, and the part of the timeline that it answers for. @internal */
export interface HistoryPage {
  readonly page: MessagesPage;
  readonly range: PageRange;
}

const timesOf = ({ messages }: MessagesPage): number[] =>
  messages.flatMap(({ createdAt }) => createdAt ?? []);
const firstOf = (page: MessagesPage): number => earliestOf(timesOf(page));
const lastOf = (page: MessagesPage): number => latestOf(timesOf(page));

/**
 * Whether an answer is one to what was asked. A server that does not know a cursor gives its newest page; the
 * millisecond of `after` may be cut through.
 */
function fits(
  { messages }: MessagesPage,
  { before = Infinity, after = -Infinity }: Cursor,
): boolean {
  const isIn = ({ createdAt }: MessageFact): boolean =>
    createdAt === undefined || (after <= createdAt && createdAt < before);
  return messages.every(isIn);
}

/** What "more" means of newer messages is not documented: a full page may have more whatever it says. */
function isFull({ hasMore, messages, rejected }: MessagesPage, limit: number): boolean {
  return hasMore || messages.length + rejected.length >= limit;
}

const isLong = ({ messages, rejected }: MessagesPage, { pageSize }: HistoryReader): boolean =>
  messages.length + rejected.length > pageSize;

async function newestPage(reader: HistoryReader, limit: number): Promise<HistoryPage[]> {
  const page = await reader.get({}, limit);
  const { hasMore, messages } = page;
  return [{ page, range: pageRange({ before: null, hasMore, messages, isLive: reader.isLive() }) }];
}

async function olderPage(reader: HistoryReader, plan: BesidePlan): Promise<HistoryPage[]> {
  const { edge, isPast } = plan;
  // the edge's millisecond may be known in part only: it is asked for again
  const before = edge + 1;
  let page = await reader.get({ before }, reader.pageSize);
  const isStuck = page.hasMore && firstOf(page) >= edge && fits(page, { before });
  // all in the millisecond that was asked for again: only a longer page leaves it
  if (isStuck && reader.pageSize < maxPageSize) page = await reader.get({ before }, maxPageSize);
  if (!fits(page, { before })) return newestPage(reader, maxPageSize);
  const { hasMore, messages } = page;
  if (hasMore && timesOf(page).length === 0) return [];
  const to = isPast ? before : null;
  return [{ page, range: pageRange({ before: to, hasMore, messages, isLive: false }) }];
}

interface Newer {
  readonly edge: number;
  readonly after: number;
  readonly isPast: boolean;
  /** Rows of the first page. */
  readonly pageSize: number;
  /** Whether one more request may find out which messages a page has left out. */
  readonly isThorough: boolean;
}

async function newerPage(reader: HistoryReader, newer: Newer): Promise<HistoryPage[]> {
  const { edge, isPast } = newer;
  let { after, pageSize: limit } = newer;
  let page = await reader.get({ after }, limit);
  if (isFull(page, limit) && lastOf(page) <= edge && fits(page, { after })) {
    // nothing but what is known: nearer to the edge, and more of it
    [after, limit] = [edge - 1, maxPageSize];
    page = await reader.get({ after }, limit);
  }
  if (!fits(page, { after })) return newestPage(reader, maxPageSize);
  const { messages } = page;
  const hasMore = isFull(page, limit);
  const range = newerRange({ after, edge, isPast, hasMore, messages, isLive: reader.isLive() });
  if (range === null) return [];
  const answer = { page, range };
  const first = firstOf(page);
  if (!hasMore || first < edge || !newer.isThorough) return [answer];
  // either the next messages, of which the known one is gone, or the newest ones: what lies between tells
  const between = await reader.get({ after, before: first + 1 }, limit);
  if (!fits(between, { after, before: first + 1 })) {
    return [answer, ...(await newestPage(reader, maxPageSize))];
  }
  const isCut = isFull(between, limit);
  const from = isCut ? Math.min(first, firstOf(between)) : after;
  const to = isCut && lastOf(between) < first ? lastOf(between) : first + 1;
  return [answer, { page: between, range: { from, to } }];
}

async function pagesAround(reader: HistoryReader, plan: BesidePlan): Promise<HistoryPage[]> {
  const { edge, isPast } = plan;
  const older = await olderPage(reader, plan);
  const fitting = older.filter(({ page }) => fits(page, { before: edge + 1 }));
  if (fitting.length < older.length) return older;
  // from the last message before the moment on: that it is listed again shows that nothing was left out
  const last = latestOf(fitting.map(({ page }) => lastOf(page)));
  const isFirst = last === -Infinity;
  const start = isFirst ? edge : last;
  // with nothing before the moment there is nothing to list again: only one more request can tell
  const newer = await newerPage(reader, {
    ...{ edge: start, after: start - 1, isPast, isThorough: isFirst },
    // a usual page was all in one millisecond, and would be so again
    pageSize: fitting.some(({ page }) => isLong(page, reader)) ? maxPageSize : reader.pageSize,
  });
  const isPassed = isPast || newer.some(({ page }) => lastOf(page) > edge);
  const passed = older.map(({ page, range }) => ({ page, range: { ...range, to: edge + 1 } }));
  return [...(isPassed ? passed : older), ...newer];
}

/**
 * Asks for what a plan says, and for a little more only where an answer leaves open what it proves.
 *
 * @internal
 */
export function readHistory(reader: HistoryReader, plan: HistoryPlan): Promise<HistoryPage[]> {
  switch (plan.kind) {
    case 'newest':
      return newestPage(reader, reader.pageSize);
    case 'older':
      return olderPage(reader, plan);
    case 'newer': {
      const { edge, isPast, anchor } = plan;
      const after = Math.min(edge - overlapMs, (anchor ?? edge) - 1);
      const { pageSize } = reader;
      return newerPage(reader, { edge, after, isPast, pageSize, isThorough: true });
    }
    case 'around':
      return pagesAround(reader, plan);
  }
}
