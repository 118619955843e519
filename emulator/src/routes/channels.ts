import type { FastifyInstance } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { projectNotFound } from '../errors.ts';
import type { Call } from '../http/caller.ts';
import { signedInRoutes } from '../http/caller.ts';
import { optionalFlag, optionalText, optionalUuid, text, uuid } from '../http/input.ts';
import { mustBeInProject } from '../services/access.ts';
import { channelMembers, joinChannel, leaveChannel } from '../services/channelMembers.ts';
import { changeChannel, channelById, createChannel, deleteChannel } from '../services/channels.ts';
import { channelRows } from '../services/channelRows.ts';
import { projectsOf } from '../services/projects.ts';
import { channelListItemToWire } from '../wire/channel.ts';

export function channelRoutes(app: FastifyInstance, context: Context): void {
  const route = signedInRoutes(app, context);

  async function list(caller: Caller, projectId: string | undefined) {
    if (projectId !== undefined) await mustBeInProject(context, caller, projectId);
    const filter =
      projectId === undefined ? ({ by: 'all' } as const) : ({ by: 'project', projectId } as const);
    const rows = await channelRows(context.db, caller.userId, filter);
    return { success: true, channels: rows.map(channelListItemToWire), count: rows.length };
  }

  async function create({ caller, body, reply }: Call, projectId: string) {
    const channel = await createChannel(context, caller, {
      projectId,
      name: text(body, 'name', 1, 80),
      description: optionalText(body, 'description', 1000) ?? null,
      isPrivate: optionalFlag(body, 'isPrivate') ?? false,
    });
    return reply.code(201).send({ success: true, data: { channel } });
  }

  /** The contract's body names no project here; the caller's oldest one is meant. */
  async function ownProject(caller: Caller): Promise<string> {
    const [project] = await projectsOf(context, caller);
    if (project === undefined) throw projectNotFound();
    return project.project_id;
  }

  route('GET', '/projects/:id/channels', ({ caller, params }) => list(caller, uuid(params, 'id')));
  route('POST', '/projects/:id/channels', (call) => create(call, uuid(call.params, 'id')));
  route('GET', '/chat/channels', ({ caller, query }) =>
    list(caller, optionalUuid(query, 'projectId')),
  );
  route('POST', '/chat/channels', async (call) =>
    create(call, optionalUuid(call.body, 'projectId') ?? (await ownProject(call.caller))),
  );

  route('GET', '/chat/channels/:id', async ({ caller, params }) => {
    const channel = await channelById(context, caller, uuid(params, 'id'));
    return { success: true, data: { channel } };
  });

  route('PUT', '/chat/channels/:id', async ({ caller, params, body }) => {
    const channel = await changeChannel(context, caller, uuid(params, 'id'), {
      name: body['name'] === undefined ? undefined : text(body, 'name', 1, 80),
      description: optionalText(body, 'description', 1000),
      isPrivate: optionalFlag(body, 'isPrivate'),
    });
    return { success: true, data: { channel } };
  });

  route('DELETE', '/chat/channels/:id', async ({ caller, params }) => {
    await deleteChannel(context, caller, uuid(params, 'id'));
    return { success: true };
  });

  route('POST', '/chat/channels/:id/join', async ({ caller, params }) => {
    await joinChannel(context, caller, uuid(params, 'id'));
    return { success: true };
  });

  route('POST', '/chat/channels/:id/leave', async ({ caller, params }) => {
    await leaveChannel(context, caller, uuid(params, 'id'));
    return { success: true };
  });

  route('GET', '/chat/channels/:id/members', async ({ caller, params }) => {
    const members = await channelMembers(context, caller, uuid(params, 'id'));
    return { success: true, data: { members } };
  });
}
