import { describe, expect, it } from '@jest/globals';

import {
  decodeChannelReply,
  decodeChannels,
  decodeMembers,
  decodeProject,
  decodeProjects,
} from '../../../src/protocol/decodeModels';
import { frozen } from '../../support/frozen';

const time = '2025-08-16T10:04:31.240Z';
const at = Date.parse(time);
const project = { project_id: 'p1', slug: 'hudhud', name: 'Hudhud', color: '#8b5e3c' };

describe('decodeChannels', () => {
  it('reads rows and their last messages by columns', () => {
    const row = {
      channel_id: 'c1',
      name: 'general',
      slug: 'general',
      description: null,
      is_private: false,
      unread_count: 2,
      user_role: null,
      member_count: '4',
      last_message_at: time,
      last_message_id: 'm1',
      last_message_content: 'hi',
      last_message_from: 'u1',
      last_message_created_at: time,
      last_message_username: 'omar',
      last_message: null,
    };
    const list = decodeChannels(frozen({ success: true, channels: [row] }), { projectId: 'p1' });
    expect(list).toStrictEqual({
      channels: [
        {
          id: 'c1',
          projectId: 'p1',
          name: 'general',
          slug: 'general',
          description: null,
          isPrivate: false,
          unreadCount: 2,
          userRole: null,
          memberCount: 4,
          lastMessage: { id: 'm1', content: 'hi', userId: 'u1', username: 'omar', createdAt: at },
        },
      ],
      rejected: [],
    });
  });

  it.each([
    ['an object', { last_message: { message_id: 'm1', content: 'hi', created_at: time } }, 'm1'],
    ['the time of the channel', { ...columns(), last_message_at: time }, 'm1'],
  ])('reads a last message by %s', (_name, row, id) => {
    const { channels } = decodeChannels(frozen({ channels: [{ channel_id: 'c1', ...row }] }));
    expect(channels[0]?.lastMessage).toStrictEqual({
      id,
      content: 'hi',
      userId: null,
      username: null,
      createdAt: at,
    });
  });

  it.each([
    ['nulls: there is none', { last_message_id: null, last_message_content: null }, null],
    ['a null object: there is none', { last_message: null }, null],
    ['half of the columns: not said', { last_message_id: 'm1', last_message_at: time }, undefined],
    ['nothing: not said', {}, undefined],
  ])('reads %s', (_name, row, lastMessage) => {
    const { channels } = decodeChannels(frozen({ channels: [{ channel_id: 'c1', ...row }] }));
    expect(channels[0]?.lastMessage).toBe(lastMessage);
    expect('lastMessage' in (channels[0] ?? {})).toBe(lastMessage !== undefined);
  });

  it('does not take a name that could hurt a table for a person', () => {
    const row = { channel_id: 'c1', ...columns(), last_message_at: time };
    const list = decodeChannels(
      frozen({ channels: [{ ...row, last_message_from: 'constructor' }] }),
    );
    expect(list.channels[0]?.lastMessage).toHaveProperty('userId', null);
  });

  it('keeps the project that a row names', () => {
    const body = { channels: [{ channel_id: 'c1', project_id: 'p2' }] };
    expect(decodeChannels(frozen(body), { projectId: 'p1' }).channels).toStrictEqual([
      { id: 'c1', projectId: 'p2' },
    ]);
  });

  it('sorts bad rows out', () => {
    const rows = [{ name: 'x' }, { channel_id: 'c1', is_private: 'no' }, null, { id: 'c2' }];
    const bad = { channel_id: 'c3', last_message: { message_id: 'm', content: 7 } };
    const list = decodeChannels(frozen({ data: { channels: [...rows, bad] } }));
    expect(list.channels).toStrictEqual([{ id: 'c2' }]);
    expect(list.rejected.map(({ reason, path }) => [reason, path])).toEqual([
      ['missing_id', 'channels.0.id'],
      ['invalid_field', 'channels.1.isPrivate'],
      ['not_an_object', 'channels.2'],
      ['invalid_field', 'channels.4.lastMessage.content'],
    ]);
  });
});

function columns() {
  return { last_message_id: 'm1', last_message_content: 'hi' };
}

describe('decodeChannelReply', () => {
  const channel = { channel_id: 'c1', name: 'general' };

  it.each([{ data: { channel } }, { channel }, { data: channel }])('reads %p', (body) => {
    expect(decodeChannelReply(frozen(body))).toStrictEqual({ id: 'c1', name: 'general' });
  });

  it('throws without a channel', () => {
    expect(() => decodeChannelReply(frozen({ success: true }))).toThrow('missing_id at channel.id');
  });
});

describe('decodeMembers', () => {
  const expected = {
    members: [{ userId: 'u1', role: 'admin', joinedAt: at }],
    users: [{ id: 'u1', username: 'lina', fullName: 'Lina', status: 'away', lastSeen: null }],
    rejected: [],
  };

  it('reads flat rows', () => {
    const row = {
      user_id: 'u1',
      role: 'admin',
      joined_at: time,
      username: 'lina',
      full_name: 'Lina',
    };
    const members = [{ ...row, status: 'away', last_seen: null }];
    expect(decodeMembers(frozen({ members }))).toStrictEqual(expected);
  });

  it.each([{ user_id: 'u1' }, {}])('reads rows nested under user, keyed by %p', (key) => {
    const user = { id: 'u1', username: 'lina', fullName: 'Lina', status: 'away', lastSeen: null };
    const members = [{ ...key, channel_id: 'c1', role: 'admin', joined_at: time, user }];
    expect(decodeMembers(frozen({ data: { members } }))).toStrictEqual(expected);
  });

  it('leaves an account’s status and bare people out', () => {
    const members = [
      { user_id: 'u1', role: 'admin', user: { id: 'u1', username: 'lina', status: 'banned' } },
      { user_id: 'u2' },
    ];
    expect(decodeMembers(frozen({ members }))).toStrictEqual({
      members: [{ userId: 'u1', role: 'admin' }, { userId: 'u2' }],
      users: [{ id: 'u1', username: 'lina' }],
      rejected: [],
    });
  });

  it('sorts bad rows out', () => {
    const members = [
      {},
      { user_id: '__proto__' },
      { user_id: 'u', user: { email: 7 } },
      { user_id: 'v', avatar_url: 7 },
    ];
    const list = decodeMembers(frozen({ members }));
    expect(list).toMatchObject({ members: [], users: [] });
    expect(list.rejected.map(({ reason, path }) => [reason, path])).toEqual([
      ['missing_id', 'members.0.userId'],
      ['hostile_id', 'members.1.userId'],
      ['invalid_field', 'members.2.user.email'],
      ['invalid_field', 'members.3.avatarUrl'],
    ]);
  });
});

describe('decodeProjects and decodeProject', () => {
  const fact = { id: 'p1', slug: 'hudhud', name: 'Hudhud', description: null, color: '#8b5e3c' };

  it('reads lists', () => {
    const projects = [project, { ...project, project_id: undefined }, { ...project, slug: null }];
    const list = decodeProjects(frozen({ projects, count: 3 }));
    expect(list.projects).toStrictEqual([fact]);
    expect(list.rejected).toMatchObject([
      { reason: 'missing_id', path: 'projects.1.id' },
      { reason: 'invalid_field', path: 'projects.2.slug' },
    ]);
  });

  it('reads a project alone', () => {
    const alone = { project: fact, channels: null, members: null, users: [], rejected: [] };
    expect(decodeProject(frozen({ success: true, project }))).toStrictEqual(alone);
    expect(decodeProject(frozen({ data: project }))).toStrictEqual(alone);
  });

  it('reads what was included', () => {
    const body = {
      project,
      channels: [{ channel_id: 'c1' }],
      active_members: [{ user_id: 'u1', username: 'lina', role: 'admin' }],
    };
    expect(decodeProject(frozen(body))).toStrictEqual({
      project: fact,
      channels: [{ id: 'c1', projectId: 'p1' }],
      members: [{ userId: 'u1', role: 'admin' }],
      users: [{ id: 'u1', username: 'lina' }],
      rejected: [],
    });
  });
});
