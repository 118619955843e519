import type { HudhudErrorCode } from '../errors';
import type { HistoryWanted } from './command';
import type { HudhudActionCreator } from './define';
import { defineAction } from './define';

/** @public */
export interface LoadStarted {
  /** What is loaded: `workspace`, or a page's key (`pageKey`). */
  readonly key: string;
}

/** @public */
export interface LoadFailed {
  readonly key: string;
  readonly code: HudhudErrorCode;
}

/**
 * Key of a page's request.
 *
 * @public
 * @param edge - Where the request said it: `edge`, or `at`. A gap's is `pageKey(channelId, parentId, 'newer', gap.after)`.
 */
export function pageKey(
  channelId: string,
  parentId: string | null,
  side: HistoryWanted['side'],
  edge?: number,
): string {
  const key = `page:${channelId}:${parentId ?? ''}:${side}`;
  return edge === undefined ? key : `${key}:${edge}`;
}

/** The same, of what is wanted. @internal */
export function keyOf(wanted: HistoryWanted): string {
  const { channelId, parentId, side } = wanted;
  const edge = side === 'around' ? wanted.at : side === 'newest' ? undefined : wanted.edge;
  return pageKey(channelId, parentId, side, edge);
}

/** Key of the workspace's request. @public */
export const workspaceKey = 'workspace';

/** Key of the request for what is unread. @internal */
export const unreadKey = 'unread';

/** Key of what is read while no stream tells. @internal */
export const pollKey = 'poll';

/** @public */
export const loadStarted: HudhudActionCreator<LoadStarted, 'load/started'> =
  defineAction<LoadStarted>()('load/started');

/** @public */
export const loadFailed: HudhudActionCreator<LoadFailed, 'load/failed'> =
  defineAction<LoadFailed>()('load/failed');

/** The request ended well; its facts came by an action of their own, just before. @public */
export const loadDone: HudhudActionCreator<LoadStarted, 'load/done'> =
  defineAction<LoadStarted>()('load/done');
