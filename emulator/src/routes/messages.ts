import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { channelNotFound } from '../errors.ts';
import { signedInRoutes } from '../http/caller.ts';
import { optionalText, optionalUuid, text, uuid, uuids } from '../http/input.ts';
import { limitOf, optionalTime, pageRequest } from '../http/paging.ts';
import { mustUseChannel } from '../services/access.ts';
import { channelRows } from '../services/channelRows.ts';
import type { MessagePage } from '../services/messagePages.ts';
import { messagePage, searchMessages } from '../services/messagePages.ts';
import { deleteMessage, editMessage } from '../services/messages.ts';
import { markRead, unreadCounts } from '../services/reads.ts';
import { answerWritten } from './answerWritten.ts';
import { writtenContent, writtenMessage } from './writtenMessage.ts';

function rest({ messages, hasMore }: MessagePage) {
  return { has_more: hasMore, oldest_message_id: messages[0]?.message_id ?? null };
}

export function messageRoutes(app: FastifyInstance, context: Context): void {
  const route = signedInRoutes(app, context);

  route('GET', '/chat/messages', async ({ caller, query }) => {
    const channelId = uuid(query, 'channelId');
    const request = pageRequest(query, 'time');
    await mustUseChannel(context, caller, channelId);
    const page = await messagePage(context, caller, { in: 'channel', channelId }, request);
    const { messages } = page;
    return { success: true, messages, count: messages.length, ...rest(page) };
  });

  route('GET', '/chat/channels/:slug/messages', async ({ caller, params, query }) => {
    const slug = text(params, 'slug', 1, 100);
    const projectSlug = optionalText(query, 'projectSlug', 100) ?? undefined;
    const request = pageRequest(query, 'id');
    const [channel] = await channelRows(context.db, caller.userId, {
      by: 'slug',
      slug,
      ...(projectSlug === undefined ? {} : { projectSlug }),
    });
    if (channel === undefined) throw channelNotFound();
    const { channel_id: channelId } = channel;
    const page = await messagePage(context, caller, { in: 'channel', channelId }, request);
    return { success: true, messages: page.messages, ...rest(page) };
  });

  route('GET', '/chat/messages/search', async ({ caller, query }) => {
    const messages = await searchMessages(context, caller, {
      text: text(query, 'q', 1, 200),
      limit: limitOf(query),
      channelId: optionalUuid(query, 'channelId'),
      userId: optionalUuid(query, 'userId'),
      from: optionalTime(query, 'startDate'),
      to: optionalTime(query, 'endDate'),
    });
    return { success: true, data: { messages, count: messages.length } };
  });

  route('POST', '/chat/messages', (call) =>
    answerWritten(context, call, () => ({
      channelId: uuid(call.body, 'channelId'),
      ...writtenMessage(call.body),
      parentMessageId: optionalUuid(call.body, 'parentMessageId'),
    })),
  );

  route('PUT', '/chat/messages/:id', async ({ caller, params, body }) => {
    const message = await editMessage(context, caller, uuid(params, 'id'), writtenContent(body));
    return { success: true, data: { message } };
  });

  route('DELETE', '/chat/messages/:id', async ({ caller, params }) => {
    await deleteMessage(context, caller, uuid(params, 'id'));
    return { success: true };
  });

  route('POST', '/chat/messages/read', async ({ caller, body }) => {
    await markRead(context, caller, uuids(body, 'messageIds', 500));
    return { success: true };
  });

  route('GET', '/chat/messages/unread/count', async ({ caller }) => {
    return { success: true, data: await unreadCounts(context, caller) };
  });
}
