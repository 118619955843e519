import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { people } from '../seed/people.ts';
import type { SeedPerson } from '../seed/people.ts';

/** A seeded person that this process plays. */
export interface Bot extends Caller {
  readonly language: SeedPerson['language'];
}

/** People whom somebody at a keyboard is likely to sign in as are left alone. */
const leftAlone = 4;

/** The bots that this database can carry: none if it was not seeded. */
export async function findBots({ db }: Context): Promise<Bot[]> {
  const played = people.slice(leftAlone);
  const rows = await db.query<{ user_id: string }>(
    `select user_id from users where user_id = any($1::uuid[])`,
    [played.map((person) => person.userId)],
  );
  const known = new Set(rows.map((row) => row.user_id));
  return played.filter((person) => known.has(person.userId));
}
