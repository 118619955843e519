import { anyOf, isRaw } from '../../protocol/raw';
import { channelPart } from './channelList';
import { memberPart } from './memberList';
import { messagePart } from './messageList';
import type { Part } from './part';
import { readAt, ruleOf } from './part';
import type { PatchRule } from './patchRule';

/** @public */
export interface WorkspaceSnapshotRule<Endpoint extends string> {
  readonly endpoint: Endpoint;
}

function idAt(data: unknown, place: string, ...names: readonly string[]): string {
  const row = readAt(data, [place]);
  const id = isRaw(row) ? anyOf(row, ...names) : undefined;
  return typeof id === 'string' ? id : '';
}

/** A sum of the snapshot's own. */
function sumPart(at: readonly string[], part: Pick<Part, 'topics' | 'project'>): Part {
  return { at, facts: () => [], ...part };
}

/**
 * A rule for an endpoint that gives the workspace snapshot as the backend sends it (wire contract 1.4): its channels, the
 * messages of its open channel, its members, and the sums in `stats`.
 *
 * @public
 * @example
 * ```ts
 * workspaceSnapshot({ endpoint: 'getWorkspace' });
 * ```
 */
export function workspaceSnapshot<const Endpoint extends string>({
  endpoint,
}: WorkspaceSnapshotRule<Endpoint>): PatchRule<Endpoint> {
  const projectId = (_arg: unknown, data: unknown): string =>
    idAt(data, 'project', 'project_id', 'projectId', 'id');
  return ruleOf(endpoint, [
    channelPart({
      at: ['channels'],
      projectId: (arg, data) => projectId(arg, data) || null,
      isComplete: (arg, data) => projectId(arg, data) !== '',
    }),
    messagePart({
      at: ['messages'],
      channelId: (_arg, data) => idAt(data, 'current_channel', 'channel_id', 'channelId', 'id'),
    }),
    memberPart({ at: ['active_members'], scopeId: projectId }),
    sumPart(['stats', 'unread_total'], {
      topics: () => ['unread'],
      project: (value, _source, { layer: { root, selectors } }) =>
        selectors.selectUnreadTotal(root)?.count ?? value,
    }),
    sumPart(['stats', 'members_online'], {
      topics: () => ['people'],
      project: (_value, _source, { layer }) => layer.selectors.selectOnlineCount(layer.root),
    }),
  ]);
}
