import * as v from 'valibot';
import { decodeUser, readUserId } from './decodeUser';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { id, text, timeOrNull } from './fields';
import type { MemberFact, UserFact } from './models';
import { anyOf, isRaw, put, unlessNull } from './raw';
import { toEpochMs } from './times';
import { validate } from './validate';
import type { Schema } from './validate';

/** A membership together with what the same row says of the person. @internal */
export interface MemberRow extends MemberFact {
  readonly user?: UserFact;
}

const memberSchema: Schema<MemberFact> = v.object({
  userId: id,
  role: v.exactOptional(text),
  joinedAt: v.exactOptional(timeOrNull),
});

/** Decodes a member: the person's fields beside the role, or nested under `user` (wire contract 1.6). @internal */
export function decodeMember(row: unknown): Decoded<MemberRow> {
  if (!isRaw(row)) return new Fault('not_an_object');
  const nested = isRaw(row['user']) ? row['user'] : undefined;
  const userId = readUserId(row) ?? nested?.['id'] ?? nested?.['user_id'];
  const candidate: Record<string, unknown> = { userId };
  put(candidate, 'role', unlessNull(row['role']));
  put(candidate, 'joinedAt', toEpochMs(anyOf(row, 'joined_at', 'joinedAt')));
  const member = validate(memberSchema, candidate);
  if (member instanceof Fault) return member;
  const user = decodeUser({ ...(nested ?? row), user_id: userId });
  if (user instanceof Fault) return nested === undefined ? user : user.below('user');
  // a bare membership says nothing of the person
  return Object.keys(user).length > 1 ? { ...member, user } : member;
}
