import { describe, expect, it } from '@jest/globals';

import { decoded, refused } from '../../support/decoding';

const payload = { message_id: 'm1', user_id: 'u1', emoji: '👍' };

describe('decodeReactionEvent', () => {
  it.each([
    ['reaction', { ...payload, type: 'reaction_added' }, 'add'],
    ['reaction', { ...payload, type: 'reaction_removed' }, 'remove'],
    ['reaction', { ...payload, action: 'add' }, 'add'],
    ['reaction', { ...payload, action: 'removed' }, 'remove'],
    ['reaction', { ...payload, type: 'reaction', action: 'reaction_removed' }, 'remove'],
    ['reaction-added', payload, 'add'],
    ['reaction_removed', payload, 'remove'],
    [null, { ...payload, type: 'reaction_removed' }, 'remove'],
    [null, { type: 'reaction_added', data: payload }, 'add'],
  ])('reads %s %p', (event, said, op) => {
    expect(decoded(event, said)).toStrictEqual({
      type: 'reaction',
      op,
      messageId: 'm1',
      userId: 'u1',
      username: null,
      emoji: '👍',
      at: null,
    });
  });

  it.each(['timestamp', 'created_at', 'createdAt', 'updated_at', 'updatedAt'])(
    'dates it by %s',
    (name) => {
      const event = decoded('reaction', { ...payload, action: 'add', [name]: 1_756_713_631_120 });
      expect(event).toHaveProperty('at', 1_756_713_631_120);
    },
  );

  it('reads camelCase and what may be missing', () => {
    const said = { messageId: 'm', userId: 'u', emoji: '👍', channelId: 'c', username: 'omar' };
    expect(decoded('reaction', { ...said, action: 'add' })).toMatchObject({
      messageId: 'm',
      channelId: 'c',
      username: 'omar',
    });
  });

  it.each([
    ['unknown_action', 'action', {}],
    ['unknown_action', 'action', { action: 'toggled' }],
    ['missing_id', 'messageId', { action: 'add', message_id: null }],
    ['missing_id', 'userId', { action: 'add', user_id: undefined }],
    ['missing_id', 'emoji', { action: 'add', emoji: '' }],
    ['hostile_id', 'emoji', { action: 'add', emoji: 'constructor' }],
    ['hostile_id', 'channelId', { action: 'add', channelId: 7 }],
    ['invalid_field', 'at', { action: 'add', timestamp: 5 }],
  ])('refuses with %s at %s', (reason, path, fields) => {
    expect(refused('reaction', { ...payload, ...fields })).toMatchObject({ reason, path });
  });
});
