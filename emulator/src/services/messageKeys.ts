import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { Sql } from '../db/db.ts';
import { first } from '../db/db.ts';
import type { MessageWire } from '../wire/message.ts';
import { messageById } from './messagePages.ts';

/**
 * Ties a person's key to the message that is about to be written. False: the key has made one already. Whoever
 * comes second at the same time waits here until the first has committed.
 */
export async function claimKey(
  sql: Sql,
  { userId }: Caller,
  key: string,
  messageId: string,
): Promise<boolean> {
  const claimed = await sql.query(
    `insert into message_keys (user_id, key, message_id) values ($1, $2, $3)
     on conflict do nothing returning key`,
    [userId, key, messageId],
  );
  return claimed.length > 0;
}

/** The message that this person's key has made, as it is now. */
export async function messageByKey(
  context: Context,
  caller: Caller,
  key: string,
): Promise<MessageWire | undefined> {
  const row = await first<{ message_id: string }>(
    context.db,
    `select message_id from message_keys where user_id = $1 and key = $2`,
    [caller.userId, key],
  );
  return row === undefined ? undefined : messageById(context, caller, row.message_id);
}
