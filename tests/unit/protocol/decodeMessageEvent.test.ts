import { describe, expect, it } from '@jest/globals';

import { decoded, refused } from '../../support/decoding';

const time = '2025-09-01T08:00:31.120Z';
const row = { message_id: 'm1', channelId: 'c1', user_id: 'u1', content: 'hi', created_at: time };

describe('decodeMessageEvent', () => {
  it.each([
    ['create', [undefined, null, 'created', 'create', 'new', 'new_message', 'New-Message']],
    ['edit', ['updated', 'update', 'edited', 'edit', 'message_updated', 'message-updated']],
    ['delete', ['deleted', 'delete', 'removed', 'message_deleted', 'Message-Deleted']],
  ])('reads %s by any of its names', (op, actions) => {
    for (const type of ['message', 'channel_message', 'broadcast']) {
      for (const action of actions) {
        expect(decoded(type, { ...row, action })).toMatchObject({
          type,
          op,
          message: { id: 'm1' },
        });
      }
    }
  });

  it.each(['pinned', 7, {}, 'constructor'])('refuses the action %p', (action) => {
    expect(refused('channel_message', { ...row, action })).toMatchObject({
      reason: 'unknown_action',
      eventType: 'channel_message',
      path: 'action',
    });
  });

  it('keeps an edited row without an action a create', () => {
    expect(decoded('channel_message', { ...row, edited_at: time })).toMatchObject({
      op: 'create',
      message: { editedAt: Date.parse(time) },
    });
  });

  it.each([undefined, 'created', 'updated'])(
    'reads deleted_at as a delete, whatever the action (%p)',
    (action) => {
      expect(decoded('message', { ...row, action, deleted_at: time })).toMatchObject({
        op: 'delete',
        message: { id: 'm1', content: 'hi', deletedAt: Date.parse(time) },
      });
    },
  );

  it('takes edits and deletes by the id alone', () => {
    expect(decoded('channel_message', { action: 'updated', id: 'm1' })).toStrictEqual({
      type: 'channel_message',
      op: 'edit',
      message: { id: 'm1' },
    });
    expect(
      decoded('message', { action: 'deleted', messageId: 'm1', timestamp: time }),
    ).toStrictEqual({ type: 'message', op: 'delete', message: { id: 'm1' } });
  });

  it('does not let the row of before deny the delete', () => {
    const event = decoded('channel_message', { ...row, action: 'deleted', deleted_at: null });
    expect(event).toMatchObject({ op: 'delete' });
    expect(event).not.toHaveProperty('message.deletedAt');
  });

  it.each([
    ['missing_id', 'id', { message_id: undefined }],
    ['missing_channel', 'channelId', { channelId: null }],
    ['invalid_field', 'content', { content: null }],
  ])('refuses a create with %s', (reason, path, fields) => {
    expect(refused('channel_message', { ...row, ...fields })).toMatchObject({ reason, path });
  });

  describe('broadcast', () => {
    it.each([
      [{ type: 'system', message: 'maintenance at ten' }, 'system'],
      [{ type: 'alert', content: 'maintenance at ten' }, 'alert'],
      [{ type: 'alert', message: 'maintenance at ten', channelId: 'c1' }, 'alert'],
      [{ message: 'maintenance at ten' }, 'system'],
      [{ id: 'notice-1', type: 'system', message: 'maintenance at ten' }, 'system'],
    ])('is a notice: %p', (payload, level) => {
      expect(decoded('broadcast', payload)).toStrictEqual({
        type: 'broadcast',
        op: 'notice',
        level,
        text: 'maintenance at ten',
        timestamp: null,
      });
    });

    it('dates a notice', () => {
      expect(decoded('broadcast', { message: 'x', timestamp: time })).toMatchObject({
        timestamp: Date.parse(time),
      });
    });

    it('is a message where it names one', () => {
      expect(decoded('broadcast', { ...row, type: 'system' })).toMatchObject({
        op: 'create',
        message: { id: 'm1', type: 'system' },
      });
      const { message_id: id, ...rest } = row;
      expect(decoded('broadcast', { id, ...rest })).toMatchObject({ op: 'create' });
    });

    it('is a delete with an id alone', () => {
      expect(decoded('broadcast', { message_id: 'm1', action: 'deleted' })).toStrictEqual({
        type: 'broadcast',
        op: 'delete',
        message: { id: 'm1' },
      });
    });

    it.each([
      ['missing_channel', { message_id: 'm1', content: 'hi' }],
      ['missing_id', { channelId: 'c1', content: 'hi' }],
      ['invalid_field', { type: 'system' }],
      ['invalid_field', { type: 'system', message: 'x', timestamp: 'soon' }],
    ])('is refused with %s: %p', (reason, payload) => {
      expect(refused('broadcast', payload)).toMatchObject({ reason });
    });
  });
});
