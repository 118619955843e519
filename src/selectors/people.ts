import { earliestOf } from '../protocol/extremes';
import type { PresenceStatus } from '../protocol/models';
import type { MemberRecord, MembersOf } from '../state/members';
import type { PresenceRecord } from '../state/presence';
import { tableEntries, tableGet } from '../state/table';
import type { TypingUser } from '../state/typing';
import type { UserRecord, UsersState } from '../state/users';
import { createBoundedSelector, memoByReference } from './memo';
import type { HudhudRootState, StateSelector } from './root';

/** @public */
export interface PeopleSelectors {
  readonly selectUser: (root: HudhudRootState, userId: string) => UserRecord | null;
  /** What was last heard of someone; `null` when nothing was. */
  readonly selectPresence: (root: HudhudRootState, userId: string) => PresenceRecord | null;
  /** Someone's status; `offline` when nothing was heard. */
  readonly selectPresenceStatus: (root: HudhudRootState, userId: string) => PresenceStatus;
  /** Everyone who is online, away or busy. */
  readonly selectOnlineUsers: (root: HudhudRootState) => readonly PresenceRecord[];
  /** How many are: the server's own count where it says one. */
  readonly selectOnlineCount: (root: HudhudRootState) => number;
  /** Whether presence is what was last heard rather than what is: the stream is closed. */
  readonly selectIsPresenceStale: (root: HudhudRootState) => boolean;
  /** Members of a channel or a project, as far as they are known. */
  readonly selectMembers: (root: HudhudRootState, scopeId: string) => readonly MemberRecord[];
  /** Ids of who is typing in a channel, the viewer aside, in the order in which they began. */
  readonly selectTypingUserIds: (root: HudhudRootState, channelId: string) => readonly string[];
  /** Who they are, as far as they are known. */
  readonly selectTypingUsers: (root: HudhudRootState, channelId: string) => readonly UserRecord[];
  /** The next moment at which someone counts as having stopped; `null` when nobody types. @internal */
  readonly selectNextTypingDeadline: (root: HudhudRootState) => number | null;
}

const nobody: readonly never[] = [];

const onlineOf = memoByReference(
  (people: Parameters<typeof tableEntries<PresenceRecord>>[0]): readonly PresenceRecord[] =>
    tableEntries(people).filter((person) => person.status !== 'offline'),
);

const lastFound = new WeakMap<readonly string[], readonly UserRecord[]>();

/** Looked up anew each time, since there are few: what becomes known of others must not make a new list (L14). */
function recordsOf(ids: readonly string[], users: UsersState): readonly UserRecord[] {
  if (ids.length === 0) return nobody;
  const found = ids.flatMap((id) => tableGet(users, id) ?? []);
  const last = lastFound.get(ids);
  if (last?.length === found.length && last.every((user, i) => user === found[i])) return last;
  lastFound.set(ids, found);
  return found;
}

/** @internal */
export function createPeopleSelectors(select: StateSelector): PeopleSelectors {
  const selectPresence = (root: HudhudRootState, userId: string) =>
    tableGet(select(root).presence.people, userId) ?? null;
  const selectTypists = (root: HudhudRootState, channelId: string): readonly TypingUser[] =>
    select(root).typing.find((channel) => channel.channelId === channelId)?.users ?? nobody;
  const selectViewer = (root: HudhudRootState) => select(root).connection.viewer?.id ?? null;
  const membersOf = (root: HudhudRootState, scopeId: string): MembersOf | undefined =>
    select(root).members.find((scope) => scope.scopeId === scopeId);
  const selectTypingUserIds = createBoundedSelector(
    [selectTypists, selectViewer],
    (users, viewer): readonly string[] =>
      users.every((user) => user.userId === viewer)
        ? nobody
        : users.flatMap(({ userId }) => (userId === viewer ? [] : [userId])),
  );
  return {
    selectUser: (root, userId) => tableGet(select(root).users, userId) ?? null,
    selectPresence,
    selectPresenceStatus: (root, userId) => selectPresence(root, userId)?.status ?? 'offline',
    selectOnlineUsers: (root) => onlineOf(select(root).presence.people),
    selectOnlineCount: (root) => {
      const { serverCount, online } = select(root).presence;
      return serverCount ?? online;
    },
    selectIsPresenceStale: (root) => select(root).presence.isStale,
    selectMembers: (root, scopeId) => membersOf(root, scopeId)?.list ?? nobody,
    selectTypingUserIds,
    selectTypingUsers: (root, channelId) =>
      recordsOf(selectTypingUserIds(root, channelId), select(root).users),
    selectNextTypingDeadline: (root) => {
      const deadlines = select(root).typing.flatMap(({ users }) => users.map(({ until }) => until));
      return deadlines.length === 0 ? null : earliestOf(deadlines);
    },
  };
}
