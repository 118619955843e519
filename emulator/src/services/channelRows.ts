import type { Sql } from '../db/db.ts';
import type { ChannelRow } from '../wire/channel.ts';

/** Which channels: by id, by slug in a project, of one project, or all. Always only what the viewer may see. */
export type ChannelFilter =
  | { readonly by: 'id'; readonly channelId: string }
  | { readonly by: 'slug'; readonly slug: string; readonly projectSlug?: string }
  | { readonly by: 'project'; readonly projectId: string }
  | { readonly by: 'all' };

const selectChannels = `
  select c.channel_id, c.project_id, p.name as project_name, p.slug as project_slug, c.name, c.slug,
    c.description, c.is_private, c.created_by, c.owner_id, c.created_at, c.updated_at, c.metadata,
    mine.role as user_role, c.last_message_id, last.content as last_content,
    last.from_agent as last_agent, last.user_id as last_user_id, author.username as last_username,
    last.created_at as last_at,
    (select count(*) from channel_members m where m.channel_id = c.channel_id) as member_count,
    (select count(*) from messages m where m.channel_id = c.channel_id
      and m.parent_message_id is null and m.deleted_at is null
      and m.created_at > mine.read_at and m.user_id <> $1) as unread_count
  from channels c
  join projects p using (project_id)
  join project_members inside on inside.project_id = c.project_id and inside.user_id = $1
  left join channel_members mine on mine.channel_id = c.channel_id and mine.user_id = $1
  left join messages last on last.message_id = c.last_message_id
  left join users author on author.user_id = last.user_id
  where (not c.is_private or mine.user_id is not null)`;

function condition(filter: ChannelFilter): { sql: string; params: string[] } {
  switch (filter.by) {
    case 'id':
      return { sql: 'and c.channel_id = $2', params: [filter.channelId] };
    case 'slug':
      return filter.projectSlug === undefined
        ? { sql: 'and c.slug = $2', params: [filter.slug] }
        : { sql: 'and c.slug = $2 and p.slug = $3', params: [filter.slug, filter.projectSlug] };
    case 'project':
      return { sql: 'and c.project_id = $2', params: [filter.projectId] };
    case 'all':
      return { sql: '', params: [] };
  }
}

/** Oldest channel first. Unread counts are those of channels that the viewer has joined, else 0. */
export async function channelRows(
  sql: Sql,
  viewerId: string,
  filter: ChannelFilter,
): Promise<ChannelRow[]> {
  const { sql: where, params } = condition(filter);
  return sql.query<ChannelRow>(`${selectChannels} ${where} order by c.created_at, c.channel_id`, [
    viewerId,
    ...params,
  ]);
}
