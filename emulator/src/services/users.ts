import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { first } from '../db/db.ts';
import { ApiError, conflict, userNotFound } from '../errors.ts';
import { publish } from '../realtime/publish.ts';
import { membership } from '../wire/frames.ts';
import type { UserRow } from '../wire/user.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

export interface NewUser {
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly fullName: string | null;
}

/**
 * Registers a person. Who may enter which project is unknown of the real server; here a newcomer joins the
 * oldest project and its oldest channel, or would see an empty product.
 */
export async function register({ db }: Context, input: NewUser): Promise<UserRow> {
  const hash = await hashPassword(input.password);
  return db.tx(async (sql) => {
    const taken = await first(
      sql,
      `select 1 from users where lower(email) = lower($1) or lower(username) = lower($2)`,
      [input.email, input.username],
    );
    if (taken !== undefined) throw conflict('This email or username is already taken');
    const user = await first<UserRow>(
      sql,
      `insert into users (user_id, email, username, password_hash, full_name)
       values ($1, $2, $3, $4, $5) returning *`,
      [randomUUID(), input.email, input.username, hash, input.fullName],
    );
    if (user === undefined) throw new Error('An insert returned no row.');
    await sql.query(
      `insert into project_members (project_id, user_id)
       select project_id, $1 from projects order by created_at limit 1`,
      [user.user_id],
    );
    const joined = await sql.query<{ channel_id: string }>(
      `insert into channel_members (channel_id, user_id)
       select c.channel_id, $1 from channels c join project_members using (project_id)
       where user_id = $1 and not c.is_private order by c.created_at limit 1
       returning channel_id`,
      [user.user_id],
    );
    const { user_id: userId, username } = user;
    for (const { channel_id: channelId } of joined) {
      const frame = membership('member_joined', channelId, { userId, username });
      await publish(sql, { frame, to: { kind: 'channel', channelId } });
    }
    return user;
  });
}

/** The person behind an email or username and a password. */
export async function signIn({ db }: Context, name: string, password: string): Promise<UserRow> {
  const user = await first<UserRow>(
    db,
    `select * from users where (lower(email) = lower($1) or lower(username) = lower($1))
     and status = 'active'`,
    [name],
  );
  if (user === undefined || !(await passwordMatches(password, user.password_hash))) {
    throw new ApiError(401, 'INVALID_CREDENTIALS', 'Wrong email, username or password');
  }
  return user;
}

export async function userById({ db }: Context, userId: string): Promise<UserRow> {
  const user = await first<UserRow>(db, `select * from users where user_id = $1`, [userId]);
  if (user === undefined) throw userNotFound();
  return user;
}

/** A key that is absent stays as it is; null empties it. */
export interface ProfileChange {
  readonly fullName?: string | null | undefined;
  readonly avatarUrl?: string | null | undefined;
  readonly bio?: string | null | undefined;
}

export async function changeProfile(
  { db }: Context,
  caller: Caller,
  change: ProfileChange,
): Promise<UserRow> {
  const user = await first<UserRow>(
    db,
    `update users set updated_at = clock_timestamp(),
       full_name = case when $2::jsonb ? 'fullName' then $2::jsonb ->> 'fullName' else full_name end,
       avatar_url = case when $2::jsonb ? 'avatarUrl' then $2::jsonb ->> 'avatarUrl' else avatar_url end,
       bio = case when $2::jsonb ? 'bio' then $2::jsonb ->> 'bio' else bio end
     where user_id = $1 returning *`,
    [caller.userId, JSON.stringify(change)],
  );
  if (user === undefined) throw userNotFound();
  return user;
}
