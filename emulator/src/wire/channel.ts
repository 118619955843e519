import { iso } from './user.ts';

/** A channel together with what its two views need; see services/channelRows.ts for the query. */
export interface ChannelRow {
  readonly channel_id: string;
  readonly project_id: string;
  readonly project_name: string;
  readonly project_slug: string;
  readonly name: string;
  readonly slug: string;
  readonly description: string | null;
  readonly is_private: boolean;
  readonly created_by: string | null;
  readonly owner_id: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly member_count: number | string;
  readonly unread_count: number | string;
  readonly user_role: string | null;
  readonly last_message_id: string | null;
  readonly last_content: string | null;
  readonly last_agent: string | null;
  readonly last_user_id: string | null;
  readonly last_username: string | null;
  readonly last_at: Date | null;
}

/** The one channel that is looked at (`current_channel`). Its count is a string, as the real server's is. */
export function channelToWire(row: ChannelRow) {
  return {
    channel_id: row.channel_id,
    project_id: row.project_id,
    name: row.name,
    description: row.description,
    is_private: row.is_private,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    metadata: row.metadata,
    owner_id: row.owner_id,
    slug: row.slug,
    last_message_id: row.last_message_id,
    last_message_at: iso(row.last_at),
    member_count: String(row.member_count),
    project_name: row.project_name,
    project_slug: row.project_slug,
  };
}

export type ChannelWire = ReturnType<typeof channelToWire>;

function lastMessageToWire(row: ChannelRow) {
  if (row.last_message_id === null) return null;
  return {
    message_id: row.last_message_id,
    content: row.last_content,
    from_agent: row.last_agent,
    user_id: row.last_user_id,
    username: row.last_username,
    created_at: iso(row.last_at),
  };
}

/** An entry of the workspace's `channels[]`: no project id, and its count is a number. */
export function channelItemToWire(row: ChannelRow) {
  const lastAt = iso(row.last_at);
  return {
    channel_id: row.channel_id,
    name: row.name,
    slug: row.slug,
    description: row.description,
    is_private: row.is_private,
    last_message_at: lastAt,
    unread_count: Number(row.unread_count),
    user_role: row.user_role,
    member_count: Number(row.member_count),
    last_message_id: row.last_message_id,
    last_message_content: row.last_content,
    last_message_from: row.last_agent ?? row.last_user_id,
    last_message_created_at: lastAt,
    last_message_username: row.last_username,
    last_message: lastMessageToWire(row),
  };
}

/** An entry of a channel list that may span projects, so it says which. */
export function channelListItemToWire(row: ChannelRow) {
  const { project_id, created_at } = row;
  return { ...channelItemToWire(row), project_id, created_at: created_at.toISOString() };
}
