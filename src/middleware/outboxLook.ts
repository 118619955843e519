import type { HistoryWanted } from '../actions/command';
import { keyOf } from '../actions/load';
import type { HudhudErrorCode } from '../errors';
import type { SendOperation } from '../protocol/operations';
import { findOperation } from '../state/outboxState';
import { countSince } from '../state/segments';
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
 * Looks for an uncertain send where it would stand. The pages are merged as any are, so finding it is the reducers' work;
 * that it is not there is only said where coverage reaches from before it was sent until now (L6). What only the stream
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
  /** The newest page may not have read all that is held as one piece with it. */
  let isPatchy = false;
  for (let pages = 1; pages <= maxPages; pages++) {
    // a page that began before the send failed could have missed it
    const isRead = await loader.page(wanted, true);
    const root = store.getState();
    const { outbox } = selectors.selectHudhud(root);
    const held = findOperation(outbox, opId);
    if (held?.kind !== 'send' || held.status !== 'uncertain') return 'gone';
    const timeline = selectors.selectHeldTimeline(root, channelId, parentId);
    const window = timeline?.windows.at(-1);
    if (!isRead || timeline === null || window === undefined) {
      const code = selectors.selectLoad(root, keyOf(wanted))?.code;
      return refusedForGood.has(code) ? 'unclear' : 'unread';
    }
    const { since, candidates } = held;
    const edge = window.from;
    if (pages === 1) isPatchy = countSince(timeline.segments, (edge ?? -1) + 1) >= pageSize;
    if (edge === null || (since !== null && edge <= since.at)) {
      // without a nonce, an older message with the same words cannot be told from it unless it is known what was there
      const isTold = outbox.returnsNonce === 'yes' || since !== null;
      const isWhole = !isPatchy || countSince(timeline.segments, since?.at ?? 0) < pageSize;
      const canTell = isTold && isWhole && candidates.length === 0;
      return canTell ? 'absent' : 'unclear';
    }
    wanted = { channelId, parentId, side: 'older', edge };
  }
  return 'unclear';
}
