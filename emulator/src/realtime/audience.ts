import type { Db } from '../db/db.ts';
import type { LookUp } from './hub.ts';

/** Members of a private channel, all project members for a public one. */
const channelReaders = `
  select cm.user_id from channel_members cm where cm.channel_id = $1
  union
  select pm.user_id from channels c join project_members pm using (project_id)
  where c.channel_id = $1 and not c.is_private`;

const peers = `
  select distinct other.user_id from project_members mine join project_members other using (project_id)
  where mine.user_id = $1
  union select $1::uuid`;

export async function readersOf(db: Db, channelId: string): Promise<string[]> {
  const rows = await db.query<{ user_id: string }>(channelReaders, [channelId]);
  return rows.map((row) => row.user_id);
}

export function makeLookUp(db: Db): LookUp {
  return async (audience) => {
    switch (audience.kind) {
      case 'everyone':
        return 'everyone';
      case 'peers': {
        const rows = await db.query<{ user_id: string }>(peers, [audience.userId]);
        return new Set(rows.map((row) => row.user_id));
      }
      case 'channel': {
        const readers = await readersOf(db, audience.channelId);
        return new Set([...readers, ...(audience.also ?? [])]);
      }
    }
  };
}
