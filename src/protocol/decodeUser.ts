import * as v from 'valibot';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { id, presence, presenceWords, text, textOrNull, timeOrNull } from './fields';
import type { UserFact } from './models';
import { anyOf, isRaw, lookUp, put, unlessNull } from './raw';
import type { Raw } from './raw';
import { toEpochMs } from './times';
import { validate } from './validate';
import type { Schema } from './validate';

const userSchema: Schema<UserFact> = v.object({
  id,
  username: v.exactOptional(text),
  fullName: v.exactOptional(textOrNull),
  email: v.exactOptional(textOrNull),
  avatarUrl: v.exactOptional(textOrNull),
  status: v.exactOptional(presence),
  lastSeen: v.exactOptional(timeOrNull),
});

/**
 * Decodes a person: the camelCase account user, keyed `id`, as well as the snake_case rows of members, keyed
 * `user_id`. An account status (`active`, `banned`) is no presence and is left out.
 *
 * @internal
 */
export function decodeUser(row: unknown): Decoded<UserFact> {
  if (!isRaw(row)) return new Fault('not_an_object');
  return validate(userSchema, pickUser(row));
}

function pickUser(row: Raw): object {
  const candidate: Record<string, unknown> = { id: readUserId(row) ?? row['id'] };
  put(candidate, 'username', unlessNull(row['username']));
  put(candidate, 'fullName', anyOf(row, 'full_name', 'fullName'));
  put(candidate, 'email', row['email']);
  put(candidate, 'avatarUrl', anyOf(row, 'avatar_url', 'avatarUrl', 'avatar'));
  put(candidate, 'status', lookUp(presenceWords, row['status']));
  put(candidate, 'lastSeen', toEpochMs(anyOf(row, 'last_seen', 'lastSeen')));
  return candidate;
}

/** The field that names a person, where a row is keyed by something else. @internal */
export function readUserId(row: Raw): unknown {
  return anyOf(row, 'user_id', 'userId');
}
