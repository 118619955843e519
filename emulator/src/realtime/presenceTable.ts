import type { Db, Sql } from '../db/db.ts';
import { first } from '../db/db.ts';
import type { ChosenStatus, PresenceChange } from '../wire/frames.ts';
import { presence } from '../wire/frames.ts';
import { publish, takeTurn } from './publish.ts';

export interface Person {
  readonly userId: string;
  readonly username: string;
}

/** The first of the two numbers of the lock that a living process holds. */
const lockClass = 8891;

/** Whose rows stand in the table, though no process holds the lock of their number. */
const abandoned = `
  from presence p where not exists (
    select 1 from pg_locks l
    where l.locktype = 'advisory' and l.granted and l.objsubid = 2
      and l.database = (select oid from pg_database where datname = current_database())
      and l.classid = ${lockClass} and l.objid = p.process_number::oid)`;

/** A number that stands for this process as long as the session does: if the process dies, Postgres notices at once. */
export async function takeNumber(session: Sql): Promise<number> {
  const row = await first<{ number: number | string }>(
    session,
    `select nextval('process_numbers') as number`,
  );
  const number = Number(row?.number);
  await session.query(`select pg_advisory_lock($1, $2)`, [lockClass, number]);
  return number;
}

/** Changes of one person's presence come one after the other, over all processes. */
async function lockPerson(sql: Sql, userId: string): Promise<void> {
  await sql.query(`select 1 from users where user_id = $1 for no key update`, [userId]);
}

async function seenNow(sql: Sql, userId: string): Promise<void> {
  await sql.query(`update users set last_seen = clock_timestamp() where user_id = $1`, [userId]);
}

async function isHere(sql: Sql, userId: string): Promise<boolean> {
  const row = await first(sql, `select 1 from presence where user_id = $1 limit 1`, [userId]);
  return row !== undefined;
}

async function chosen(sql: Sql, userId: string): Promise<ChosenStatus> {
  const row = await first<{ status: ChosenStatus }>(
    sql,
    `select status from chosen_statuses where user_id = $1`,
    [userId],
  );
  return row?.status ?? 'online';
}

async function tell(sql: Sql, action: PresenceChange['action'], person: Person): Promise<void> {
  // the count is that of the moment in which it is told
  await takeTurn(sql);
  const { userId, username } = person;
  const status: PresenceChange['status'] =
    action === 'leave' ? 'offline' : await chosen(sql, userId);
  const onlineCount = await countOnline(sql);
  const seen = await first<{ last_seen: Date | null }>(
    sql,
    `select last_seen from users where user_id = $1`,
    [userId],
  );
  const change = { action, userId, username, status, onlineCount };
  const frame = presence(change, seen?.last_seen ?? new Date());
  await publish(sql, { frame, to: { kind: 'peers', userId } });
}

/** A process has somebody's first stream. Told if that person was nowhere else. */
export async function arrive(db: Db, processNumber: number, person: Person): Promise<void> {
  await db.tx(async (sql) => {
    await seenNow(sql, person.userId);
    const wasHere = await isHere(sql, person.userId);
    await sql.query(
      `insert into presence (process_number, user_id) values ($1, $2) on conflict do nothing`,
      [processNumber, person.userId],
    );
    if (!wasHere) await tell(sql, 'join', person);
  });
}

/** A process has nobody's last stream any more. Told if that person is nowhere else. */
export async function depart(db: Db, processNumber: number, person: Person): Promise<void> {
  await db.tx(async (sql) => {
    await seenNow(sql, person.userId);
    await sql.query(`delete from presence where process_number = $1 and user_id = $2`, [
      processNumber,
      person.userId,
    ]);
    if (!(await isHere(sql, person.userId))) await tell(sql, 'leave', person);
  });
}

/** Kept for the next time if the person is not online. */
export async function choose(db: Db, person: Person, status: ChosenStatus): Promise<void> {
  await db.tx(async (sql) => {
    await lockPerson(sql, person.userId);
    await sql.query(
      `insert into chosen_statuses (user_id, status) values ($1, $2)
       on conflict (user_id) do update set status = excluded.status`,
      [person.userId, status],
    );
    if (await isHere(sql, person.userId)) await tell(sql, 'update', person);
  });
}

/** Takes out whom processes left behind that are no more, such as killed ones. When they were last seen stays. */
export async function sweep(db: Db): Promise<void> {
  if ((await first(db, `select 1 ${abandoned} limit 1`)) === undefined) return;
  await db.tx(async (sql) => {
    // all of them first, in an order: nothing may be locked between two tellings
    const people = await sql.query<{ user_id: string; username: string }>(
      `select u.user_id, u.username from users u
       where u.user_id in (select p.user_id ${abandoned})
       order by u.user_id for no key update`,
    );
    await sql.query(
      `delete from presence where (process_number, user_id) in
         (select p.process_number, p.user_id ${abandoned} and p.user_id = any($1::uuid[]))`,
      [people.map((one) => one.user_id)],
    );
    for (const { user_id: userId, username } of people) {
      if (!(await isHere(sql, userId))) await tell(sql, 'leave', { userId, username });
    }
  });
}

export async function countOnline(sql: Sql): Promise<number> {
  const row = await first<{ count: number }>(
    sql,
    `select count(distinct user_id)::int as count from presence`,
  );
  return row?.count ?? 0;
}

export type Statuses = ReadonlyMap<string, ChosenStatus>;

/** All who are here. */
export async function statuses(sql: Sql): Promise<Statuses> {
  const rows = await sql.query<{ user_id: string; status: ChosenStatus }>(
    `select distinct p.user_id, coalesce(c.status, 'online') as status
     from presence p left join chosen_statuses c using (user_id)`,
  );
  return new Map(rows.map((row) => [row.user_id, row.status]));
}
