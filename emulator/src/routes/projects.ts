import type { FastifyInstance } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { signedInRoutes } from '../http/caller.ts';
import type { Fields } from '../http/input.ts';
import { oneOf, optionalFlag, optionalText, text, uuid } from '../http/input.ts';
import { mustBeInProject } from '../services/access.ts';
import { channelRows } from '../services/channelRows.ts';
import {
  addProjectMember,
  createProject,
  projectBy,
  projectMembers,
  projectsOf,
} from '../services/projects.ts';
import { activeMembers } from '../services/workspace.ts';
import { channelItemToWire } from '../wire/channel.ts';
import type { ProjectRow } from '../wire/project.ts';
import { lightProjectToWire, projectMemberToWire, projectToWire } from '../wire/project.ts';

async function detailed(context: Context, caller: Caller, project: ProjectRow, query: Fields) {
  const include = (optionalText(query, 'include', 200) ?? '').split(',');
  const { project_id: projectId } = project;
  const channels = await channelRows(context.db, caller.userId, { by: 'project', projectId });
  return {
    success: true,
    project: projectToWire(project),
    ...(include.includes('channels') ? { channels: channels.map(channelItemToWire) } : {}),
    ...(include.includes('active_members')
      ? { active_members: await activeMembers(context, projectId) }
      : {}),
  };
}

async function memberList(context: Context, projectId: string) {
  const rows = await projectMembers(context, projectId);
  const here = await context.presence.statuses();
  const members = rows.map((row) => projectMemberToWire(row, here.get(row.user_id) ?? 'offline'));
  return { success: true, members, count: members.length };
}

export function projectRoutes(app: FastifyInstance, context: Context): void {
  const route = signedInRoutes(app, context);

  route('GET', '/projects', async ({ caller, query }) => {
    const rows = await projectsOf(context, caller);
    const light = optionalFlag(query, 'lightweight') === true;
    return {
      success: true,
      projects: light ? rows.map(lightProjectToWire) : rows.map(projectToWire),
      count: rows.length,
    };
  });

  route('POST', '/projects', async ({ caller, body, reply }) => {
    const project = await createProject(context, caller, {
      name: text(body, 'name', 1, 80),
      description: optionalText(body, 'description', 1000) ?? null,
      slug: optionalText(body, 'slug', 80) ?? undefined,
      color: optionalText(body, 'color', 20) ?? '#8b5e3c',
    });
    return reply.code(201).send({ success: true, project: projectToWire(project) });
  });

  route('GET', '/projects/slug/:slug', async ({ caller, params, query }) => {
    const project = await projectBy(context, caller, { slug: text(params, 'slug', 1, 100) });
    return detailed(context, caller, project, query);
  });

  route('GET', '/projects/:id', async ({ caller, params, query }) => {
    const project = await projectBy(context, caller, { projectId: uuid(params, 'id') });
    return detailed(context, caller, project, query);
  });

  route('GET', '/projects/:id/members', async ({ caller, params }) => {
    const projectId = uuid(params, 'id');
    await mustBeInProject(context, caller, projectId);
    return memberList(context, projectId);
  });

  route('POST', '/projects/:id/members', async ({ caller, params, body, reply }) => {
    const projectId = uuid(params, 'id');
    const role = oneOf(body, 'role', ['member', 'moderator', 'admin'], 'member');
    await addProjectMember(context, caller, projectId, { userId: uuid(body, 'userId'), role });
    return reply.code(201).send(await memberList(context, projectId));
  });
}
