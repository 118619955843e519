import { describe, expect, it } from '@jest/globals';

import { decodeSnapshot } from '../../../src/protocol/decodeSnapshot';
import { thrownBy } from '../../support/decoding';
import { frozen } from '../../support/frozen';

const time = '2025-08-16T10:04:31.240Z';
const at = Date.parse(time);

const message = {
  message_id: 'm1',
  channel_id: 'c1',
  user_id: 'u2',
  username: 'omar',
  avatar_url: '/old.png',
  content: 'hi',
  created_at: time,
};

const body = frozen({
  success: true,
  project: { project_id: 'p1', slug: 'hudhud', name: 'Hudhud', description: null, color: null },
  channels: [
    { channel_id: 'c2', name: 'random', unread_count: 0, last_message: null },
    { channel_id: 'c1', name: 'general', unread_count: 2, user_role: 'admin', member_count: 2 },
  ],
  active_members: [
    { user_id: 'u1', username: 'lina', status: 'online', role: 'admin', joined_at: time },
    { user_id: 'u2', username: 'omar', status: 'away', role: 'member', avatar_url: '/new.png' },
  ],
  messages: [message],
  current_channel: {
    channel_id: 'c1',
    project_id: 'p1',
    name: 'general',
    created_at: time,
    member_count: '2',
    last_message_id: 'm1',
    last_message_at: time,
  },
  messages_included: true,
  stats: { total_channels: 2, unread_total: '2', members_online: 1 },
  pagination: { has_more: true, oldest_message_id: 'm0', newest_message_id: null },
  typing_users: [
    { user_id: 'u2', user: { username: 'omar' }, is_typing: true },
    { user_id: 'u1', is_typing: false },
  ],
  typing_indicator: null,
});

describe('decodeSnapshot', () => {
  it('takes a workspace apart', () => {
    expect(decodeSnapshot(body)).toStrictEqual({
      project: { id: 'p1', slug: 'hudhud', name: 'Hudhud', description: null, color: null },
      channels: [
        { id: 'c2', projectId: 'p1', name: 'random', unreadCount: 0, lastMessage: null },
        {
          id: 'c1',
          projectId: 'p1',
          name: 'general',
          unreadCount: 2,
          userRole: 'admin',
          memberCount: 2,
          createdAt: at,
        },
      ],
      currentChannelId: 'c1',
      members: [
        { userId: 'u1', role: 'admin', joinedAt: at },
        { userId: 'u2', role: 'member' },
      ],
      users: [
        { id: 'u2', username: 'omar', avatarUrl: '/new.png', status: 'away' },
        { id: 'u1', username: 'lina', status: 'online' },
      ],
      page: {
        channelId: 'c1',
        messages: [
          {
            id: 'm1',
            channelId: 'c1',
            userId: 'u2',
            username: 'omar',
            avatarUrl: '/old.png',
            content: 'hi',
            createdAt: at,
          },
        ],
        hasMore: true,
        oldestId: 'm0',
        newestId: 'm1',
      },
      typing: [{ userId: 'u2', username: 'omar' }],
      unreadTotal: 2,
      membersOnline: 1,
      fallbackReason: null,
      rejected: [],
    });
  });

  it('reads the data-wrapped form alike', () => {
    const { success, ...data } = body;
    expect(decodeSnapshot(frozen({ success, data }))).toStrictEqual(decodeSnapshot(body));
  });

  it.each([
    ['messages_included: false', { messages_included: false, messages: [] }],
    ['no messages', { messages: undefined }],
    ['no open channel', { current_channel: null, messages: [] }],
  ])('has no page with %s', (_name, fields) => {
    expect(decodeSnapshot(frozen({ ...body, ...fields })).page).toBeNull();
  });

  it('says why another channel was opened', () => {
    const fallback = { fallback_used: true, requested_channel: 'x' };
    const reason = { ...fallback, fallback_reason: 'not found' };
    expect(decodeSnapshot(frozen({ ...body, ...reason })).fallbackReason).toBe('not found');
    expect(decodeSnapshot(frozen({ ...body, ...fallback })).fallbackReason).toBe('');
  });

  it('sorts bad rows out of every list', () => {
    const hostile = {
      channels: [...body.channels, { channel_id: '__proto__' }, { name: 'no id' }],
      messages: [message, { ...message, message_id: undefined }, { ...message, channel_id: 'c2' }],
      active_members: [...body.active_members, { user_id: 'constructor' }],
      typing_users: [{}],
    };
    const snapshot = decodeSnapshot(frozen({ ...body, ...hostile }));
    const { rejected, typing, ...rest } = decodeSnapshot(body);
    expect(rejected).toEqual([]);
    expect(typing).toHaveLength(1);
    expect(snapshot).toMatchObject(rest);
    expect(snapshot.rejected.map(({ reason, path }) => [reason, path])).toEqual([
      ['hostile_id', 'channels.2.id'],
      ['missing_id', 'channels.3.id'],
      ['missing_id', 'messages.1.id'],
      ['foreign_row', 'messages.2.channelId'],
      ['hostile_id', 'active_members.2.userId'],
      ['missing_id', 'typing_users.0.userId'],
    ]);
  });

  it.each([
    ['project.id', { project: null }],
    ['channels', { channels: undefined }],
    ['channels', { channels: {} }],
    ['messages', { messages: 'none' }],
    ['current_channel', { current_channel: { channel_id: '__proto__' } }],
  ])('throws without a usable %s', (field, fields) => {
    expect(thrownBy(() => decodeSnapshot(frozen({ ...body, ...fields })))).toMatchObject({
      code: 'BAD_RESPONSE',
      data: { field },
    });
  });
});
