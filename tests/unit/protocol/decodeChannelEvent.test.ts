import { describe, expect, it } from '@jest/globals';

import { decoded, refused } from '../../support/decoding';

describe('decodeChannelEvent', () => {
  it.each([
    ['created', 'created'],
    ['channel_created', 'created'],
    ['updated', 'updated'],
    ['channel-updated', 'updated'],
    ['deleted', 'deleted'],
    ['channel_deleted', 'deleted'],
    ['member_joined', 'memberJoined'],
    ['member_left', 'memberLeft'],
    ['member_updated', 'memberUpdated'],
    ['member_role_changed', 'memberUpdated'],
  ])('reads %s as %s', (action, op) => {
    expect(decoded('channel_event', { action, channelId: 'c1' })).toStrictEqual({
      type: 'channel_event',
      op,
      channelId: 'c1',
    });
  });

  it('reads a member', () => {
    const said = { channel_id: 'c1', user_id: 'u1', username: 'omar', new_role: 'admin' };
    expect(decoded('channel_event', { action: 'member_role_changed', ...said })).toStrictEqual({
      type: 'channel_event',
      op: 'memberUpdated',
      channelId: 'c1',
      userId: 'u1',
      username: 'omar',
      role: 'admin',
    });
  });

  it.each([
    ['nested', { channel: { channel_id: 'c1', name: 'general', member_count: '4' } }],
    ['nested, its id outside', { channelId: 'c1', channel: { name: 'general', memberCount: 4 } }],
    ['flat', { channelId: 'c1', name: 'general', member_count: 4 }],
  ])('reads the change of a channel: %s', (_name, said) => {
    expect(decoded('channel_event', { action: 'channel_updated', ...said })).toStrictEqual({
      type: 'channel_event',
      op: 'updated',
      channelId: 'c1',
      channel: { id: 'c1', name: 'general', memberCount: 4 },
    });
  });

  it('does not take flat news of a member for news of the channel', () => {
    const said = { action: 'member_joined', channelId: 'c1', channelName: 'general' };
    expect(decoded('channel_event', said)).not.toHaveProperty('channel');
  });

  it.each([
    ['unknown_action', 'action', { channelId: 'c1' }],
    ['unknown_action', 'action', { channelId: 'c1', action: 'archived' }],
    ['missing_id', 'channelId', { action: 'channel_deleted' }],
    ['hostile_id', 'channel.id', { action: 'created', channel: { channel_id: '__proto__' } }],
    ['hostile_id', 'channelId', { action: 'member_left', channelId: 7 }],
    ['invalid_field', 'channel.name', { action: 'updated', channelId: 'c1', name: 7 }],
  ])('refuses with %s at %s', (reason, path, payload) => {
    expect(refused('channel_event', payload)).toMatchObject({ reason, path });
  });
});
