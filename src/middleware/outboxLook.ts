import type { HistoryWanted } from '../actions/command';
import { keyOf } from '../actions/load';
import type { HudhudErrorCode } from '../errors';
import type { SendOperation } from '../protocol/operations';
import type { Timeline } from '../state/channelLog';
import { findOperation } from '../state/outboxState';
import { rowBack } from '../state/segments';
import type { Loader } from './loader';
import type { Runtime, StoreApi } from './runtime';

/**
 * What looking for a send that may have worked brought. `gone`: it is uncertain no more, as when a page settled it;
 * `absent`: it is certainly not there; `unclear`: nobody can tell; `unread`: the pages could not be read.
 *
 * @internal
 */
export type LookResult = 'gone' | 'absent' | 'unclear' | 'unread';

/** Where it was sent to is gone, or no place for this person any more: asking again tells no more. */
const refusedForGood: ReadonlySet<unknown> = new Set<HudhudErrorCode>(['NOT_FOUND', 'FORBIDDEN']);

/** Pages that are read before giving up: a busy channel moves on quickly. */
const maxPages = 4;

/**
 * From when on a page of what was written until a moment has brought everything. It may have joined what the stream alone
 * has told, so that the window begins before the page does: as many rows as a page has, it has reached back for certain.
 */
function reachOf({ segments, windows }: Timeline, until: number, pageSize: number): number {
  const row = rowBack(segments, until, pageSize);
  return Math.max(windows.at(-1)?.from ?? -Infinity, row?.createdAt ?? -Infinity);
}

/**
 * Looks for an uncertain send where it would stand. The pages are merged as any are, so finding it is the reducers' work;
 * that it is not there is only said where pages have read from before it was sent until now (L6). What only the stream
 * has covered does not count: it may not tell people what they did themselves.
 *
 * @internal
 */
export async function lookFor(
  { selectors, pageSize }: Pick<Runtime, 'selectors' | 'pageSize'>,
  store: StoreApi,
  loader: Pick<Loader, 'page'>,
  { opId, channelId, parentId }: SendOperation,
): Promise<LookResult> {
  let wanted: HistoryWanted = { channelId, parentId, side: 'newest' };
  let reach = Infinity;
  for (let pages = 1; pages <= maxPages; pages++) {
    // a page that began before the send failed could have missed it
    const isRead = await loader.page(wanted, true);
    const root = store.getState();
    const { outbox } = selectors.selectHudhud(root);
    const held = findOperation(outbox, opId);
    if (held?.kind !== 'send' || held.status !== 'uncertain') return 'gone';
    const timeline = selectors.selectHeldTimeline(root, channelId, parentId);
    if (!isRead || timeline === null || timeline.windows.length === 0) {
      const code = selectors.selectLoad(root, keyOf(wanted))?.code;
      return refusedForGood.has(code) ? 'unclear' : 'unread';
    }
    const { since, candidates } = held;
    const before = reach;
    reach = reachOf(timeline, before, pageSize);
    if (reach === -Infinity || (since !== null && reach <= since.at)) {
      // without a nonce, an older message with the same words cannot be told from it unless it is known what was there
      const isTold = outbox.returnsNonce === 'yes' || since !== null;
      return isTold && candidates.length === 0 ? 'absent' : 'unclear';
    }
    // a whole page of one millisecond: the next one would be the same
    if (reach === before) return 'unclear';
    wanted = { channelId, parentId, side: 'older', edge: reach };
  }
  return 'unclear';
}
