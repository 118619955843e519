import type { Context } from '../context.ts';
import { emoji } from '../seed/phrases/extras.ts';
import type { Random } from '../seed/random.ts';
import type { Writer } from '../seed/text.ts';
import { channelRows } from '../services/channelRows.ts';
import { messagePage } from '../services/messagePages.ts';
import { createMessage, deleteMessage, editMessage } from '../services/messages.ts';
import { announceTyping } from '../services/notices.ts';
import { addReaction, removeReaction } from '../services/reactions.ts';
import type { MessageWire } from '../wire/message.ts';
import type { Bot } from './bots.ts';

/** What an act works with. `pause` ends early when the traffic stops. */
export interface Stage {
  readonly context: Context;
  readonly random: Random;
  readonly writer: Writer;
  pause(ms: number): Promise<void>;
}

/** One thing that a person does. It goes through the services, as a request would. */
export type Act = (stage: Stage, bot: Bot) => Promise<void>;

interface Place {
  readonly channelId: string;
  readonly language: Bot['language'];
}

async function somewhere({ context, random }: Stage, bot: Bot): Promise<Place> {
  const rows = await channelRows(context.db, bot.userId, { by: 'all' });
  const { channel_id: channelId, name } = random.pick(rows.filter((row) => row.user_role !== null));
  const arabic = /\p{Script=Arabic}/u.test(name);
  return { channelId, language: arabic || random.chance(0.3) ? bot.language : 'en' };
}

async function recent(stage: Stage, bot: Bot, channelId: string): Promise<MessageWire[]> {
  const list = { in: 'channel', channelId } as const;
  const page = await messagePage(stage.context, bot, list, { limit: 20 });
  return page.messages.filter((message) => message.deleted_at === null);
}

/** Types for as long as a short line takes, then sends it. */
async function compose(
  stage: Stage,
  bot: Bot,
  channelId: string,
  content: string,
  parentMessageId?: string,
): Promise<void> {
  const { context, random } = stage;
  await announceTyping(context, bot, channelId);
  await stage.pause(random.between(400, 2000));
  await createMessage(context, bot, {
    channelId,
    content,
    type: 'text',
    metadata: {},
    parentMessageId,
  });
}

const write: Act = async (stage, bot) => {
  const { channelId, language } = await somewhere(stage, bot);
  await compose(stage, bot, channelId, stage.writer.message(language));
};

/** An act on one of the last messages of a channel; nothing happens if none fits. */
function onRecent(
  fits: (message: MessageWire, bot: Bot) => boolean,
  act: (stage: Stage, bot: Bot, message: MessageWire, place: Place) => Promise<void>,
): Act {
  return async (stage, bot) => {
    const place = await somewhere(stage, bot);
    const messages = await recent(stage, bot, place.channelId);
    const fitting = messages.filter((message) => fits(message, bot));
    if (fitting.length > 0) await act(stage, bot, stage.random.pick(fitting), place);
  };
}

const any = () => true;
const own = (message: MessageWire, bot: Bot) => message.user_id === bot.userId;
const mineOn = ({ reactions }: MessageWire) => reactions.find((one) => one.has_reacted);

const reply = onRecent(any, (stage, bot, { message_id }, { channelId, language }) =>
  compose(stage, bot, channelId, stage.writer.reply(language), message_id),
);

const edit = onRecent(own, async ({ context, writer }, bot, { message_id }, { language }) => {
  await editMessage(context, bot, message_id, writer.message(language));
});

const remove = onRecent(own, ({ context }, bot, { message_id }) =>
  deleteMessage(context, bot, message_id),
);

const react = onRecent(any, ({ context, random }, bot, { message_id }) =>
  addReaction(context, bot, message_id, random.pick(emoji)),
);

const unreact = onRecent(
  (message) => mineOn(message) !== undefined,
  async ({ context }, bot, message) => {
    const { emoji: taken } = mineOn(message) ?? {};
    if (taken !== undefined) await removeReaction(context, bot, message.message_id, taken);
  },
);

const changeStatus: Act = ({ context, random }, bot) => {
  return context.presence.choose(bot, random.pick(['online', 'online', 'away', 'busy']));
};

/** What people do, and how often beside each other. */
export const acts: readonly { readonly act: Act; readonly weight: number }[] = [
  { act: write, weight: 42 },
  { act: reply, weight: 10 },
  { act: edit, weight: 7 },
  { act: remove, weight: 3 },
  { act: react, weight: 22 },
  { act: unreact, weight: 5 },
  { act: changeStatus, weight: 7 },
];
