import type { MessageRow } from '../../selectors/row';
import { findLog } from '../../state/messagesState';
import { operationsOf } from '../../state/outboxState';
import { compareKeys } from '../../state/segments';
import type { PatchReader } from './patchRule';

/** Which of a channel's rows belong to a list. @internal */
export interface ListScope {
  readonly channelId: string;
  readonly parentId: string | null;
  /** A channel's list shows the replies of all its threads among the messages. */
  readonly withReplies: boolean;
  /** The list reaches up to now: what is new belongs to it, and what is on its way. */
  readonly isTail: boolean;
  /** See `PatchSource`. */
  readonly absentBefore: number;
}

/** @internal */
export function sameScope(a: ListScope, b: ListScope): boolean {
  return (
    a.channelId === b.channelId &&
    a.parentId === b.parentId &&
    a.withReplies === b.withReplies &&
    a.isTail === b.isTail &&
    a.absentBefore === b.absentBefore
  );
}

/** Threads of which something is held or on its way. */
function threadsOf({ root, selectors }: PatchReader, channelId: string): readonly string[] {
  const { messages, outbox } = selectors.selectHudhud(root);
  const held = findLog(messages, channelId)?.timelines ?? [];
  const sends = operationsOf(outbox, channelId).flatMap((operation) =>
    operation.kind === 'send' ? operation : [],
  );
  const parents = [...held, ...sends].flatMap(({ parentId }) => parentId ?? []);
  return [...new Set(parents)];
}

function compareRows(a: MessageRow, b: MessageRow): number {
  // what is on its way stands last, in the order in which it was wished
  if (a.id === null || b.id === null) {
    return a.id === b.id ? a.createdAt - b.createdAt : a.id === null ? 1 : -1;
  }
  return compareKeys(a.createdAt, a.id, b.createdAt, b.id);
}

/**
 * Everything that is known and could belong to a list, oldest first, then what is on its way.
 *
 * @internal
 */
export function listRows(
  reader: PatchReader,
  { channelId, parentId, withReplies }: ListScope,
): readonly MessageRow[] {
  const { root, selectors } = reader;
  const own = selectors.selectTimeline(root, channelId, parentId);
  if (!withReplies || parentId !== null) return own;
  const replies = threadsOf(reader, channelId).flatMap((thread) =>
    selectors.selectTimeline(root, channelId, thread),
  );
  return replies.length === 0 ? own : [...own, ...replies].sort(compareRows);
}
