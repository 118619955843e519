import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { Sql } from '../db/db.ts';
import { first } from '../db/db.ts';
import { messageNotFound } from '../errors.ts';
import type { MessageRow, MessageWire, ReactionRow } from '../wire/message.ts';
import { messageToWire } from '../wire/message.ts';
import { fileToWire } from '../wire/file.ts';
import { messageFileRows } from './files.ts';

/** The timeline of a channel (its top-level messages) or the replies below one message. */
export type MessageList =
  | { readonly in: 'channel'; readonly channelId: string }
  | { readonly in: 'thread'; readonly parentId: string };

/** Where a page begins or ends: the place of a known message, or a time (both ends are left out of the page). */
export type Cursor =
  | { readonly kind: 'id'; readonly messageId: string }
  | { readonly kind: 'time'; readonly time: string };

export interface PageRequest {
  readonly limit: number;
  readonly before?: Cursor;
  readonly after?: Cursor;
}

export interface MessagePage {
  /** Oldest first, strictly sorted by (created_at, message_id). */
  readonly messages: MessageWire[];
  /** More lie beyond the page: after it when `after` was asked alone, before it otherwise. */
  readonly hasMore: boolean;
}

const selectMessages = `
  select m.*, u.username, u.full_name, u.avatar_url,
    (m.user_id = $1 or coalesce(m.created_at <= mine.read_at, false)) as is_read
  from messages m
  join users u on u.user_id = m.user_id
  left join channel_members mine on mine.channel_id = m.channel_id and mine.user_id = $1`;

export async function reactionRows(
  sql: Sql,
  messageIds: readonly string[],
): Promise<ReactionRow[]> {
  if (messageIds.length === 0) return [];
  return sql.query<ReactionRow>(
    `select r.message_id, r.emoji, r.user_id, r.created_at, u.username
     from message_reactions r join users u using (user_id)
     where r.message_id = any($1::uuid[]) order by r.created_at, r.user_id, r.emoji`,
    [messageIds],
  );
}

function byMessage<R extends { readonly message_id: string }>(rows: readonly R[]) {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.message_id);
    if (group === undefined) groups.set(row.message_id, [row]);
    else group.push(row);
  }
  return (messageId: string): readonly R[] => groups.get(messageId) ?? [];
}

async function toWire(
  sql: Sql,
  { faults, origin }: Context,
  rows: readonly MessageRow[],
  viewerId: string,
) {
  const ids = rows.map((row) => row.message_id);
  const reactions = byMessage(await reactionRows(sql, ids));
  const files = byMessage(await messageFileRows(sql, ids));
  const { stripMetadata } = faults.set;
  return rows.map((row) => {
    const told = stripMetadata ? { ...row, metadata: {} } : row;
    const attached = files(row.message_id).map((file) => fileToWire(file, origin()));
    return messageToWire(told, reactions(row.message_id), attached, viewerId);
  });
}

/** One message, deleted or not; inside of a transaction by its `sql`. */
export async function messageById(
  context: Context,
  caller: Caller,
  messageId: string,
  sql: Sql = context.db,
): Promise<MessageWire> {
  const rows = await sql.query<MessageRow>(`${selectMessages} where m.message_id = $2`, [
    caller.userId,
    messageId,
  ]);
  const [message] = await toWire(sql, context, rows, caller.userId);
  if (message === undefined) throw messageNotFound();
  return message;
}

/**
 * The comparison with a cursor. A message id stands for its exact place, so pages neither lose nor repeat a row
 * of an equal time. A bare time is compared strictly, as the real server does.
 */
async function bound(
  sql: Sql,
  cursor: Cursor | undefined,
  sign: '<' | '>',
  params: unknown[],
): Promise<string> {
  if (cursor === undefined) return '';
  if (cursor.kind === 'time') {
    params.push(cursor.time);
    return `and m.created_at ${sign} $${params.length}::timestamptz`;
  }
  const place = await first<{ time: string }>(
    sql,
    `select created_at::text as time from messages where message_id = $1`,
    [cursor.messageId],
  );
  if (place === undefined) throw messageNotFound();
  params.push(place.time, cursor.messageId);
  const at = params.length;
  return `and (m.created_at, m.message_id) ${sign} ($${at - 1}::timestamptz, $${at}::uuid)`;
}

/** A page of a list. The caller's right to see it has been checked. */
export async function messagePage(
  context: Context,
  caller: Caller,
  list: MessageList,
  { limit, before, after }: PageRequest,
): Promise<MessagePage> {
  const { db } = context;
  const params: unknown[] = [
    caller.userId,
    list.in === 'channel' ? list.channelId : list.parentId,
    limit + 1,
  ];
  const place =
    list.in === 'channel'
      ? 'm.channel_id = $2 and m.parent_message_id is null'
      : 'm.parent_message_id = $2';
  const upper = await bound(db, before, '<', params);
  const lower = await bound(db, after, '>', params);
  const forward = after !== undefined && before === undefined;
  const direction = forward ? 'asc' : 'desc';
  const rows = await db.query<MessageRow>(
    `${selectMessages}
     where ${place} and (m.deleted_at is null or m.thread_count > 0) ${upper} ${lower}
     order by m.created_at ${direction}, m.message_id ${direction} limit $3`,
    params,
  );
  const page = rows.slice(0, limit);
  if (!forward) page.reverse();
  return { messages: await toWire(db, context, page, caller.userId), hasMore: rows.length > limit };
}

export interface Search {
  readonly text: string;
  readonly limit: number;
  readonly channelId: string | undefined;
  readonly userId: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Messages and replies that hold a text, the newest first, of every channel that the caller may read. */
export async function searchMessages(
  context: Context,
  caller: Caller,
  { text, limit, channelId, userId, from, to }: Search,
): Promise<MessageWire[]> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await context.db.query<MessageRow>(
    `${selectMessages}
     join channels c on c.channel_id = m.channel_id
     join project_members pm on pm.project_id = c.project_id and pm.user_id = $1
     where m.deleted_at is null and m.content ilike $2 and (not c.is_private or mine.user_id = $1)
       and ($3::uuid is null or m.channel_id = $3) and ($4::uuid is null or m.user_id = $4)
       and ($5::timestamptz is null or m.created_at >= $5)
       and ($6::timestamptz is null or m.created_at <= $6)
     order by m.created_at desc, m.message_id desc limit $7`,
    [caller.userId, pattern, channelId ?? null, userId ?? null, from ?? null, to ?? null, limit],
  );
  return toWire(context.db, context, rows, caller.userId);
}
