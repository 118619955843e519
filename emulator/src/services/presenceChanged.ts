import type { Context } from '../context.ts';
import type { PresenceChange } from '../realtime/presence.ts';
import { presence } from '../wire/frames.ts';

/** Notes when a person was last here and tells those who share a project. */
export async function presenceChanged(
  { db, hub }: Pick<Context, 'db' | 'hub'>,
  change: PresenceChange,
): Promise<void> {
  const at = new Date();
  hub.publish(presence(change, at), { kind: 'peers', userId: change.userId });
  await db.query(`update users set last_seen = $2 where user_id = $1`, [
    change.userId,
    at.toISOString(),
  ]);
}
