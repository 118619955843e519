import type { FileWire } from './file.ts';
import { iso } from './user.ts';

export interface MessageRow {
  readonly message_id: string;
  readonly channel_id: string;
  readonly user_id: string;
  readonly username: string;
  readonly full_name: string | null;
  readonly avatar_url: string | null;
  readonly content: string;
  readonly type: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly parent_message_id: string | null;
  readonly from_agent: string | null;
  readonly thread_count: number;
  readonly created_at: Date;
  readonly edited_at: Date | null;
  readonly deleted_at: Date | null;
  readonly is_read: boolean;
}

export interface ReactionRow {
  readonly message_id: string;
  readonly emoji: string;
  readonly user_id: string;
  readonly username: string;
  readonly created_at: Date;
}

/** Grouped by emoji, in the order in which each was first used. The people in it are camelCase. */
export function reactionsToWire(rows: readonly ReactionRow[], viewerId: string) {
  const byEmoji = new Map<string, ReactionRow[]>();
  for (const row of rows) byEmoji.set(row.emoji, [...(byEmoji.get(row.emoji) ?? []), row]);
  return [...byEmoji].map(([emoji, group]) => ({
    emoji,
    count: group.length,
    users: group.map((row) => ({
      userId: row.user_id,
      username: row.username,
      createdAt: row.created_at.toISOString(),
    })),
    has_reacted: group.some((row) => row.user_id === viewerId),
  }));
}

/** What a client keeps in metadata of its own; files among it go with the message. */
function withoutFiles({ files: _files, ...rest }: MessageRow['metadata']) {
  return rest;
}

/** A deleted message that still heads a thread keeps its place, without its words, files and reactions. */
export function messageToWire(
  row: MessageRow,
  reactions: readonly ReactionRow[],
  files: readonly FileWire[],
  viewerId: string,
) {
  const deleted = row.deleted_at !== null;
  return {
    message_id: row.message_id,
    channel_id: row.channel_id,
    user_id: row.user_id,
    username: row.username,
    full_name: row.full_name,
    avatar_url: row.avatar_url,
    content: deleted ? '' : row.content,
    type: row.type,
    metadata: deleted ? withoutFiles(row.metadata) : row.metadata,
    parent_message_id: row.parent_message_id,
    from_agent: row.from_agent,
    created_at: row.created_at.toISOString(),
    edited_at: iso(row.edited_at),
    deleted_at: iso(row.deleted_at),
    thread_count: row.thread_count,
    reactions: deleted ? [] : reactionsToWire(reactions, viewerId),
    files: deleted ? [] : files,
    is_read: row.is_read,
  };
}

export type MessageWire = ReturnType<typeof messageToWire>;
