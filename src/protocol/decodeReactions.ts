import * as v from 'valibot';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { count, flag, id, textOrNull, timeOrNull } from './fields';
import { toCount } from './counts';
import { decodeList } from './list';
import type { Reaction, ReactionUser } from './models';
import { anyOf, isRaw, put } from './raw';
import { toEpochMs } from './times';
import { validate } from './validate';
import type { Schema } from './validate';

const reactionUserSchema: Schema<ReactionUser> = v.object({
  userId: id,
  username: textOrNull,
  at: timeOrNull,
});

// An emoji is a key of tables, so it has to keep what an id has to keep.
const reactionSchema: Schema<Reaction> = v.object({
  emoji: id,
  count,
  users: v.custom<readonly ReactionUser[]>(Array.isArray),
  mine: v.exactOptional(flag),
});

/** Decodes one emoji's reactions; users are camelCase even in snake_case rows (wire contract 1.5). @internal */
export function decodeReaction(row: unknown): Decoded<Reaction> {
  if (!isRaw(row)) return new Fault('not_an_object');
  const users = decodeList(row['users'], 'users', decodeReactionUser) ?? [];
  if (users instanceof Fault) return users;
  const candidate: Record<string, unknown> = {
    emoji: row['emoji'],
    count: toCount(row['count']) ?? users.length,
    users,
  };
  put(candidate, 'mine', anyOf(row, 'has_reacted', 'hasReacted') ?? undefined);
  return validate(reactionSchema, candidate);
}

function decodeReactionUser(row: unknown): Decoded<ReactionUser> {
  if (!isRaw(row)) return new Fault('not_an_object');
  return validate(reactionUserSchema, {
    userId: anyOf(row, 'userId', 'user_id', 'id'),
    username: row['username'] ?? null,
    at: toEpochMs(anyOf(row, 'createdAt', 'created_at')) ?? null,
  });
}
