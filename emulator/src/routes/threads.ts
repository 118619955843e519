import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { signedInRoutes } from '../http/caller.ts';
import { uuid } from '../http/input.ts';
import { pageRequest } from '../http/paging.ts';
import { mustSeeMessage } from '../services/access.ts';
import { messagePage } from '../services/messagePages.ts';
import { answerWritten } from './answerWritten.ts';
import { writtenMessage } from './writtenMessage.ts';

export function threadRoutes(app: FastifyInstance, context: Context): void {
  const route = signedInRoutes(app, context);

  route('GET', '/chat/messages/:id/replies', async ({ caller, params, query }) => {
    const parentId = uuid(params, 'id');
    const request = pageRequest(query, 'either');
    await mustSeeMessage(context, caller, parentId, 'as thread head');
    const page = await messagePage(context, caller, { in: 'thread', parentId }, request);
    const { messages: replies, hasMore: has_more } = page;
    return { success: true, replies, count: replies.length, has_more };
  });

  route('POST', '/chat/messages/:id/replies', (call) =>
    answerWritten(context, call, async () => {
      const { caller, params, body } = call;
      const parentMessageId = uuid(params, 'id');
      const { channel_id: channelId } = await mustSeeMessage(context, caller, parentMessageId);
      return { channelId, ...writtenMessage(body), parentMessageId };
    }),
  );
}
