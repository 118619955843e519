import type { ProjectFact } from '../../protocol/models';
import type { ProjectPart, ProjectRef } from '../rest';
import type { ChannelsResult, MembersResult } from './channels';
import type { Build, ReadEndpoint } from './definitions';
import { readAlways, readBy } from './definitions';

/** Which project, and what comes along. Default: nothing. @public */
export type ProjectArg = ProjectRef & { readonly include?: readonly ProjectPart[] };

/** @public */
export interface ProjectIdArg {
  readonly projectId: string;
}

/** Projects in the server's order. The state knows one project at a time, so these stand in the cache. @public */
export interface ProjectsResult {
  readonly projects: readonly ProjectFact[];
}

/** A project as the query cache holds it; `null`: not asked for. @public */
export interface ProjectResult {
  readonly project: ProjectFact;
  readonly channelIds: readonly string[] | null;
  readonly memberIds: readonly string[] | null;
}

/** @public */
export interface ProjectEndpoints {
  readonly projects: ReadEndpoint<void, ProjectsResult>;
  /** By id or by slug. */
  readonly project: ReadEndpoint<ProjectArg, ProjectResult>;
  readonly projectMembers: ReadEndpoint<ProjectIdArg, MembersResult>;
  readonly projectChannels: ReadEndpoint<ProjectIdArg, ChannelsResult>;
}

/** @internal */
export function projectEndpoints(build: Build): ProjectEndpoints {
  return {
    projects: readAlways<ProjectsResult>(build, async ({ rest }) => {
      const { projects } = await rest.projects();
      return { projects };
    }),
    project: readBy<ProjectArg, ProjectResult>(build, (arg) => async ({ rest, learn }) => {
      const detail = await rest.project(arg, arg.include);
      const { project, channels, members, users, rejected } = detail;
      if (channels !== null) {
        learn({ kind: 'channels', list: { channels, rejected }, projectId: project.id });
      }
      if (members !== null) {
        learn({ kind: 'members', scopeId: project.id, list: { members, users, rejected } });
      }
      return {
        project,
        channelIds: channels?.map(({ id }) => id) ?? null,
        memberIds: members?.map(({ userId }) => userId) ?? null,
      };
    }),
    projectMembers: readBy<ProjectIdArg, MembersResult>(
      build,
      ({ projectId }) =>
        async ({ rest, learn }) => {
          const list = await rest.projectMembers(projectId);
          learn({ kind: 'members', scopeId: projectId, list });
          return { memberIds: list.members.map(({ userId }) => userId) };
        },
    ),
    projectChannels: readBy<ProjectIdArg, ChannelsResult>(
      build,
      ({ projectId }) =>
        async ({ rest, learn }) => {
          const list = await rest.projectChannels(projectId);
          learn({ kind: 'channels', list, projectId });
          return { channelIds: list.channels.map(({ id }) => id) };
        },
    ),
  };
}
