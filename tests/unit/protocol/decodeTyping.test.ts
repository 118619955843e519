import { describe, expect, it } from '@jest/globals';

import { decoded, refused } from '../../support/decoding';

const payload = { channelId: 'c1', userId: 'u1' };

describe('decodeTyping', () => {
  it.each([
    ['typing', payload, true],
    ['typing', { ...payload, isTyping: true }, true],
    ['typing', { ...payload, isTyping: false }, false],
    ['typing', { ...payload, is_typing: false }, false],
    ['typing', { ...payload, action: 'stop' }, false],
    ['typing_start', payload, true],
    ['typing-stop', payload, false],
    [null, { type: 'typing_stop', data: payload }, false],
  ])('reads %s %p as %p', (event, said, isTyping) => {
    expect(decoded(event, said)).toStrictEqual({
      type: 'typing',
      channelId: 'c1',
      userId: 'u1',
      username: null,
      isTyping,
    });
  });

  it('reads snake_case', () => {
    expect(decoded('typing', { channel_id: 'c1', user_id: 'u1', username: 'omar' })).toMatchObject({
      channelId: 'c1',
      userId: 'u1',
      username: 'omar',
    });
  });

  it.each([
    ['missing_id', 'channelId', { channelId: null }],
    ['hostile_id', 'userId', { userId: 'valueOf' }],
    ['invalid_field', 'isTyping', { isTyping: 'yes' }],
    ['invalid_field', 'username', { username: 7 }],
  ])('refuses with %s at %s', (reason, path, fields) => {
    expect(refused('typing', { ...payload, ...fields })).toMatchObject({ reason, path });
  });
});
