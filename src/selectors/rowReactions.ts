import type { Reaction } from '../protocol/models';
import type { ReactOperation } from '../protocol/operations';
import type { RowReaction, RowViewer } from './row';
import { noRowReactions } from './row';

/** Confirmed reactions as the viewer sees them. @internal */
export function rowReactions(
  reactions: readonly Reaction[],
  viewerId: string | null,
): readonly RowReaction[] {
  if (reactions.length === 0) return noRowReactions;
  return reactions.map(({ emoji, count, users, mine }) => {
    const isListed = viewerId !== null && users.some(({ userId }) => userId === viewerId);
    return { emoji, count, users, isMine: mine === true || isListed, isPending: false };
  });
}

function add(held: RowReaction | undefined, op: ReactOperation, viewer: RowViewer): RowReaction {
  const { emoji, at } = op;
  const userId = op.userId ?? viewer.id;
  if (held?.isMine === true) return { ...held, isPending: true };
  const users = held?.users ?? [];
  const user = userId === null ? [] : [{ userId, username: viewer.username, at }];
  const count = (held?.count ?? 0) + 1;
  return { emoji, count, users: [...users, ...user], isMine: true, isPending: true };
}

function takeBack(held: RowReaction, op: ReactOperation, viewer: RowViewer): RowReaction | null {
  if (!held.isMine) return { ...held, isPending: true };
  if (held.count <= 1) return null;
  const userId = op.userId ?? viewer.id;
  const users = held.users.filter((user) => user.userId !== userId);
  return { ...held, count: held.count - 1, users, isMine: false, isPending: true };
}

/**
 * Reactions with a wish on top. What is so already stays so: whoever has reacted and wishes it again is counted once.
 *
 * @internal
 */
export function withReaction(
  reactions: readonly RowReaction[],
  op: ReactOperation,
  viewer: RowViewer,
): readonly RowReaction[] {
  const held = reactions.find(({ emoji }) => emoji === op.emoji);
  if (held === undefined) return op.on ? [...reactions, add(held, op, viewer)] : reactions;
  const next = op.on ? add(held, op, viewer) : takeBack(held, op, viewer);
  return reactions.flatMap((reaction) => {
    if (reaction !== held) return [reaction];
    return next === null ? [] : [next];
  });
}
