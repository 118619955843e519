import { describe, expect, it } from '@jest/globals';

import { decoded, refused } from '../../support/decoding';

const time = '2025-09-01T08:00:31.120Z';

describe('decodePresence', () => {
  it.each([
    [{ action: 'join' }, 'online'],
    [{ action: 'leave' }, 'offline'],
    [{ action: 'update', updates: { status: 'away' } }, 'away'],
    [{ action: 'update', status: 'busy' }, 'busy'],
    [{ status: 'Online' }, 'online'],
  ])('reads %p as %s', (said, status) => {
    expect(decoded('presence', { ...said, userId: 'u1' })).toStrictEqual({
      type: 'presence',
      userId: 'u1',
      status,
    });
  });

  it('reads all that may be said', () => {
    const said = {
      action: 'update',
      user_id: 'u1',
      username: 'omar',
      updates: { status: 'away', last_seen: time, current_channel: 'c2' },
      channelId: 'c1',
      onlineCount: '4',
      timestamp: time,
    };
    expect(decoded('presence', said)).toStrictEqual({
      type: 'presence',
      userId: 'u1',
      status: 'away',
      username: 'omar',
      lastSeen: Date.parse(time),
      currentChannel: 'c2',
      onlineCount: 4,
      timestamp: Date.parse(time),
    });
  });

  it('takes the channel of a join, but not the one that was left', () => {
    const said = { userId: 'u1', channelId: 'c1' };
    expect(decoded('presence', { ...said, action: 'join' })).toHaveProperty('currentChannel', 'c1');
    expect(decoded('presence', { ...said, action: 'leave' })).not.toHaveProperty('currentChannel');
  });

  it.each([
    ['missing_id', 'userId', { action: 'join', userId: undefined }],
    ['unknown_action', 'action', { action: 'dance' }],
    ['invalid_field', 'status', { action: 'update' }],
    ['invalid_field', 'status', { status: 'invisible' }],
    ['invalid_field', 'onlineCount', { action: 'join', onlineCount: -1 }],
    ['invalid_field', 'lastSeen', { action: 'leave', lastSeen: 'long ago' }],
  ])('refuses with %s at %s: %p', (reason, path, fields) => {
    expect(refused('presence', { userId: 'u1', ...fields })).toMatchObject({ reason, path });
  });
});
