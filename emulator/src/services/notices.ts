import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { forbidden } from '../errors.ts';
import { notice, typing } from '../wire/frames.ts';
import { mustUseChannel } from './access.ts';

/** What is only said on the stream and kept nowhere. */
export async function announceTyping(
  context: Context,
  caller: Caller,
  channelId: string,
): Promise<void> {
  await mustUseChannel(context, caller, channelId);
  context.hub.publish(typing(channelId, caller), { kind: 'channel', channelId });
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
  context.hub.publish(
    notice(type, message, channelId),
    channelId === undefined ? { kind: 'everyone' } : { kind: 'channel', channelId },
  );
}
