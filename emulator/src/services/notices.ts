import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { forbidden } from '../errors.ts';
import type { Audience } from '../realtime/audience.ts';
import { publish } from '../realtime/publish.ts';
import { notice, typing } from '../wire/frames.ts';
import { mustUseChannel } from './access.ts';

/** What is only said on the stream and kept nowhere. */
export async function announceTyping(
  context: Context,
  caller: Caller,
  channelId: string,
): Promise<void> {
  await mustUseChannel(context, caller, channelId);
  await context.db.tx((sql) =>
    publish(sql, { frame: typing(channelId, caller), to: { kind: 'channel', channelId } }),
  );
}

export interface Notice {
  readonly type: 'system' | 'alert';
  readonly message: string;
  readonly channelId: string | undefined;
}

export async function broadcastNotice(
  context: Context,
  caller: Caller,
  { type, message, channelId }: Notice,
): Promise<void> {
  if (caller.role !== 'admin') throw forbidden('Only an admin can send a broadcast');
  if (channelId !== undefined) await mustUseChannel(context, caller, channelId);
  const frame = notice(type, message, channelId);
  const to: Audience =
    channelId === undefined ? { kind: 'everyone' } : { kind: 'channel', channelId };
  await context.db.tx((sql) => publish(sql, { frame, to }));
}
