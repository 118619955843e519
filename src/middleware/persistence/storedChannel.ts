import type { PageRange } from '../../actions/history';
import type { EpochMs } from '../../protocol/models';
import type { ChannelLog } from '../../state/channelLog';
import type { MessageRecord } from '../../state/messageRecord';
import type { Segment } from '../../state/segments';
import { segmentsFrom } from '../../state/segments';
import { tableGet } from '../../state/table';
import type { UsersState } from '../../state/users';
import { trimBefore } from '../../state/windows';

/** What is kept of a channel: rows as the wire spells them, and what was known between them. @internal */
export interface StoredChannel {
  readonly rows: readonly object[];
  readonly windows: readonly PageRange[];
}

function storedRow(record: MessageRecord, users: UsersState): object {
  const { id, channelId, parentId, userId, fromAgent, type, content, createdAt } = record;
  const { threadCount, metadata, files, reactions, isRead } = record;
  const author = userId === null ? undefined : tableGet(users, userId);
  return {
    ...{ messageId: id, channelId, parentMessageId: parentId, userId, fromAgent, type, content },
    username: author?.username ?? null,
    fullName: author?.fullName ?? null,
    avatarUrl: author?.avatarUrl ?? null,
    ...{ createdAt, threadCount, metadata },
    // that it was edited is worth more than when
    editedAt: record.isEdited ? (record.editedAt ?? createdAt) : null,
    deletedAt: record.isDeleted ? (record.deletedAt ?? createdAt) : null,
    ...(isRead === null ? {} : { isRead }),
    files: files.map((file) => ({ ...file, type: file.mime })),
    reactions: reactions.map((reaction) => ({
      emoji: reaction.emoji,
      count: reaction.count,
      users: reaction.users.map(({ at, ...user }) => ({ ...user, createdAt: at })),
      ...(reaction.mine === undefined ? {} : { hasReacted: reaction.mine }),
    })),
  };
}

/** The moment of the oldest row that is kept; `null`: all of them are. A millisecond is never cut in two. */
function keptFrom(segments: readonly Segment[], most: number): EpochMs | null {
  let left = most;
  for (let i = segments.length - 1; i >= 0; i--) {
    const { length } = segments[i] ?? [];
    // the first one that is kept, which may be the first of its segment
    const first = left === 0 ? segments[i + 1]?.[0] : segments[i]?.at(-left);
    if (length > left) return first?.createdAt ?? null;
    left -= length;
  }
  return null;
}

/** Its place is a guess, or only a page says that it is gone: the next visit asks anew. */
const isUnsure = ({ timeGuessed, absentAsOf }: MessageRecord): boolean =>
  timeGuessed === true || absentAsOf !== undefined;

/**
 * What is kept of a channel: the newest messages of its own timeline, and what stays known of them if the stream breaks
 * off now. `null`: nothing.
 *
 * @internal
 */
export function storedChannel(
  log: ChannelLog,
  users: UsersState,
  most: number,
): StoredChannel | null {
  const [own] = log.timelines;
  if (own === undefined || own.segments.length === 0) return null;
  const { firm } = own;
  const oldest = keptFrom(own.segments, most);
  const windows = oldest === null ? firm : trimBefore({ windows: firm, firm }, oldest).firm;
  const newest = oldest === null ? own.segments : segmentsFrom(own.segments, oldest);
  const rows = newest.flat().flatMap((row) => (isUnsure(row) ? [] : [storedRow(row, users)]));
  return { rows, windows };
}
