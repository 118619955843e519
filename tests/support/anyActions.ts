import fc from 'fast-check';
import { connectionChanged } from '../../src/actions/connection';
import { historyEvicted } from '../../src/actions/eviction';
import { typingExpired } from '../../src/actions/expiry';
import {
  channelsReceived,
  membersReceived,
  messageFetched,
  pageReceived,
  snapshotApplied,
} from '../../src/actions/history';
import { loadDone, loadFailed, loadStarted } from '../../src/actions/load';
import { sessionEnded, sessionStarted } from '../../src/actions/session';
import {
  channelEventsReceived,
  channelInitialised,
  conversationReceived,
  frameCommitted,
  noticesReceived,
  presenceReceived,
  sessionInitialised,
} from '../../src/actions/stream';
import type { ConversationEvent } from '../../src/actions/stream';
import type {
  ChannelFact,
  Json,
  MemberFact,
  MessageFact,
  UserFact,
} from '../../src/protocol/models';
import type {
  ChannelEvent,
  MessageEvent,
  NoticeEvent,
  PresenceEvent,
  ReactionEvent,
} from '../../src/protocol/serverEvents';
import { anyStorage } from './anyStorage';
import type { SimAction } from './simWorld';

/** Names that objects inherit: as ids they are data like any other (L15). */
export const hostileNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'] as const;

const few = (...ids: string[]): fc.Arbitrary<string> => fc.constantFrom(...ids, ...hostileNames);
const channelId = few('general', 'random', 'design');
const userId = few('lina', 'omar', 'salma');
const messageId = few('m1', 'm2', 'm3', 'm4', 'm5');
const emoji = few('👍', '🎉');
const time = fc.integer({ min: 1, max: 60 });
const timeOrNull = fc.option(time);
const text = fc.constantFrom('', 'good morning', 'صباح الخير', '<b>hi</b>', '__proto__');
const textOrNull = fc.option(text);
const count = fc.nat({ max: 3 });
const status = fc.constantFrom('online' as const, 'away' as const, 'offline' as const);

/** Every key but the given ones may be missing, as in what the server says. */
function partial<T>(
  model: { [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> },
  requiredKeys: (keyof T)[],
): fc.Arbitrary<T> {
  return fc.record(model, { requiredKeys, noNullPrototype: true });
}

function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const reactionUser = record({ userId, username: textOrNull, at: timeOrNull });
const reactions = fc.uniqueArray(
  record({
    emoji,
    users: fc.uniqueArray(reactionUser, { selector: (user) => user.userId, maxLength: 3 }),
    unlisted: count,
    mine: fc.option(fc.boolean(), { nil: undefined }),
  }).map(({ emoji: name, users, unlisted, mine }) => ({
    ...{ emoji: name, users, count: Math.max(1, users.length + unlisted) },
    ...(mine === undefined ? {} : { mine }),
  })),
  { selector: (reaction) => reaction.emoji, maxLength: 2 },
);
const json: fc.Arbitrary<Json> = fc.oneof(text, count, fc.boolean(), fc.array(count));
const file = record({
  ...{ id: messageId, name: text, mime: textOrNull, size: timeOrNull },
  ...{ url: textOrNull, thumbnailUrl: textOrNull },
});

const messageFact: fc.Arbitrary<MessageFact> = partial<MessageFact>(
  {
    ...{ id: messageId, channelId, userId: fc.option(userId), username: textOrNull },
    ...{ fullName: textOrNull, avatarUrl: textOrNull, parentId: fc.option(messageId) },
    ...{ type: fc.constantFrom('text', 'image', 'system'), content: text, createdAt: time },
    ...{ editedAt: timeOrNull, updatedAt: timeOrNull, deletedAt: fc.option(time, { freq: 1 }) },
    ...{ threadCount: count, reactions, files: fc.array(file, { maxLength: 2 }) },
    metadata: fc.dictionary(few('a'), json, { maxKeys: 2, noNullPrototype: true }),
    ...{ fromAgent: textOrNull, isRead: fc.boolean() },
  },
  ['id'],
);
const member: fc.Arbitrary<MemberFact> = partial<MemberFact>(
  { userId, role: text, joinedAt: timeOrNull },
  ['userId'],
);
const user: fc.Arbitrary<UserFact> = partial<UserFact>(
  {
    ...{ id: userId, username: text, fullName: textOrNull, email: textOrNull },
    ...{ avatarUrl: textOrNull, status, lastSeen: timeOrNull },
  },
  ['id'],
);
const preview = record({
  ...{ id: messageId, content: text, userId: fc.option(userId), username: textOrNull },
  createdAt: time,
});
const channel: fc.Arbitrary<ChannelFact> = partial<ChannelFact>(
  {
    ...{ id: channelId, projectId: text, name: text, slug: text, description: textOrNull },
    ...{ isPrivate: fc.boolean(), createdAt: timeOrNull, updatedAt: timeOrNull },
    ...{ memberCount: count, unreadCount: count, userRole: textOrNull },
    lastMessage: fc.option(preview),
  },
  ['id'],
);

const messageEvent: fc.Arbitrary<MessageEvent> = record({
  type: fc.constantFrom('message', 'channel_message', 'broadcast'),
  op: fc.constantFrom('create', 'create', 'edit', 'delete'),
  message: messageFact,
});
const reactionEvent: fc.Arbitrary<ReactionEvent> = partial<ReactionEvent>(
  {
    ...{ type: fc.constant('reaction'), op: fc.constantFrom('add', 'remove'), messageId },
    ...{ channelId, userId, username: textOrNull, emoji, at: timeOrNull },
  },
  ['type', 'op', 'messageId', 'userId', 'username', 'emoji', 'at'],
);
const typingEvent = record({
  ...{ type: fc.constant('typing' as const), channelId, userId, username: textOrNull },
  isTyping: fc.boolean(),
});
export const conversationEvent: fc.Arbitrary<ConversationEvent> = fc.oneof(
  { weight: 4, arbitrary: messageEvent },
  { weight: 2, arbitrary: reactionEvent },
  { weight: 1, arbitrary: typingEvent },
);
const presenceEvent: fc.Arbitrary<PresenceEvent> = partial<PresenceEvent>(
  {
    ...{ type: fc.constant('presence'), userId, status, username: textOrNull },
    ...{ lastSeen: timeOrNull, currentChannel: fc.option(channelId), onlineCount: count },
    timestamp: timeOrNull,
  },
  ['type', 'userId', 'status'],
);
const noticeEvent: fc.Arbitrary<NoticeEvent> = record({
  ...{ type: fc.constant('broadcast' as const), op: fc.constant('notice' as const) },
  ...{ level: fc.constantFrom('system' as const, 'alert' as const), text, timestamp: timeOrNull },
});
const channelEvent: fc.Arbitrary<ChannelEvent> = partial<ChannelEvent>(
  {
    type: fc.constant('channel_event'),
    op: fc.constantFrom(
      ...([
        'created',
        'updated',
        'deleted',
        'memberJoined',
        'memberLeft',
        'memberUpdated',
      ] as const),
    ),
    ...{ channelId, channel, userId, username: textOrNull, role: text },
  },
  ['type', 'op', 'channelId'],
);

const stream = fc.constantFrom('main' as const, 'channel:general' as const);
const ordinal = fc.integer({ min: 1, max: 40 });
const observed = { stream, epoch: fc.constant(1), ordinal };
const asked = { asOf: ordinal, absentBefore: ordinal, oldestInFlight: fc.option(ordinal) };
const range = fc
  .tuple(timeOrNull, timeOrNull)
  .map(([a, b]) =>
    a === null || b === null ? { from: a, to: b } : { from: Math.min(a, b), to: Math.max(a, b) },
  );
const project = record({
  ...{ id: text, slug: text, name: text, description: textOrNull, color: textOrNull },
});
const phase = fc.constantFrom('open' as const, 'open' as const, 'waiting' as const);
const loadKey = few('workspace', 'page:general::newest');
const receivedAt = time;

/**
 * Any action that reducers answer, of the first epoch, with whatever the server may have said in it.
 *
 * @param maxItems - Facts of one kind in one action; with 1, no action contradicts itself.
 */
export function anyAction(maxItems: number): fc.Arbitrary<SimAction> {
  const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: maxItems });
  const page = record({
    ...{ ...asked, channelId, parentId: fc.option(messageId), range },
    messages: list(messageFact),
  });
  return fc.oneof(
    {
      weight: 8,
      arbitrary: record({
        ...{ ...observed, events: list(conversationEvent), viewerId: fc.option(userId) },
        receivedAt,
      }).map((payload) => conversationReceived(payload)),
    },
    { weight: 4, arbitrary: page.map((payload) => pageReceived(payload)) },
    {
      weight: 2,
      arbitrary: record({ ...asked, message: messageFact }).map((payload) =>
        messageFetched(payload),
      ),
    },
    record({
      ...{ ...asked, project, channels: list(channel), currentChannelId: channelId },
      ...{ users: list(user), members: list(member), onlineCount: timeOrNull },
      page: maxItems === 1 ? fc.constant(null) : fc.option(page),
    }).map((payload) => snapshotApplied(payload)),
    record({ ...asked, channels: list(channel), complete: fc.boolean() }).map((payload) =>
      channelsReceived(payload),
    ),
    record({ ...asked, channelId, members: list(member), users: list(user) }).map((payload) =>
      membersReceived(payload),
    ),
    record({ ...observed, events: list(presenceEvent), receivedAt }).map((payload) =>
      presenceReceived(payload),
    ),
    record({ ...observed, events: list(noticeEvent), receivedAt }).map((payload) =>
      noticesReceived(payload),
    ),
    record({ ...observed, events: list(channelEvent), viewerId: fc.option(userId) }).map(
      (payload) => channelEventsReceived(payload),
    ),
    record({
      ...{ ...observed, userId, username: textOrNull },
      channelIds: fc.option(fc.array(channelId, { maxLength: 2 })),
    }).map((payload) => sessionInitialised(payload)),
    record({
      ...observed,
      event: record({
        ...{ type: fc.constant('channel_init' as const), channel, timestamp: timeOrNull },
        members: list(
          fc
            .tuple(member, fc.option(user, { nil: undefined }))
            .map(([one, who]) => (who === undefined ? one : { ...one, user: who })),
        ),
      }),
    }).map((payload) => channelInitialised(payload)),
    record({
      ...{ ...observed, lastEventId: textOrNull, receivedAt },
      counts: record({ events: count, rejected: count }),
    }).map((payload) => frameCommitted(payload)),
    record({
      ...{ stream, phase, epoch: fc.constant(1), attempt: count, openedAt: timeOrNull },
      ...{ since: time, source: fc.constant('sse' as const), lostAt: timeOrNull },
      ...{ nextRetryAt: timeOrNull, error: fc.constant(null) },
    }).map((payload) => connectionChanged(payload)),
    record({ now: time }).map((payload) => typingExpired(payload)),
    record({
      ordinal: count,
      channels: fc.uniqueArray(record({ channelId, before: timeOrNull }), {
        maxLength: 2,
        selector: (channel) => channel.channelId,
      }),
    }).map((payload) => historyEvicted(payload)),
    record({ user }).map((payload) => sessionStarted(payload)),
    fc.constant(sessionEnded({ reason: 'logout' })),
    loadKey.map((key) => loadStarted({ key })),
    loadKey.map((key) => loadDone({ key })),
    loadKey.map((key) => loadFailed({ key, code: 'NETWORK' })),
    anyStorage(messageFact, maxItems),
  );
}
