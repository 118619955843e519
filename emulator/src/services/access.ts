import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { first } from '../db/db.ts';
import { channelNotFound, forbidden, messageNotFound, projectNotFound } from '../errors.ts';

/** Who may see and do what. Every service asks here first. */
export interface ChannelAccess {
  readonly channel_id: string;
  readonly project_id: string;
  readonly is_private: boolean;
  readonly owner_id: string | null;
  readonly project_role: string | null;
  readonly channel_role: string | null;
}

export function isModerator({ role }: Caller): boolean {
  return role !== 'member';
}

export async function channelAccess(
  { db }: Context,
  caller: Caller,
  channelId: string,
): Promise<ChannelAccess> {
  const row = await first<ChannelAccess>(
    db,
    `select c.channel_id, c.project_id, c.is_private, c.owner_id,
       pm.role as project_role, cm.role as channel_role
     from channels c
     left join project_members pm on pm.project_id = c.project_id and pm.user_id = $2
     left join channel_members cm on cm.channel_id = c.channel_id and cm.user_id = $2
     where c.channel_id = $1`,
    [channelId, caller.userId],
  );
  if (row === undefined) throw channelNotFound();
  return row;
}

/** Project members read and write public channels, only its own members a private one. */
function canUse({ project_role, channel_role, is_private }: ChannelAccess): boolean {
  return project_role !== null && (!is_private || channel_role !== null);
}

export async function mustUseChannel(
  context: Context,
  caller: Caller,
  channelId: string,
): Promise<ChannelAccess> {
  const access = await channelAccess(context, caller, channelId);
  if (!canUse(access)) throw forbidden('Only members can use this channel');
  return access;
}

export async function mustManageChannel(
  context: Context,
  caller: Caller,
  channelId: string,
): Promise<ChannelAccess> {
  const access = await mustUseChannel(context, caller, channelId);
  const manages =
    isModerator(caller) ||
    access.owner_id === caller.userId ||
    access.channel_role === 'admin' ||
    access.project_role === 'admin';
  if (!manages) throw forbidden('Only its owner or an admin can change this channel');
  return access;
}

/** The caller's role in a project that the caller belongs to. */
export async function mustBeInProject(
  { db }: Context,
  caller: Caller,
  projectId: string,
): Promise<string> {
  const row = await first<{ role: string | null }>(
    db,
    `select pm.role from projects p
     left join project_members pm on pm.project_id = p.project_id and pm.user_id = $2
     where p.project_id = $1`,
    [projectId, caller.userId],
  );
  if (row === undefined) throw projectNotFound();
  if (row.role === null) throw forbidden('Only members can use this project');
  return row.role;
}

export interface MessageAccess {
  readonly message_id: string;
  readonly channel_id: string;
  readonly user_id: string;
  readonly parent_message_id: string | null;
}

/** A message that is there and whose channel the caller may use. A deleted one counts only where asked for. */
export async function mustSeeMessage(
  context: Context,
  caller: Caller,
  messageId: string,
  deleted: 'hidden' | 'as thread head' = 'hidden',
): Promise<MessageAccess> {
  const row = await first<MessageAccess>(
    context.db,
    `select message_id, channel_id, user_id, parent_message_id from messages
     where message_id = $1 and (deleted_at is null or ($2 and thread_count > 0))`,
    [messageId, deleted === 'as thread head'],
  );
  if (row === undefined) throw messageNotFound();
  await mustUseChannel(context, caller, row.channel_id);
  return row;
}
