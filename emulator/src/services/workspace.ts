import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { first } from '../db/db.ts';
import { channelNotFound } from '../errors.ts';
import type { ChannelRow } from '../wire/channel.ts';
import { channelItemToWire, channelToWire } from '../wire/channel.ts';
import { activeMemberToWire, projectToWire } from '../wire/project.ts';
import { channelRows } from './channelRows.ts';
import type { MessagePage, PageRequest } from './messagePages.ts';
import { messagePage } from './messagePages.ts';
import { projectBy, projectMembers } from './projects.ts';

const emptyPage: MessagePage = { messages: [], hasMore: false };

export async function activeMembers(context: Context, projectId: string) {
  const rows = await projectMembers(context, projectId);
  const here = await context.presence.statuses();
  return rows.map((row) => activeMemberToWire(row, here.get(row.user_id) ?? 'offline'));
}

/** Says which channel is answered when it is not the one that was asked for. */
async function fallback(context: Context, projectId: string, asked: string) {
  const exists = await first(
    context.db,
    `select 1 from channels where project_id = $1 and slug = $2`,
    [projectId, asked],
  );
  return {
    fallback_used: true,
    requested_channel: asked,
    fallback_reason: exists === undefined ? 'channel_not_found' : 'access_denied',
  };
}

/** The asked channel, else `general`, else the oldest that the caller may see. */
function choose(channels: readonly ChannelRow[], asked: string): ChannelRow {
  const bySlug = (slug: string) => channels.find((row) => row.slug === slug);
  const chosen = bySlug(asked) ?? bySlug('general') ?? channels[0];
  if (chosen === undefined) throw channelNotFound();
  return chosen;
}

/** All that a client needs to draw a project with one channel open. */
export async function workspace(
  context: Context,
  caller: Caller,
  place: { readonly projectSlug: string; readonly channelSlug: string },
  page: PageRequest | undefined,
) {
  const project = await projectBy(context, caller, { slug: place.projectSlug });
  const { project_id: projectId } = project;
  const channels = await channelRows(context.db, caller.userId, { by: 'project', projectId });
  const current = choose(channels, place.channelSlug);
  const { channel_id: channelId } = current;
  const { messages, hasMore } =
    page === undefined
      ? emptyPage
      : await messagePage(context, caller, { in: 'channel', channelId }, page);
  const members = await activeMembers(context, projectId);
  return {
    success: true,
    project: projectToWire(project),
    channels: channels.map(channelItemToWire),
    active_members: members,
    messages,
    current_channel: channelToWire(current),
    messages_included: page !== undefined,
    stats: {
      total_channels: channels.length,
      unread_total: channels.reduce((sum, row) => sum + Number(row.unread_count), 0),
      members_online: members.filter((member) => member.status !== 'offline').length,
    },
    pagination: {
      has_more: hasMore,
      oldest_message_id: messages[0]?.message_id ?? null,
      newest_message_id: messages.at(-1)?.message_id ?? null,
    },
    typing_users: [],
    typing_indicator: null,
    ...(current.slug === place.channelSlug
      ? {}
      : await fallback(context, projectId, place.channelSlug)),
  };
}
