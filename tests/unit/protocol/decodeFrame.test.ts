import { describe, expect, it } from '@jest/globals';

import { decodeFrame } from '../../../src/protocol/decodeFrame';
import { decoded, refused } from '../../support/decoding';

const row = { message_id: 'm1', channelId: 'c1', content: 'hi', type: 'text' };

describe('decodeFrame', () => {
  it.each([
    ['named, bare', 'channel_message', row],
    ['named, enveloped', 'channel_message', { type: 'channel_message', data: row }],
    ['default, enveloped', null, { type: 'channel_message', data: row }],
    ['default by the browser’s name, enveloped', 'message', { type: 'channel_message', data: row }],
    ['an unknown name around a known envelope', 'event', { type: 'channel_message', data: row }],
    ['without a name, enveloped', '', { type: 'channel-message', data: row }],
  ])('reads the shape: %s', (_name, event, payload) => {
    expect(decoded(event, payload)).toStrictEqual({
      type: 'channel_message',
      op: 'create',
      message: { id: 'm1', channelId: 'c1', content: 'hi', type: 'text' },
    });
  });

  it.each([null, 'message'])('reads default, bare with its type (%p)', (event) => {
    const bare = { ...row, type: 'channel_message' };
    expect(decoded(event, bare)).toStrictEqual({
      type: 'channel_message',
      op: 'create',
      message: { id: 'm1', channelId: 'c1', content: 'hi' },
    });
  });

  it.each([null, 'message'])('takes the type of a bare message for its own (%p)', (event) => {
    for (const type of ['text', 'image', 'file', 'system', 'agent', undefined]) {
      expect(decoded(event, { ...row, type })).toMatchObject({ type: 'message', op: 'create' });
    }
    expect(decoded(event, { ...row, type: 'poll' })).toMatchObject({ type: 'message' });
  });

  it('does not take a message with `data` for an envelope', () => {
    expect(decoded('message', { ...row, data: { message_id: 'm2' } })).toMatchObject({
      message: { id: 'm1', type: 'text' },
    });
  });

  it.each([
    ['new-message', row, { type: 'message', op: 'create' }],
    ['message-updated', row, { type: 'message', op: 'edit' }],
    ['message-deleted', { messageId: 'm1' }, { type: 'message', op: 'delete' }],
    ['user-typing', { userId: 'u', channelId: 'c', isTyping: false }, { isTyping: false }],
    ['presence-changed', { userId: 'u', status: 'busy' }, { type: 'presence', status: 'busy' }],
    ['channel-event', { action: 'member_left', channelId: 'c' }, { op: 'memberLeft' }],
  ])('reads the Socket.IO twin’s name %s', (event, payload, expected) => {
    expect(decoded(event, payload)).toMatchObject(expected);
  });

  it.each([
    ['invalid_json', 'ping', 'not json', 'ping'],
    ['invalid_json', null, '', null],
    ['not_an_object', 'ping', '[]', 'ping'],
    ['not_an_object', 'ping', 'null', 'ping'],
    ['not_an_object', 'ping', '"x"', 'ping'],
    ['unknown_type', 'confetti', '{}', 'confetti'],
    ['unknown_type', '__proto__', '{}', '__proto__'],
    ['unknown_type', null, '{"type":"confetti","data":{}}', 'confetti'],
    ['unknown_type', 'message', '{"type":"confetti"}', 'confetti'],
    ['unknown_type', null, '{"type":7}', null],
    ['missing_id', null, '{}', 'message'],
  ])('rejects %s: %p %s', (reason, event, data, eventType) => {
    expect(refused(event, data)).toMatchObject({ reason, eventType, sample: data });
  });

  it('does not parse a frame over the limit', () => {
    const frame = { event: 'ping', data: '{"timestamp":null}' };
    expect(decodeFrame(frame, { maxLength: 18 })).toHaveProperty('event');
    expect(decodeFrame(frame, { maxLength: 17 })).toMatchObject({
      rejected: { reason: 'too_large', eventType: 'ping', size: 18 },
    });
    const long = { event: 'ping', data: 'x'.repeat(1_000_001) };
    expect(decodeFrame(long)).toMatchObject({ rejected: { reason: 'too_large' } });
  });

  it('survives nesting without end', () => {
    const deep = '{"data":'.repeat(50_000) + '1' + '}'.repeat(50_000);
    expect(refused('channel_message', deep)).toMatchObject({ reason: 'missing_id' });
    const metadata = `{"id":"m","channelId":"c","content":"","metadata":${deep}}`;
    expect(decodeFrame({ event: 'message', data: metadata })).toHaveProperty('event');
  });

  it('takes no hostile key over', () => {
    const data =
      '{"__proto__":{"polluted":1},"message_id":"m","channelId":"c","content":"x",' +
      '"metadata":{"__proto__":{"polluted":1},"constructor":{"prototype":1},"ok":1}}';
    const result = decodeFrame({ event: 'message', data });
    expect(result).toHaveProperty('event.message.metadata', { ok: 1 });
    expect({}).not.toHaveProperty('polluted');
  });
});
