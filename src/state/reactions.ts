import type { Reaction } from '../protocol/models';
import type { MessageRecord, ReactionOp } from './messageRecord';
import { noReactions } from './messageRecord';
import { equalJson } from './equalJson';
import { heldStamp, stampOf, wins } from './stamps';

/**
 * Reactions are a set of (person, emoji) that rows say whole and the stream says one by one. Held are the last whole
 * set and what the stream said after it; what is shown is made from both, so that it does not matter in which order
 * they came (L1, L3).
 */

function byEmojiThenUser(a: ReactionOp, b: ReactionOp): number {
  if (a.emoji !== b.emoji) return a.emoji < b.emoji ? -1 : 1;
  return a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0;
}

function applyOp(reaction: Reaction | undefined, op: ReactionOp): Reaction | undefined {
  const users = reaction?.users ?? [];
  const known = users.some((user) => user.userId === op.userId);
  const mine = op.own
    ? { mine: op.on }
    : reaction?.mine === undefined
      ? {}
      : { mine: reaction.mine };
  const count = reaction?.count ?? 0;
  if (op.on) {
    if (known) return reaction;
    const user = { userId: op.userId, username: op.username, at: op.v };
    return { emoji: op.emoji, count: count + 1, users: [...users, user], ...mine };
  }
  // someone whom the server did not list may still be one of the counted
  if (reaction === undefined || (!known && count <= users.length)) return reaction;
  if (count <= 1) return undefined;
  const others = users.filter((user) => user.userId !== op.userId);
  return { emoji: op.emoji, count: count - 1, users: others, ...mine };
}

/** What is shown: the whole set with the later single changes on it. */
function combineReactions(
  base: readonly Reaction[],
  ops: readonly ReactionOp[],
): readonly Reaction[] {
  if (ops.length === 0) return base;
  let shown: readonly Reaction[] = base;
  for (const op of [...ops].sort(byEmojiThenUser)) {
    const at = shown.findIndex((reaction) => reaction.emoji === op.emoji);
    const before = shown[at];
    const after = applyOp(before, op);
    if (after === before) continue;
    if (before === undefined && after !== undefined) shown = [...shown, after];
    else if (after === undefined) shown = shown.filter((reaction) => reaction !== before);
    else shown = shown.map((reaction) => (reaction === before ? after : reaction));
  }
  return shown.length === 0 ? noReactions : shown;
}

function isAfter(op: ReactionOp, v: number | null, loose: boolean, o: number): boolean {
  if (op.v !== null && v !== null && !loose && op.v !== v) return op.v > v;
  return op.o > o;
}

/** Keeps what only the viewer's own answers say: a frame to everyone leaves it out (L4). */
function keepMine(set: readonly Reaction[], shown: readonly Reaction[]): readonly Reaction[] {
  if (!shown.some((reaction) => reaction.mine === true)) return set;
  return set.map((reaction) =>
    reaction.mine === undefined &&
    reaction.count > reaction.users.length &&
    shown.some((before) => before.emoji === reaction.emoji && before.mine === true)
      ? { ...reaction, mine: true }
      : reaction,
  );
}

function withReactions(
  record: MessageRecord,
  base: readonly Reaction[],
  ops: readonly ReactionOp[],
  stamps: MessageRecord['stamps'],
): MessageRecord {
  const shown = combineReactions(base, ops);
  const reactions = equalJson(shown, record.reactions) ? record.reactions : shown;
  const stamped = stamps === record.stamps || stamps === undefined ? record : { ...record, stamps };
  if (ops.length > 0) return { ...stamped, reactions, reactionLog: { base, ops } };
  // leaving a key out of a copy costs several times the copy: only where there is one to leave out
  if (stamped.reactionLog === undefined) return { ...stamped, reactions };
  const { reactionLog: _, ...rest } = stamped;
  return { ...rest, reactions };
}

/**
 * Merges a whole set, as a row or an edit carries it.
 *
 * @internal
 */
export function mergeReactionSet(
  record: MessageRecord,
  said: readonly Reaction[],
  v: number | null,
  o: number,
  renews: boolean,
): MessageRecord {
  const held = heldStamp(record, 'reactions');
  if (!wins(v, o, held)) return record;
  const set = said.length === 0 ? noReactions : keepMine(said, record.reactions);
  const ops = record.reactionLog?.ops ?? [];
  const later = ops.filter((op) => isAfter(op, v, false, o));
  const advances = v !== null && (held.loose === true || v > held.v);
  if (!advances && !renews && equalJson(combineReactions(set, later), record.reactions)) {
    return record;
  }
  return withReactions(record, set, later, {
    ...record.stamps,
    reactions: stampOf(v, o, held),
  });
}

/**
 * Merges one person's word on one emoji. The same word with the same time is no news; without a time it may be that
 * they changed their mind twice.
 *
 * @internal
 */
export function mergeReactionOp(record: MessageRecord, op: ReactionOp): MessageRecord {
  if (record.isDeleted) return record;
  const held = heldStamp(record, 'reactions');
  if (!isAfter(op, held.v, held.loose === true, held.o)) return record;
  const ops = record.reactionLog?.ops ?? [];
  const before = ops.find((known) => known.userId === op.userId && known.emoji === op.emoji);
  if (before !== undefined) {
    if (!isAfter(op, before.v, false, before.o)) return record;
    if (before.on === op.on && op.v !== null && op.v === before.v) return record;
  }
  const base = record.reactionLog?.base ?? record.reactions;
  return withReactions(
    record,
    base,
    [...ops.filter((known) => known !== before), op],
    record.stamps,
  );
}
