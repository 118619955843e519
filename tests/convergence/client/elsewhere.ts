import { ids } from '../../support/hudhudAnswers';
import type { Author, StoredMessage } from '../server/chatServer';
import { emojis, pick, texts } from './wishes';
import type { ChatWorld } from './chatWorld';

/** What others do: two people, and our person at another device. */

type World = Pick<ChatWorld, 'server'>;

const authors: readonly Author[] = [ids.omar, ids.me, ids.sara].map((userId) => {
  return { userId, device: 'elsewhere' };
});

const authorOf = (n: number): Author =>
  pick(authors, n) ?? { userId: ids.omar, device: 'elsewhere' };

function alive(world: World, fits: (message: StoredMessage) => boolean): StoredMessage[] {
  return world.server.messages.filter((message) => message.deletedUs === null && fits(message));
}

export function otherSend({ server }: World, a: number, b: number): boolean {
  const channelId = a % 4 === 0 ? ids.random : ids.general;
  const content = pick(texts, b) ?? 'ok';
  server.create(authorOf(a), { channelId, parentId: null, content, nonce: null });
  return true;
}

export function otherReply(world: World, a: number, b: number): boolean {
  const parent = pick(
    alive(world, ({ threadCount }) => threadCount > 0),
    a,
  );
  if (parent === undefined) return false;
  const { channelId, id: parentId } = parent;
  const content = pick(texts, b) ?? 'ok';
  world.server.create(authorOf(b), { channelId, parentId, content, nonce: null });
  return true;
}

export function otherEdit(world: World, a: number, b: number): boolean {
  const by = authorOf(b);
  const message = pick(
    alive(world, ({ userId }) => userId === by.userId),
    a,
  );
  if (message === undefined) return false;
  world.server.edit(by, message.id, b % 3 === 0 ? 'ok' : `edit ${b}`);
  return true;
}

export function otherRemove(world: World, a: number, b: number): boolean {
  const by = authorOf(b);
  const message = pick(
    alive(world, ({ userId }) => userId === by.userId),
    a,
  );
  if (message === undefined) return false;
  world.server.remove(by, message.id);
  return true;
}

export function otherReact(world: World, a: number, b: number): boolean {
  const by = authorOf(b);
  const message = pick(
    alive(world, () => true),
    a,
  );
  const emoji = pick(emojis, b >> 1) ?? '👍';
  if (message === undefined) return false;
  const isOn = message.reactions.get(emoji)?.has(by.userId) === true;
  world.server.react(by, message.id, emoji, !isOn);
  return true;
}
