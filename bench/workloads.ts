import type { MessageFact } from '../src/protocol/models';
import type { MessageEvent, PresenceEvent, ReactionEvent } from '../src/protocol/serverEvents';
import { seeded, uuid } from './random';

/** What every peer is fed with. Times grow by a second a message, so that order by time is order by index. */

export type BenchEvent = MessageEvent | ReactionEvent | PresenceEvent;

const words =
  'the build is green again so we can ship it after lunch نعم ممتاز see you in the review room'.split(
    ' ',
  );
const start = Date.UTC(2026, 0, 5, 8);

export interface World {
  readonly channels: readonly string[];
  readonly users: readonly string[];
  message(index: number, channelId: string): MessageFact & { readonly channelId: string };
}

/** People and channels of one run. */
export function createWorld(channelCount: number, userCount: number, seed = 7): World {
  const random = seeded(seed);
  const channels = Array.from({ length: channelCount }, () => uuid(random));
  const users = Array.from({ length: userCount }, () => uuid(random));
  // not remembered: over a day that would be a heap that grows
  const idOf = (index: number) => uuid(seeded(seed + Math.imul(index + 1, 0x9e3779b1)));
  return {
    channels,
    users,
    message(index, channelId) {
      const author = index % users.length;
      return {
        id: idOf(index),
        channelId,
        userId: users[author] ?? '',
        username: `user${author}`,
        type: 'text',
        content: Array.from({ length: 12 }, (_, i) => words[(index * 7 + i) % words.length]).join(
          ' ',
        ),
        createdAt: start + index * 1000,
        editedAt: null,
        threadCount: 0,
        reactions: [],
        files: [],
        metadata: {},
      };
    },
  };
}

export const create = (message: MessageFact): MessageEvent => ({
  type: 'channel_message',
  op: 'create',
  message,
});

/** New messages, one channel after the other. */
export function creates(world: World, from: number, count: number): MessageEvent[] {
  return Array.from({ length: count }, (_, i) => {
    const channelId = world.channels[i % world.channels.length] ?? '';
    return create(world.message(from + i, channelId));
  });
}

/** What a busy channel sees: 60 % new, 20 % edits, 15 % reactions, 5 % deletes; 5 % of all late, 5 % doubled. */
export function mixed(world: World, held: number, count: number): (MessageEvent | ReactionEvent)[] {
  const random = seeded(11);
  const channelId = world.channels[0] ?? '';
  const events: (MessageEvent | ReactionEvent)[] = [];
  let next = held;
  while (events.length < count) {
    const dice = random();
    const target = world.message(Math.floor(next - 1 - random() * Math.min(next, 400)), channelId);
    if (dice < 0.6) {
      events.push(create(world.message(next, channelId)));
      next += 1;
    } else if (dice < 0.8) {
      const edit = {
        id: target.id,
        channelId,
        content: `edited ${next}`,
        editedAt: start + next * 1000,
      };
      events.push({ type: 'channel_message', op: 'edit', message: edit });
    } else if (dice < 0.95) {
      const userId = world.users[Math.floor(random() * world.users.length)] ?? '';
      const op = random() < 0.8 ? 'add' : 'remove';
      events.push({
        type: 'reaction',
        op,
        messageId: target.id,
        channelId,
        userId,
        username: 'u',
        emoji: '👍',
        at: null,
      });
    } else {
      events.push({ type: 'channel_message', op: 'delete', message: { id: target.id, channelId } });
    }
    const last = events.at(-1);
    if (last !== undefined && random() < 0.05) events.push(last);
    if (random() < 0.05 && events.length > 10) {
      const [late] = events.splice(events.length - 8, 1);
      if (late !== undefined) events.push(late);
    }
  }
  return events.slice(0, count);
}

/** People who come, go and turn away. */
export function presence(world: World, count: number): PresenceEvent[] {
  const random = seeded(13);
  const statuses = ['online', 'away', 'offline', 'busy'] as const;
  return Array.from({ length: count }, (_, i) => ({
    type: 'presence',
    userId: world.users[Math.floor(random() * world.users.length)] ?? '',
    status: statuses[Math.floor(random() * 4)] ?? 'online',
    lastSeen: start + i * 100,
  }));
}

/** Pages of a channel's history, newest first, each sharing 30 % of its rows with the one before. */
export function pages(world: World, count: number, size: number): MessageFact[][] {
  const channelId = world.channels[0] ?? '';
  const step = Math.floor(size * 0.7);
  const top = step * count + size;
  return Array.from({ length: count }, (_, page) => {
    const first = top - page * step - size;
    return Array.from({ length: size }, (_unused, i) => world.message(first + i, channelId));
  });
}

/** The same event as the backend writes it. */
export function toWire(event: BenchEvent): string {
  if (event.type === 'presence') {
    const { userId, status, lastSeen } = event;
    return JSON.stringify({ action: 'update', userId, updates: { status, last_seen: lastSeen } });
  }
  if (event.type === 'reaction') {
    const { op, messageId, channelId, userId, emoji } = event;
    return JSON.stringify({
      type: `reaction_${op === 'add' ? 'added' : 'removed'}`,
      message_id: messageId,
      channelId,
      user_id: userId,
      emoji,
    });
  }
  const { message } = event;
  const action = { create: 'new_message', edit: 'updated', delete: 'deleted' }[event.op];
  return JSON.stringify({
    action,
    message_id: message.id,
    channelId: message.channelId,
    user_id: message.userId,
    username: message.username,
    content: message.content,
    type: message.type,
    metadata: message.metadata,
    thread_count: message.threadCount,
    reactions: message.reactions,
    created_at:
      message.createdAt === undefined ? undefined : new Date(message.createdAt).toISOString(),
    is_edited: event.op === 'edit' ? true : undefined,
    edited_at:
      typeof message.editedAt === 'number' ? new Date(message.editedAt).toISOString() : undefined,
  });
}

/** What comes to a channel in which people go back: 60 % new, 20 % edits, 20 % reactions on any of its messages. */
export function scattered(
  world: World,
  held: number,
  total: number,
  random: () => number,
): (MessageEvent | ReactionEvent)[] {
  const channelId = world.channels[0] ?? '';
  let next = held;
  return Array.from({ length: total }, (_, i) => {
    const { id } = world.message(Math.floor(random() * held), channelId);
    const dice = random();
    if (dice < 0.6) return create(world.message(next++, channelId));
    if (dice < 0.8) {
      const edit = { id, channelId, content: `edited ${i}`, editedAt: start + (held + i) * 1000 };
      return { type: 'channel_message', op: 'edit', message: edit };
    }
    const who = 1 + Math.floor(random() * (world.users.length - 1));
    const userId = world.users[who] ?? '';
    return {
      ...{ type: 'reaction', op: 'add', messageId: id, channelId, userId, username: `user${who}` },
      ...{ emoji: '👍', at: null },
    };
  });
}
