import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { signedInRoutes } from '../http/caller.ts';
import { text, uuid } from '../http/input.ts';
import { addReaction, reactionsOf, removeReaction } from '../services/reactions.ts';

export function reactionRoutes(app: FastifyInstance, context: Context): void {
  const route = signedInRoutes(app, context);

  route('GET', '/chat/messages/:id/reactions', async ({ caller, params }) => {
    return { success: true, reactions: await reactionsOf(context, caller, uuid(params, 'id')) };
  });

  route('POST', '/chat/messages/:id/reactions', async ({ caller, params, body }) => {
    await addReaction(context, caller, uuid(params, 'id'), text(body, 'emoji', 1, 50));
    return { success: true };
  });

  route('DELETE', '/chat/messages/:id/reactions/:emoji', async ({ caller, params }) => {
    await removeReaction(context, caller, uuid(params, 'id'), text(params, 'emoji', 1, 50));
    return { success: true };
  });
}
