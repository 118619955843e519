import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { reactionNotFound } from '../errors.ts';
import { publish } from '../realtime/publish.ts';
import { reaction } from '../wire/frames.ts';
import { reactionsToWire } from '../wire/message.ts';
import { mustSeeMessage } from './access.ts';
import { reactionRows } from './messagePages.ts';

/** Tells the stream of a change, and the caller whether there was one. */
async function change(
  context: Context,
  caller: Caller,
  place: { readonly messageId: string; readonly emoji: string },
  kind: 'reaction_added' | 'reaction_removed',
): Promise<boolean> {
  const { messageId, emoji } = place;
  const { channel_id: channelId } = await mustSeeMessage(context, caller, messageId);
  return context.db.tx(async (sql) => {
    const changed = await sql.query(
      kind === 'reaction_added'
        ? `insert into message_reactions (message_id, user_id, emoji) values ($1, $2, $3)
           on conflict do nothing returning emoji`
        : `delete from message_reactions
           where message_id = $1 and user_id = $2 and emoji = $3 returning emoji`,
      [messageId, caller.userId, emoji],
    );
    if (changed.length === 0) return false;
    const frame = reaction(kind, { messageId, channelId, emoji }, caller);
    await publish(sql, { frame, to: { kind: 'channel', channelId } });
    return true;
  });
}

/** Twice is once, and no error. */
export async function addReaction(
  context: Context,
  caller: Caller,
  messageId: string,
  emoji: string,
): Promise<void> {
  await change(context, caller, { messageId, emoji }, 'reaction_added');
}

export async function removeReaction(
  context: Context,
  caller: Caller,
  messageId: string,
  emoji: string,
): Promise<void> {
  if (!(await change(context, caller, { messageId, emoji }, 'reaction_removed'))) {
    throw reactionNotFound();
  }
}

export async function reactionsOf(context: Context, caller: Caller, messageId: string) {
  await mustSeeMessage(context, caller, messageId);
  return reactionsToWire(await reactionRows(context.db, [messageId]), caller.userId);
}
