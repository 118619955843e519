import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { Frame } from '../realtime/encoding.ts';
import { channelById } from './channels.ts';
import { channelRows } from './channelRows.ts';
import { membersWithPresence } from './channelMembers.ts';

/** The first frames of the main stream: who it is for, the channels it covers now, and that it stands. */
export async function mainGreeting({ db }: Context, caller: Caller): Promise<Frame[]> {
  const { userId, username } = caller;
  const rows = await channelRows(db, userId, { by: 'all' });
  const channels = rows.map((row) => row.channel_id);
  const timestamp = new Date().toISOString();
  return [
    { event: 'init', data: { userId, username, channels, timestamp } },
    { event: 'connection', data: { status: 'connected', userId, timestamp } },
  ];
}

/** The first frame of a channel stream. */
export async function channelGreeting(
  context: Context,
  caller: Caller,
  channelId: string,
): Promise<Frame[]> {
  const channel = await channelById(context, caller, channelId);
  const members = await membersWithPresence(context, channelId);
  const timestamp = new Date().toISOString();
  return [{ event: 'channel_init', data: { channel, members, timestamp } }];
}
