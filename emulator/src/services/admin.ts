import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { first } from '../db/db.ts';
import { forbidden } from '../errors.ts';
import type { UserRow } from '../wire/user.ts';

function mustBeAdmin({ role }: Caller): void {
  if (role !== 'admin') throw forbidden('Only an admin can see this');
}

/** Every account, the oldest first. */
export async function accounts({ db }: Context, caller: Caller): Promise<UserRow[]> {
  mustBeAdmin(caller);
  return db.query<UserRow>('select * from users order by created_at, user_id', []);
}

/** How much there is. What the real server counts is not known. */
export async function statistics({ db, hub, presence }: Context, caller: Caller) {
  mustBeAdmin(caller);
  const counts = await first<{ users: number; channels: number; messages: number }>(
    db,
    `select (select count(*)::int from users) as users,
       (select count(*)::int from channels) as channels,
       (select count(*)::int from messages where deleted_at is null) as messages`,
    [],
  );
  return { ...counts, users_online: await presence.online(), connections: hub.connections };
}
