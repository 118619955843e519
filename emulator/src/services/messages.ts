import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { Sql } from '../db/db.ts';
import { first } from '../db/db.ts';
import { channelNotFound, forbidden, invalid, messageNotFound } from '../errors.ts';
import type { Frame } from '../realtime/encoding.ts';
import { publish } from '../realtime/publish.ts';
import type { MessageWire } from '../wire/message.ts';
import {
  broadcastCopy,
  deletedMessage,
  editedMessage,
  newMessage,
  threadChanged,
} from '../wire/frames.ts';
import { attachFiles } from './files.ts';
import { claimKey, messageByKey } from './messageKeys.ts';
import { isModerator, mustSeeMessage, mustUseChannel } from './access.ts';
import { messageById } from './messagePages.ts';

export const messageTypes = ['text', 'image', 'file', 'system', 'agent'] as const;

export interface NewMessage {
  readonly channelId: string;
  readonly content: string;
  readonly type: (typeof messageTypes)[number];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly parentMessageId?: string | undefined;
}

interface ThreadRow {
  readonly thread_count: number;
}

/** Threads are one level deep, and stay inside their channel. */
async function mustBeThreadHead(
  context: Context,
  caller: Caller,
  parentId: string,
  channelId: string,
): Promise<void> {
  const parent = await mustSeeMessage(context, caller, parentId);
  if (parent.channel_id !== channelId) throw invalid('The parent is in another channel');
  if (parent.parent_message_id !== null) throw invalid('A reply cannot be replied to');
}

/**
 * One statement writes the row and its place: the channel's row is locked by the update, so the times of a
 * channel strictly grow in the order in which they are committed.
 */
const insertMessage = `
  with place as (
    update channels set
      last_write_at = greatest(clock_timestamp(), last_write_at + interval '1 microsecond'),
      last_message_id = case when $7::uuid is null then $1::uuid else last_message_id end
    where channel_id = $2 returning last_write_at
  ), parent as (
    update messages set thread_count = thread_count + 1 where message_id = $7::uuid
  )
  insert into messages
    (message_id, channel_id, user_id, content, type, metadata, parent_message_id, created_at)
  select $1::uuid, $2::uuid, $3::uuid, $4, $5, $6::jsonb, $7::uuid, last_write_at from place returning message_id`;

async function insert(
  sql: Sql,
  caller: Caller,
  messageId: string,
  input: NewMessage,
): Promise<void> {
  const inserted = await sql.query(insertMessage, [
    messageId,
    input.channelId,
    caller.userId,
    input.content,
    input.type,
    JSON.stringify(input.metadata),
    input.parentMessageId ?? null,
  ]);
  if (inserted.length === 0) throw channelNotFound();
}

export interface Written {
  readonly message: MessageWire;
  /** False: the key had made it before. */
  readonly isNew: boolean;
}

/** With a key the same person writes one message, however often and however much at once it is asked for. */
export async function createMessage(
  context: Context,
  caller: Caller,
  input: NewMessage,
  key?: string,
): Promise<Written> {
  const { db } = context;
  const { channelId, parentMessageId: parentId } = input;
  await mustUseChannel(context, caller, channelId);
  if (parentId !== undefined) await mustBeThreadHead(context, caller, parentId, channelId);

  const messageId = randomUUID();
  const made = await db.tx(async (sql) => {
    if (key !== undefined && !(await claimKey(sql, caller, key, messageId))) return undefined;
    await insert(sql, caller, messageId, input);
    await attachFiles(sql, caller, messageId, input.metadata);
    const message = await messageById(context, caller, messageId, sql);
    const to = { kind: 'channel', channelId } as const;
    const told = [
      newMessage(message),
      ...(context.broadcastCopies ? [broadcastCopy(message)] : []),
      ...(await threadFrames(sql, caller, parentId, channelId)),
    ];
    await publish(sql, ...told.map((frame) => ({ frame, to })));
    return message;
  });
  if (made !== undefined) return { message: made, isNew: true };
  const earlier = key === undefined ? undefined : await messageByKey(context, caller, key);
  if (earlier === undefined) throw messageNotFound();
  return { message: earlier, isNew: false };
}

/** What tells a thread's head of a reply that came or went; nothing for what is no reply. */
async function threadFrames(
  sql: Sql,
  { userId: by }: Caller,
  messageId: string | null | undefined,
  channelId: string,
): Promise<Frame[]> {
  if (messageId === null || messageId === undefined) return [];
  const row = await first<ThreadRow>(
    sql,
    `select thread_count from messages where message_id = $1`,
    [messageId],
  );
  if (row === undefined) return [];
  const { thread_count: threadCount } = row;
  return [threadChanged({ messageId, channelId, threadCount, at: new Date(), by })];
}

export async function editMessage(
  context: Context,
  caller: Caller,
  messageId: string,
  content: string,
): Promise<MessageWire> {
  const { user_id: authorId, channel_id: channelId } = await mustSeeMessage(
    context,
    caller,
    messageId,
  );
  if (authorId !== caller.userId) throw forbidden('Only its author can edit a message');
  return context.db.tx(async (sql) => {
    const edited = await sql.query(
      `update messages set content = $2, edited_at = clock_timestamp()
       where message_id = $1 and deleted_at is null returning message_id`,
      [messageId, content],
    );
    if (edited.length === 0) throw messageNotFound();
    const message = await messageById(context, caller, messageId, sql);
    await publish(sql, { frame: editedMessage(message), to: { kind: 'channel', channelId } });
    return message;
  });
}

/** Soft: the row stays, so that a thread below it and cursors that name it keep their place. */
export async function deleteMessage(
  context: Context,
  caller: Caller,
  messageId: string,
): Promise<void> {
  const message = await mustSeeMessage(context, caller, messageId);
  const { channel_id: channelId, parent_message_id: parentId } = message;
  if (message.user_id !== caller.userId && !isModerator(caller)) {
    throw forbidden('Only its author or a moderator can delete a message');
  }
  await context.db.tx(async (sql) => {
    const deleted = await sql.query(
      `update messages set deleted_at = clock_timestamp()
       where message_id = $1 and deleted_at is null returning message_id`,
      [messageId],
    );
    if (deleted.length === 0) throw messageNotFound();
    await sql.query(
      `update messages set thread_count = greatest(thread_count - 1, 0) where message_id = $1`,
      [parentId],
    );
    await sql.query(
      `update channels c set last_message_id = (
         select m.message_id from messages m
         where m.channel_id = c.channel_id and m.parent_message_id is null and m.deleted_at is null
         order by m.created_at desc, m.message_id desc limit 1)
       where c.channel_id = $1 and c.last_message_id = $2`,
      [channelId, messageId],
    );
    const told = [
      deletedMessage(messageId, channelId, caller.userId),
      ...(await threadFrames(sql, caller, parentId, channelId)),
    ];
    const to = { kind: 'channel', channelId } as const;
    await publish(sql, ...told.map((frame) => ({ frame, to })));
  });
}
