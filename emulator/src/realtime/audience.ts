import type { Sql } from '../db/db.ts';

/** Who gets a frame. The readers are looked up when it is written, so joining a channel starts its frames at once. */
export type Audience =
  | { readonly kind: 'everyone' }
  /** All who share a project with this person, and the person. */
  | { readonly kind: 'peers'; readonly userId: string }
  /** The readers of a channel, and people who have just ceased to be (`also`). */
  | { readonly kind: 'channel'; readonly channelId: string; readonly also?: readonly string[] };

/** Members of a private channel, all project members for a public one. */
const channelReaders = `
  select cm.user_id from channel_members cm where cm.channel_id = $1
  union
  select pm.user_id from channels c join project_members pm using (project_id)
  where c.channel_id = $1 and not c.is_private`;

const peers = `
  select other.user_id from project_members mine join project_members other using (project_id)
  where mine.user_id = $1
  union select $1::uuid`;

export async function readersOf(sql: Sql, channelId: string): Promise<string[]> {
  const rows = await sql.query<{ user_id: string }>(channelReaders, [channelId]);
  return rows.map((row) => row.user_id);
}

/** An audience as an expression for its people, null for everyone. Its parameters are the first ones. */
export function peopleOf(audience: Audience): { sql: string; params: unknown[] } {
  switch (audience.kind) {
    case 'everyone':
      return { sql: 'null::uuid[]', params: [] };
    case 'peers':
      return { sql: `array(${peers})`, params: [audience.userId] };
    case 'channel':
      return {
        sql: `array(${channelReaders} union select unnest($2::uuid[]))`,
        params: [audience.channelId, audience.also ?? []],
      };
  }
}
