import type { FileRef, Json, MessageType, Reaction } from '../../src/protocol/models';
import type { MessageRecord } from '../../src/state/messageRecord';
import type { MessagesState } from '../../src/state/messagesState';
import type { SimMessage, SimServer } from './simServer';

/** What a person can see of a message; `null` flags are not compared because the server did not say them. */
export interface Visible {
  readonly id: string;
  readonly parentId: string | null;
  readonly userId: string | null;
  readonly type: MessageType;
  readonly content: string;
  readonly createdAt: number;
  readonly isDeleted: boolean;
  readonly threadCount: number;
  readonly files: readonly FileRef[];
  readonly metadata: Readonly<Record<string, Json>>;
  /** `emoji person …`, sorted: the order in which people are listed is the server's whim. */
  readonly reactions: readonly string[];
}

/** Times of changes, which only some servers say. */
export interface VisibleTimes {
  readonly isEdited: boolean;
  readonly editedAt: number | null;
  readonly deletedAt: number | null;
}

const ofSet = (set: readonly Reaction[]): string[] =>
  set
    .map(({ emoji, count, users }) =>
      [emoji, count, ...users.map((user) => user.userId).sort()].join(' '),
    )
    .sort();

export function visibleOfRecord(row: MessageRecord): Visible {
  const { id, parentId, userId, type, content, createdAt, isDeleted, threadCount } = row;
  const { files, metadata } = row;
  return {
    ...{ id, parentId, userId, type, content, createdAt, isDeleted, threadCount, files, metadata },
    reactions: ofSet(row.reactions),
  };
}

export function visibleOfServer(message: SimMessage): Visible {
  const { id, parentId, userId, createdAt, threadCount, deletedAt } = message;
  const isDeleted = deletedAt !== null;
  return {
    ...{ id, parentId, userId, type: 'text', createdAt, isDeleted, threadCount },
    content: isDeleted ? '' : message.content,
    files: isDeleted ? [] : message.files,
    metadata: isDeleted ? {} : message.metadata,
    reactions: isDeleted
      ? []
      : ofSet(
          [...message.reactions].map(([emoji, users]) => ({
            emoji,
            count: users.size,
            users: [...users.keys()].map((userId) => ({ userId, username: null, at: null })),
          })),
        ),
  };
}

export function timesOfRecord({ isEdited, editedAt, deletedAt }: MessageRecord): VisibleTimes {
  return { isEdited, editedAt, deletedAt };
}

export function timesOfServer({ editedAt, deletedAt }: SimMessage): VisibleTimes {
  const isDeleted = deletedAt !== null;
  return {
    isEdited: !isDeleted && editedAt !== null,
    editedAt: isDeleted ? null : editedAt,
    deletedAt,
  };
}

/** Every record held, timeline by timeline, in the order in which it is held. */
export function recordsOf(state: MessagesState, channelId: string): MessageRecord[] {
  const log = state.channels.find((known) => known.channelId === channelId);
  return log?.timelines.flatMap((timeline) => timeline.segments.flat()) ?? [];
}

export function rowsOf(
  state: MessagesState,
  channelId: string,
  parentId: string | null,
): readonly MessageRecord[] {
  const log = state.channels.find((known) => known.channelId === channelId);
  return log?.timelines.find((line) => line.parentId === parentId)?.segments.flat() ?? [];
}

export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : 1;

/** What a client should see in the end: tombstones may or may not be held, and show nothing either way. */
export function shownByServer(server: SimServer, parentId: string | null): Visible[] {
  return server
    .timeline(parentId)
    .filter((message) => message.deletedAt === null)
    .map(visibleOfServer);
}
