import { describe, expect, it } from '@jest/globals';

import { decoded, refused } from '../../support/decoding';

const time = '2025-09-01T08:00:00.000Z';
const at = Date.parse(time);

describe('the stream’s own events', () => {
  it('reads init', () => {
    const said = { userId: 'u1', username: 'lina', channels: ['c1', 'c2'], timestamp: time };
    expect(decoded('init', said)).toStrictEqual({
      type: 'init',
      userId: 'u1',
      username: 'lina',
      channelIds: ['c1', 'c2'],
      timestamp: at,
    });
    expect(decoded('init', { user_id: 'u1' })).toStrictEqual({
      type: 'init',
      userId: 'u1',
      username: null,
      timestamp: null,
    });
  });

  it('reads the channels of init as rows too', () => {
    const channels = [{ channel_id: 'c1', name: 'general' }, { id: 'c2' }];
    expect(decoded('init', { userId: 'u1', channels })).toHaveProperty('channelIds', ['c1', 'c2']);
  });

  it('reads connection and ping', () => {
    const said = { status: 'connected', userId: 'u1', timestamp: at };
    expect(decoded('connection', said)).toStrictEqual({ type: 'connection', ...said });
    expect(decoded('ping', { timestamp: String(at) })).toStrictEqual({
      type: 'ping',
      timestamp: at,
    });
    expect(decoded('ping', {})).toStrictEqual({ type: 'ping', timestamp: null });
    expect(decoded(null, { type: 'ping' })).toStrictEqual({ type: 'ping', timestamp: null });
  });

  it('reads channel_init', () => {
    const said = {
      channel: { channel_id: 'c1', name: 'general' },
      members: [
        { user_id: 'u1', username: 'lina', status: 'online', role: 'admin', joined_at: time },
        { user_id: 'u2', role: 'member' },
      ],
      timestamp: time,
    };
    expect(decoded('channel_init', said)).toStrictEqual({
      type: 'channel_init',
      channel: { id: 'c1', name: 'general' },
      members: [
        {
          userId: 'u1',
          role: 'admin',
          joinedAt: at,
          user: { id: 'u1', username: 'lina', status: 'online' },
        },
        { userId: 'u2', role: 'member' },
      ],
      timestamp: at,
    });
    expect(decoded('channel_init', { channel: 'c1' })).toStrictEqual({
      type: 'channel_init',
      channel: { id: 'c1' },
      members: [],
      timestamp: null,
    });
  });

  it.each([
    ['init', 'missing_id', 'userId', {}],
    ['init', 'hostile_id', 'channelIds.1', { userId: 'u1', channels: ['c1', '__proto__'] }],
    ['init', 'missing_id', 'channelIds.0', { userId: 'u1', channels: [{}] }],
    ['init', 'invalid_field', 'channelIds', { userId: 'u1', channels: 3 }],
    ['connection', 'invalid_field', 'status', {}],
    ['ping', 'invalid_field', 'timestamp', { timestamp: 'now' }],
    ['channel_init', 'missing_id', 'channel.id', {}],
    ['channel_init', 'missing_id', 'members.0.userId', { channel: 'c1', members: [{}] }],
    ['channel_init', 'invalid_field', 'timestamp', { channel: 'c1', timestamp: 'now' }],
  ])('refuses %s with %s at %s', (event, reason, path, payload) => {
    expect(refused(event, payload)).toMatchObject({ reason, path, eventType: event });
  });
});
