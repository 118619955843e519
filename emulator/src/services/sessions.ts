import { createHash, randomBytes } from 'node:crypto';
import type { Context } from '../context.ts';
import { first } from '../db/db.ts';
import { ApiError } from '../errors.ts';
import type { UserRow } from '../wire/user.ts';

export const refreshTtlSeconds = 7 * 24 * 60 * 60;

// only a digest is stored, so the data folder holds nothing that signs anybody in
const digest = (token: string) => createHash('sha256').update(token).digest('base64');

/** A refresh token, to be put in the HTTP-only cookie. It is not rotated: tabs may refresh at the same time. */
export async function openSession({ db }: Context, userId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db.query(`delete from refresh_tokens where expires_at < now()`);
  await db.query(
    `insert into refresh_tokens (token_hash, user_id, expires_at)
     values ($1, $2, now() + make_interval(secs => $3))`,
    [digest(token), userId, refreshTtlSeconds],
  );
  return token;
}

export async function closeSession({ db }: Context, token: string): Promise<void> {
  await db.query(`delete from refresh_tokens where token_hash = $1`, [digest(token)]);
}

/** The person a refresh token belongs to. */
export async function sessionUser({ db }: Context, token: string | undefined): Promise<UserRow> {
  if (token === undefined) throw new ApiError(401, 'TOKEN_MISSING', 'No refresh token provided');
  const user = await first<UserRow>(
    db,
    `select u.* from refresh_tokens t join users u using (user_id)
     where t.token_hash = $1 and t.expires_at > now()`,
    [digest(token)],
  );
  if (user === undefined) throw new ApiError(401, 'TOKEN_INVALID', 'Refresh token invalid');
  return user;
}

export async function accessToken({ tokens }: Context, user: UserRow): Promise<string> {
  const { user_id: userId, email, username, role } = user;
  return tokens.sign({ userId, email, username, role });
}
