import * as v from 'valibot';
import type { RejectedFrame } from './batch';
import { decodeChannel } from './decodeChannel';
import { decodeMemberTree, toEntities } from './entities';
import { listOf, maybeListOf, openEnvelope, rowOf } from './envelope';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { id, text, textOrNull } from './fields';
import type { ChannelFact, ProjectFact } from './models';
import { anyOf, isRaw } from './raw';
import type { ChannelList, MemberList, ProjectDetail, ProjectList } from './rest';
import { decodeRows } from './rows';
import { validate } from './validate';
import type { Schema } from './validate';

const projectSchema: Schema<ProjectFact> = v.object({
  id,
  slug: text,
  name: text,
  description: textOrNull,
  color: textOrNull,
});

/** Decodes a project's row. @internal */
export function decodeProjectRow(row: unknown): Decoded<ProjectFact> {
  if (!isRaw(row)) return new Fault('not_an_object');
  return validate(projectSchema, {
    id: anyOf(row, 'project_id', 'projectId', 'id'),
    slug: row['slug'],
    name: row['name'],
    description: row['description'] ?? null,
    color: row['color'] ?? null,
  });
}

/**
 * Decodes rows of channels; those without a project get the enclosing one (wire contract 1.4).
 *
 * @internal
 */
export function decodeChannelRows(
  rows: readonly unknown[],
  projectId: string | undefined,
  rejected: RejectedFrame[],
): readonly ChannelFact[] {
  return decodeRows(rows, 'channels', (row) => inProject(row, projectId), rejected);
}

/** Decodes one such row. @internal */
export function inProject(row: unknown, projectId: string | undefined): Decoded<ChannelFact> {
  const channel = decodeChannel(row);
  const isComplete = channel instanceof Fault || channel.projectId !== undefined;
  return isComplete || projectId === undefined ? channel : { ...channel, projectId };
}

/**
 * Decodes a list of channels.
 *
 * @param request - The project that was asked for, for rows that do not name theirs.
 * @public
 */
export function decodeChannels(
  body: unknown,
  request: { readonly projectId?: string } = {},
): ChannelList {
  const rejected: RejectedFrame[] = [];
  const rows = listOf(openEnvelope(body), 'channels');
  return { channels: decodeChannelRows(rows, request.projectId, rejected), rejected };
}

/**
 * Decodes one channel.
 *
 * @public
 */
export function decodeChannelReply(body: unknown): ChannelFact {
  return rowOf(openEnvelope(body), 'channel', decodeChannel);
}

/**
 * Decodes a list of members, flat or nested under `user`.
 *
 * @public
 */
export function decodeMembers(body: unknown): MemberList {
  const rejected: RejectedFrame[] = [];
  const rows = listOf(openEnvelope(body), 'members');
  const trees = decodeRows(rows, 'members', decodeMemberTree, rejected);
  const { members, users } = toEntities({ members: trees });
  return { members, users, rejected };
}

/**
 * Decodes the list of projects.
 *
 * @public
 */
export function decodeProjects(body: unknown): ProjectList {
  const rejected: RejectedFrame[] = [];
  const rows = listOf(openEnvelope(body), 'projects');
  return { projects: decodeRows(rows, 'projects', decodeProjectRow, rejected), rejected };
}

/**
 * Decodes one project with what `include` brought along.
 *
 * @public
 */
export function decodeProject(body: unknown): ProjectDetail {
  const envelope = openEnvelope(body);
  const project = rowOf(envelope, 'project', decodeProjectRow);
  const rejected: RejectedFrame[] = [];
  const channelRows = maybeListOf(envelope, 'channels');
  const memberRows = maybeListOf(envelope, 'active_members');
  const { members, users } = toEntities({
    members: decodeRows(memberRows ?? [], 'active_members', decodeMemberTree, rejected),
  });
  return {
    project,
    channels:
      channelRows === undefined ? null : decodeChannelRows(channelRows, project.id, rejected),
    members: memberRows === undefined ? null : members,
    users,
    rejected,
  };
}
