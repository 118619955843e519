import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { forbidden } from '../errors.ts';
import { publish } from '../realtime/publish.ts';
import { membership } from '../wire/frames.ts';
import type { MemberRow } from '../wire/project.ts';
import { activeMemberToWire } from '../wire/project.ts';
import type { UserRow } from '../wire/user.ts';
import { userToWire } from '../wire/user.ts';
import { channelAccess, isModerator, mustUseChannel } from './access.ts';

/**
 * Public channels are open to the project. How people enter a private one is unknown of the real server; here
 * admins and moderators may.
 */
export async function joinChannel(
  context: Context,
  caller: Caller,
  channelId: string,
): Promise<void> {
  const access = await channelAccess(context, caller, channelId);
  if (access.project_role === null) throw forbidden('Only project members can join this channel');
  if (access.is_private && access.channel_role === null && !isModerator(caller)) {
    throw forbidden('This channel is private');
  }
  await context.db.tx(async (sql) => {
    const joined = await sql.query(
      `insert into channel_members (channel_id, user_id) values ($1, $2)
       on conflict do nothing returning user_id`,
      [channelId, caller.userId],
    );
    if (joined.length === 0) return;
    const frame = membership('member_joined', channelId, caller);
    await publish(sql, { frame, to: { kind: 'channel', channelId } });
  });
}

export async function leaveChannel(
  context: Context,
  caller: Caller,
  channelId: string,
): Promise<void> {
  await channelAccess(context, caller, channelId);
  await context.db.tx(async (sql) => {
    const left = await sql.query(
      `delete from channel_members where channel_id = $1 and user_id = $2 returning user_id`,
      [channelId, caller.userId],
    );
    if (left.length === 0) return;
    const frame = membership('member_left', channelId, caller);
    await publish(sql, { frame, to: { kind: 'channel', channelId, also: [caller.userId] } });
  });
}

interface ChannelMemberRow extends UserRow {
  readonly channel_role: string;
  readonly joined_at: Date;
}

export async function channelMembers(context: Context, caller: Caller, channelId: string) {
  await mustUseChannel(context, caller, channelId);
  const rows = await context.db.query<ChannelMemberRow>(
    `select u.*, cm.role as channel_role, cm.joined_at
     from channel_members cm join users u using (user_id)
     where cm.channel_id = $1 order by cm.joined_at, u.username`,
    [channelId],
  );
  return rows.map((row) => ({
    user_id: row.user_id,
    channel_id: channelId,
    role: row.channel_role,
    joined_at: row.joined_at.toISOString(),
    user: userToWire(row),
  }));
}

/** The members as a channel stream greets with them: with their presence, in the form of `active_members[]`. */
export async function membersWithPresence({ db, presence }: Context, channelId: string) {
  const rows = await db.query<MemberRow>(
    `select u.user_id, u.username, u.full_name, u.email, u.avatar_url, u.last_seen,
       cm.role, cm.joined_at, null as invited_by, null as invited_by_username
     from channel_members cm join users u using (user_id)
     where cm.channel_id = $1 order by cm.joined_at, u.username`,
    [channelId],
  );
  const here = await presence.statuses();
  return rows.map((row) => activeMemberToWire(row, here.get(row.user_id) ?? 'offline'));
}
