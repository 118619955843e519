import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { channelRows } from './channelRows.ts';

/**
 * Reading moves one mark per person and channel to the newest of the named messages; all before it counts as
 * read. The mark never moves back. Channels that were not joined have no mark.
 */
export async function markRead(
  { db }: Context,
  caller: Caller,
  messageIds: readonly string[],
): Promise<void> {
  await db.query(
    `update channel_members cm set read_at = greatest(cm.read_at, newest.at)
     from (select channel_id, max(created_at) as at from messages
           where message_id = any($2::uuid[]) group by channel_id) newest
     where cm.channel_id = newest.channel_id and cm.user_id = $1`,
    [caller.userId, messageIds],
  );
}

export async function unreadCounts({ db }: Context, caller: Caller) {
  const rows = await channelRows(db, caller.userId, { by: 'all' });
  const joined = rows.filter((row) => row.user_role !== null);
  const channels = Object.fromEntries(
    joined.map((row) => [row.channel_id, Number(row.unread_count)] as const),
  );
  const total = joined.reduce((sum, row) => sum + Number(row.unread_count), 0);
  return { total, channels };
}
