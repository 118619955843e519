import type { Asked, PageReceived, SnapshotApplied } from '../../src/actions/history';
import { messageFetched, pageReceived, snapshotApplied } from '../../src/actions/history';
import { connectionChanged } from '../../src/actions/connection';
import type { ConversationEvent } from '../../src/actions/stream';
import {
  channelEventsReceived,
  conversationReceived,
  presenceReceived,
} from '../../src/actions/stream';
import type { StreamKey } from '../../src/protocol/batch';
import type { ConnectionPhase } from '../../src/protocol/connectionStatus';
import type { ChannelFact, MessageFact } from '../../src/protocol/models';
import type {
  ChannelEvent,
  MessageEvent,
  PresenceEvent,
  ReactionEvent,
  TypingEvent,
} from '../../src/protocol/serverEvents';
import { frozen } from './frozen';

/** A team that builds a chat client, on a Monday morning. Everything that comes from here is frozen. */

export const lina = '6b0c1c55-4f0e-4f55-9d5c-3b0a5d7b1a01';
export const omar = 'c1d9b1f4-0f6b-4d7e-9a29-2f4f7b6e8d04';
export const salma = '0f7a2a6e-58c1-4f0f-9a64-7d1f4f6b2a09';
export const general = '3d1f7a52-9b57-4c0f-8a77-0e3b9d4c2b02';
export const design = '90b6a1de-2c4b-4f3e-8d17-6a5e0c9b2f06';

/** 2025-09-01T08:00:00Z, and the minutes after it. */
const morning = 1_756_713_600_000;
export const minute = (n: number): number => morning + n * 60_000;

export function messageOf(id: string, more: Partial<MessageFact> = {}): MessageFact {
  return frozen<MessageFact>({
    ...{ id, channelId: general, userId: omar, username: 'omar', parentId: null, type: 'text' },
    ...{ content: 'The build is green', createdAt: minute(1) },
    ...{ threadCount: 0, reactions: [], files: [], metadata: {} },
    ...more,
  });
}

export function created(id: string, more: Partial<MessageFact> = {}): MessageEvent {
  return frozen({ type: 'channel_message', op: 'create', message: messageOf(id, more) });
}

/** What a frame of an edit carries: the id, the channel and what has changed. */
export function edited(id: string, what: Partial<MessageFact>): MessageEvent {
  return frozen({
    type: 'channel_message',
    op: 'edit',
    message: { id, channelId: general, ...what },
  });
}

export function deleted(id: string, more: Partial<MessageFact> = {}): MessageEvent {
  return frozen({
    type: 'message',
    op: 'delete',
    message: { id, channelId: general, ...more },
  });
}

export function reacted(
  messageId: string,
  userId: string,
  more: Partial<ReactionEvent> = {},
): ReactionEvent {
  return frozen<ReactionEvent>({
    ...{ type: 'reaction', op: 'add', messageId, channelId: general, userId },
    ...{ username: null, emoji: '👍', at: null },
    ...more,
  });
}

export function typing(userId: string, isTyping = true, channelId: string = general): TypingEvent {
  return frozen<TypingEvent>({ type: 'typing', channelId, userId, username: null, isTyping });
}

const main = { stream: 'main', epoch: 1 } as const;

/** Events of one flush of the main stream; the i-th one is observed at `ordinal + i`. */
export function heard(ordinal: number, ...events: readonly ConversationEvent[]) {
  const payload = { ...main, ordinal, events, viewerId: lina, receivedAt: minute(2) };
  return frozen(conversationReceived(payload));
}

export function presenceHeard(ordinal: number, ...events: readonly PresenceEvent[]) {
  return frozen(presenceReceived({ ...main, ordinal, events, receivedAt: minute(2) }));
}

export function presenceOf(userId: string, more: Partial<PresenceEvent> = {}): PresenceEvent {
  return frozen<PresenceEvent>({ type: 'presence', userId, status: 'online', ...more });
}

export function channelsHeard(ordinal: number, ...events: readonly ChannelEvent[]) {
  return frozen(channelEventsReceived({ ...main, ordinal, events, viewerId: lina }));
}

/** The stamps of an answer to a request that nothing overlapped. */
export function asked(asOf: number, more: Partial<Asked> = {}): Asked {
  return { asOf, absentBefore: asOf, oldestInFlight: null, ...more };
}

export function page(
  asOf: number,
  messages: readonly MessageFact[],
  more: Partial<PageReceived> = {},
) {
  const range = { from: null, to: null };
  const payload = { ...asked(asOf), channelId: general, parentId: null, messages, range, ...more };
  return frozen(pageReceived(payload));
}

export function reply(asOf: number, message: MessageFact, more: Partial<Asked> = {}) {
  return frozen(messageFetched({ ...asked(asOf, more), message }));
}

export function connection(
  phase: ConnectionPhase,
  epoch = 1,
  stream: StreamKey = 'main',
): ReturnType<typeof connectionChanged> {
  const rest = {
    attempt: 0,
    openedAt: null,
    since: 0,
    source: 'sse' as const,
    lostAt: null,
    nextRetryAt: null,
    error: null,
  };
  return frozen(connectionChanged({ stream, phase, epoch, ...rest }));
}

export function channelOf(id: string, more: Partial<ChannelFact> = {}): ChannelFact {
  return frozen<ChannelFact>({ id, name: 'general', slug: 'general', unreadCount: 0, ...more });
}

/** A workspace as it is read at one moment. */
export function snapshot(asOf: number, more: Partial<SnapshotApplied> = {}) {
  return frozen(
    snapshotApplied({
      ...asked(asOf),
      project: { id: 'p1', slug: 'hudhud', name: 'Hudhud', description: null, color: null },
      channels: [channelOf(general), channelOf(design, { name: 'تصميم', slug: 'design' })],
      currentChannelId: general,
      users: [
        { id: lina, username: 'lina', fullName: 'Lina Haddad', status: 'online' },
        { id: omar, username: 'omar', fullName: 'عمر حداد', status: 'away' },
      ],
      members: [{ userId: lina, role: 'owner' }, { userId: omar }],
      onlineCount: null,
      page: null,
      ...more,
    }),
  );
}
