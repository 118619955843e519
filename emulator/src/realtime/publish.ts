import type { Sql } from '../db/db.ts';
import { first } from '../db/db.ts';
import type { Audience } from './audience.ts';
import { peopleOf } from './audience.ts';
import type { Frame } from './encoding.ts';

/** What is notified when frames were written; it carries nothing, so its length is no limit. */
export const framesChannel = 'frames';

export interface Telling {
  readonly frame: Frame;
  readonly to: Audience;
}

interface Count {
  readonly newest: number | string;
}

/**
 * Waits until nobody else is about to tell something. From here to the end of the transaction the caller sees all
 * that was told before. What else it locks, it must have locked by now.
 */
export async function takeTurn(sql: Sql): Promise<void> {
  await sql.query(`select 1 from frame_count for update`);
}

/** Takes so many numbers, which makes it this one's turn, and answers the one before them. */
async function takeNumbers(sql: Sql, count: number): Promise<number> {
  const row = await first<Count>(
    sql,
    `update frame_count set newest = newest + $1 returning newest`,
    [count],
  );
  if (row === undefined) throw new Error('The count of frames is lost.');
  return Number(row.newest) - count;
}

async function write(sql: Sql, number: number, { frame, to }: Telling): Promise<void> {
  const people = peopleOf(to);
  const channelId = to.kind === 'channel' ? to.channelId : null;
  const params = [...people.params, number, JSON.stringify(frame), channelId, framesChannel];
  const [no, text, channel, notified] = [4, 3, 2, 1].map((back) => `$${params.length - back + 1}`);
  await sql.query(
    `with told as (
       insert into frames (number, frame, channel_id, readers)
       select ${no}::bigint, ${text}, ${channel}::uuid, ${people.sql}
     ), forgotten as (
       delete from frames where number <= ${no}::bigint - (select kept from frame_count)
     ) select pg_notify(${notified}, '')`,
    params,
  );
}

/**
 * Tells something to all streams of all processes, if and when the transaction commits: what happened and that it is
 * told are one. Frames come in the order of the commits.
 */
export async function publish(sql: Sql, ...tellings: readonly Telling[]): Promise<void> {
  const before = await takeNumbers(sql, tellings.length);
  // a statement each, after the turn: whoever has joined before is among the readers
  for (const [at, telling] of tellings.entries()) await write(sql, before + at + 1, telling);
}
