import { describe, expect, it } from '@jest/globals';

import {
  decodeMessageReply,
  decodeMessagesPage,
  decodeReactions,
  decodeUnread,
} from '../../../src/protocol/decodePages';
import { thrownBy } from '../../support/decoding';
import { frozen } from '../../support/frozen';

const at = (seconds: number) => new Date(1_756_713_600_000 + seconds * 1000).toISOString();
const message = (id: string, seconds: number, more: object = {}) => ({
  message_id: id,
  channel_id: 'c1',
  user_id: 'u1',
  username: 'omar',
  content: id,
  created_at: at(seconds),
  ...more,
});
const two = [message('m2', 2), message('m1', 1)];

describe('decodeMessagesPage', () => {
  it.each([
    ['flat', { success: true, messages: two, has_more: true }],
    ['wrapped', { success: true, data: { messages: two, hasMore: true } }],
    ['data is the list', { success: true, data: two, has_more: true }],
    ['with pagination', { messages: two, pagination: { has_more: true } }],
    ['replies', { success: true, replies: two, has_more: true }],
  ])('reads the envelope: %s', (_name, body) => {
    const page = decodeMessagesPage(frozen(body));
    expect(page.messages.map(({ id }) => id)).toEqual(['m2', 'm1']);
    expect(page).toMatchObject({ hasMore: true, oldestId: 'm1', newestId: 'm2', rejected: [] });
  });

  it('takes the server’s word for the ends', () => {
    const page = { messages: two, oldest_message_id: 'm0', newestMessageId: 'm9', has_more: false };
    expect(decodeMessagesPage(frozen(page))).toMatchObject({ oldestId: 'm0', newestId: 'm9' });
  });

  it('breaks equal times by id', () => {
    const page = { messages: [message('b', 1), message('c', 1), message('a', 1)] };
    expect(decodeMessagesPage(frozen(page))).toMatchObject({ oldestId: 'a', newestId: 'c' });
  });

  it.each([
    [1, true],
    [2, true],
    [3, false],
    [undefined, false],
  ])('guesses by the limit %p without a word: %p', (limit, hasMore) => {
    const request = limit === undefined ? {} : { limit };
    expect(decodeMessagesPage(frozen({ messages: two }), request)).toMatchObject({ hasMore });
  });

  it('has no ends when empty', () => {
    expect(decodeMessagesPage(frozen({ messages: null }))).toStrictEqual({
      messages: [],
      users: [],
      hasMore: false,
      oldestId: null,
      newestId: null,
      rejected: [],
    });
  });

  it('takes the authors out', () => {
    const user = { id: 'u2', username: 'lina', fullName: 'Lina', status: 'active' };
    const page = {
      messages: [
        message('m1', 1),
        message('m2', 2),
        message('m3', 3, { user_id: undefined, username: undefined, user }),
      ],
    };
    expect(decodeMessagesPage(frozen(page))).toMatchObject({
      messages: [{ userId: 'u1' }, { userId: 'u1' }, { userId: 'u2', username: 'lina' }],
      users: [
        { id: 'u1', username: 'omar' },
        { id: 'u2', username: 'lina', fullName: 'Lina' },
      ],
    });
  });

  it('keeps a message without an author', () => {
    const page = { messages: [message('m1', 1, { user_id: null, username: null })] };
    expect(decodeMessagesPage(frozen(page))).toMatchObject({
      messages: [{ id: 'm1', userId: null }],
      users: [],
    });
  });

  it('merges a row that comes twice', () => {
    const page = { messages: [message('m1', 1), message('m1', 1, { thread_count: 2 })] };
    const { messages } = decodeMessagesPage(frozen(page));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ id: 'm1', threadCount: 2 });
  });

  it('keeps tombstones, which may have lost their text', () => {
    const page = { messages: [message('m1', 1, { content: null, deleted_at: at(9) })] };
    const { messages, rejected } = decodeMessagesPage(frozen(page));
    expect(rejected).toEqual([]);
    expect(messages[0]).not.toHaveProperty('content');
  });

  it('sorts bad rows out, with their places', () => {
    const rows = [
      message('__proto__', 1),
      message('m1', 1),
      'm2',
      message('m3', 3, { content: 7 }),
      message('m4', 4, { channel_id: undefined }),
      message('m5', 5, { user: { id: 'u1', email: 7 } }),
      { ...message('m6', 6), message_id: undefined },
    ];
    const { messages, rejected } = decodeMessagesPage(frozen({ messages: rows }));
    expect(messages.map(({ id }) => id)).toEqual(['m1']);
    expect(rejected.map(({ reason, path }) => [reason, path])).toEqual([
      ['hostile_id', 'messages.0.id'],
      ['not_an_object', 'messages.2'],
      ['invalid_field', 'messages.3.content'],
      ['missing_channel', 'messages.4.channelId'],
      ['invalid_field', 'messages.5.user.email'],
      ['missing_id', 'messages.6.id'],
    ]);
    expect(rejected[1]).toMatchObject({ eventType: null, size: 4, sample: '"m2"' });
  });

  it('completes and checks rows by the channel that was asked for', () => {
    const rows = [
      message('m1', 1),
      message('m2', 2, { channel_id: null }),
      message('m3', 3, { channel_id: 'c2' }),
    ];
    const page = decodeMessagesPage(frozen({ messages: rows }), { channelId: 'c1' });
    expect(page.messages).toMatchObject([{ channelId: 'c1' }, { id: 'm2', channelId: 'c1' }]);
    expect(page.rejected).toMatchObject([{ reason: 'foreign_row', path: 'messages.2.channelId' }]);
  });

  it.each([
    ['no object', 'oops', 'body'],
    ['a list', [], 'body'],
    ['no list', { success: true }, 'messages,replies'],
    ['another kind of list', { messages: { a: 1 } }, 'messages,replies'],
    [
      'success: false',
      { success: false, messages: [], error: { code: 'X', message: 'no' } },
      'success',
    ],
  ])('throws for an answer with %s', (_name, body, field) => {
    expect(thrownBy(() => decodeMessagesPage(frozen(body)))).toMatchObject({
      code: 'BAD_RESPONSE',
      data: { field },
    });
  });
});

describe('decodeMessageReply', () => {
  it.each([
    ['flat', { success: true, message: message('m1', 1) }],
    ['wrapped', { success: true, data: { message: message('m1', 1) } }],
    ['wrapped once less', { success: true, data: message('m1', 1) }],
    ['with a word beside', { success: true, message: 'Created', data: message('m1', 1) }],
    ['bare', message('m1', 1)],
  ])('reads the envelope: %s', (_name, body) => {
    expect(decodeMessageReply(frozen(body))).toMatchObject({ id: 'm1', content: 'm1' });
  });

  it('completes the row by the channel that is known', () => {
    const body = { message: message('m1', 1, { channel_id: undefined }) };
    expect(decodeMessageReply(frozen(body), { channelId: 'c9' })).toHaveProperty('channelId', 'c9');
    expect(
      decodeMessageReply(frozen({ message: message('m1', 1) }), { channelId: 'c9' }),
    ).toHaveProperty('channelId', 'c1');
  });

  it('throws for a row that cannot be used, without quoting it', () => {
    const body = { message: message('m1', 1, { content: 7, secret: 'planted' }) };
    expect(thrownBy(() => decodeMessageReply(frozen(body)))).toMatchObject({
      code: 'BAD_RESPONSE',
      data: { field: 'message.content' },
    });
    expect(() => decodeMessageReply(frozen(body))).not.toThrow('planted');
  });
});

describe('decodeReactions', () => {
  const rows = [
    { emoji: '👍', count: 3, users: [{ user_id: 'u1' }] },
    { emoji: '' },
    { emoji: '🎉' },
  ];

  it.each([{ reactions: rows }, { data: { reactions: rows } }])('reads %p', (body) => {
    expect(decodeReactions(frozen(body))).toMatchObject({
      reactions: [
        { emoji: '👍', count: 3, users: [{ userId: 'u1', username: null, at: null }] },
        { emoji: '🎉', count: 0, users: [] },
      ],
      rejected: [{ reason: 'missing_id', path: 'reactions.1.emoji' }],
    });
  });
});

describe('decodeUnread', () => {
  it('reads counts, and sums without a total', () => {
    const channels = { c1: 2, c2: '3', c3: null };
    expect(decodeUnread(frozen({ data: { total: '5', channels } }))).toStrictEqual({
      total: 5,
      channels: { c1: 2, c2: 3, c3: 0 },
      rejected: [],
    });
    expect(decodeUnread(frozen({ channels }))).toHaveProperty('total', 5);
  });

  it('sorts hostile ids and bad counts out', () => {
    const body: unknown = JSON.parse('{"channels":{"__proto__":1,"toString":2,"c1":"x","c2":1}}');
    const { total, channels, rejected } = decodeUnread(frozen(body));
    expect(channels).toStrictEqual({ c2: 1 });
    expect(total).toBe(1);
    expect(rejected.map(({ reason }) => reason)).toEqual([
      'hostile_id',
      'hostile_id',
      'invalid_field',
    ]);
  });

  it('throws without counts', () => {
    expect(() => decodeUnread(frozen({ data: { total: 1 } }))).toThrow('no counts by channel');
  });
});
