import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { signedInRoutes } from '../http/caller.ts';
import { optionalFlag, text } from '../http/input.ts';
import { pageRequest } from '../http/paging.ts';
import { workspace } from '../services/workspace.ts';

export function workspaceRoutes(app: FastifyInstance, context: Context): void {
  const route = signedInRoutes(app, context);

  route('GET', '/workspace/:projectSlug/:channelSlug', async ({ caller, params, query }) => {
    const projectSlug = text(params, 'projectSlug', 1, 100);
    const channelSlug = text(params, 'channelSlug', 1, 100);
    const wanted = optionalFlag(query, 'include_messages') === true;
    const page = wanted ? pageRequest(query, 'id') : undefined;
    return workspace(context, caller, { projectSlug, channelSlug }, page);
  });
}
