import { describe, expect, it } from '@jest/globals';

import { decodeMessage, requireRow } from '../../../src/protocol/decodeMessage';
import { Fault } from '../../../src/protocol/fault';
import { frozen } from '../../support/frozen';

const created = '2025-09-01T08:00:31.120Z';
const createdAt = Date.parse(created);
const changed = '2025-09-01T08:01:02.000Z';
const changedAt = Date.parse(changed);

const row = frozen({
  message_id: 'm1',
  channel_id: 'c1',
  user_id: 'u1',
  username: 'omar',
  full_name: 'Omar Haddad',
  avatar_url: null,
  parent_message_id: null,
  type: 'text',
  content: 'build is green',
  metadata: { build: { number: 7 } },
  created_at: created,
  edited_at: null,
  deleted_at: null,
  thread_count: '2',
  reactions: [
    {
      emoji: '👍',
      count: '1',
      users: [{ userId: 'u2', username: 'lina', createdAt: created }],
      has_reacted: true,
    },
  ],
  files: [
    { id: 'f1', name: 'a.png', type: 'image', size: '12', url: '/a.png', mimetype: 'image/png' },
  ],
  is_read: true,
  from_agent: null,
});

describe('decodeMessage', () => {
  it('decodes a whole row', () => {
    expect(decodeMessage(row)).toEqual({
      id: 'm1',
      channelId: 'c1',
      userId: 'u1',
      username: 'omar',
      fullName: 'Omar Haddad',
      avatarUrl: null,
      parentId: null,
      type: 'text',
      content: 'build is green',
      metadata: { build: { number: 7 } },
      createdAt,
      editedAt: null,
      deletedAt: null,
      threadCount: 2,
      reactions: [
        {
          emoji: '👍',
          count: 1,
          users: [{ userId: 'u2', username: 'lina', at: createdAt }],
          mine: true,
        },
      ],
      files: [
        {
          id: 'f1',
          name: 'a.png',
          mime: 'image/png',
          size: 12,
          url: '/a.png',
          thumbnailUrl: null,
        },
      ],
      isRead: true,
      fromAgent: null,
    });
  });

  it('says only what the row said', () => {
    expect(decodeMessage(frozen({ id: 'm1' }))).toStrictEqual({ id: 'm1' });
    expect(decodeMessage(frozen({ id: 'm1', content: 'x' }))).toStrictEqual({
      id: 'm1',
      content: 'x',
    });
  });

  it('takes null as not said where a fact has no null', () => {
    const nulls = frozen({
      id: 'm1',
      channel_id: null,
      content: null,
      created_at: null,
      thread_count: null,
      reactions: null,
      files: null,
      metadata: null,
      is_read: null,
    });
    expect(decodeMessage(nulls)).toStrictEqual({ id: 'm1' });
  });

  it.each([
    ['edited_at wins', { edited_at: created, is_edited: true, updated_at: changed }, createdAt],
    ['null is kept: never edited', { edited_at: null, updated_at: changed }, null],
    [
      'is_edited dates by updated_at',
      { is_edited: true, updated_at: changed, content: 'x' },
      changedAt,
    ],
    ['but not without the text', { is_edited: true, updated_at: changed }, undefined],
    ['nor without a time', { is_edited: true, content: 'x' }, undefined],
    ['is_edited: false is never', { isEdited: false }, null],
    ['updated_at alone says nothing of it', { updated_at: changed, content: 'x' }, undefined],
  ])('dates an edit: %s', (_name, fields, expected) => {
    expect(decodeMessage(frozen({ id: 'm1', ...fields }))).toHaveProperty('id', 'm1');
    const fact = decodeMessage(frozen({ id: 'm1', ...fields })) as { editedAt?: unknown };
    expect(fact.editedAt).toBe(expected);
    expect('editedAt' in fact).toBe(expected !== undefined);
  });

  it('takes the author from a nested account', () => {
    const user = { id: 'u1', username: 'omar', fullName: 'Omar Haddad', avatarUrl: '/o.png' };
    expect(decodeMessage(frozen({ id: 'm1', user }))).toStrictEqual({
      id: 'm1',
      userId: 'u1',
      username: 'omar',
      fullName: 'Omar Haddad',
      avatarUrl: '/o.png',
    });
  });

  it('keeps a userId of null, whatever other aliases are missing', () => {
    expect(decodeMessage(frozen({ id: 'm1', user_id: null }))).toStrictEqual({
      id: 'm1',
      userId: null,
    });
  });

  it('leaves out a kind of message that it does not know', () => {
    expect(decodeMessage(frozen({ id: 'm1', type: 'poll' }))).toStrictEqual({ id: 'm1' });
  });

  it('takes `timestamp` as the message’s time only where the frame is the message', () => {
    const news = frozen({ id: 'm1', timestamp: created });
    expect(decodeMessage(news)).toStrictEqual({ id: 'm1', createdAt });
    expect(decodeMessage(news, false)).toStrictEqual({ id: 'm1' });
  });

  it.each([
    ['id', { message_id: undefined }, 'missing_id'],
    ['id', { message_id: '' }, 'missing_id'],
    ['id', { message_id: '__proto__' }, 'hostile_id'],
    ['id', { message_id: 7 }, 'hostile_id'],
    ['id', { message_id: 'x'.repeat(129) }, 'hostile_id'],
    ['channelId', { channel_id: 'constructor' }, 'hostile_id'],
    ['userId', { user_id: 'toString' }, 'hostile_id'],
    ['parentId', { parent_message_id: {} }, 'hostile_id'],
    ['username', { username: 7 }, 'invalid_field'],
    ['fullName', { full_name: 7 }, 'invalid_field'],
    ['avatarUrl', { avatar_url: [] }, 'invalid_field'],
    ['content', { content: 7 }, 'invalid_field'],
    ['createdAt', { created_at: 'soon' }, 'invalid_field'],
    ['editedAt', { edited_at: 1_756_713_600 }, 'invalid_field'],
    ['updatedAt', { updated_at: 'soon' }, 'invalid_field'],
    ['deletedAt', { deleted_at: true }, 'invalid_field'],
    ['threadCount', { thread_count: -1 }, 'invalid_field'],
    ['reactions', { reactions: {} }, 'invalid_field'],
    ['reactions.0', { reactions: ['👍'] }, 'not_an_object'],
    ['reactions.0.emoji', { reactions: [{ emoji: '__proto__' }] }, 'hostile_id'],
    ['reactions.0.count', { reactions: [{ emoji: '👍', count: 'x' }] }, 'invalid_field'],
    ['reactions.0.users.0.userId', { reactions: [{ emoji: '👍', users: [{}] }] }, 'missing_id'],
    ['files', { files: 'a.png' }, 'invalid_field'],
    ['files.1.id', { files: [{ id: 'f1' }, { name: 'b' }] }, 'missing_id'],
    ['files.0.size', { files: [{ id: 'f1', size: '1 kB' }] }, 'invalid_field'],
    ['metadata', { metadata: 'x' }, 'invalid_field'],
    ['fromAgent', { from_agent: 7 }, 'invalid_field'],
    ['isRead', { is_read: 'yes' }, 'invalid_field'],
  ])('refuses a bad %s: %p', (path, fields, reason) => {
    expect(decodeMessage(frozen({ ...row, ...fields }))).toEqual(new Fault(reason as never, path));
  });

  it('refuses what is no object', () => {
    expect(decodeMessage([row])).toEqual(new Fault('not_an_object'));
  });
});

describe('requireRow', () => {
  it('wants a channel and a text', () => {
    const fact = frozen({ id: 'm1', channelId: 'c1', content: '' });
    expect(requireRow(fact)).toBe(fact);
    expect(requireRow({ id: 'm1', content: 'x' })).toEqual(
      new Fault('missing_channel', 'channelId'),
    );
    expect(requireRow({ id: 'm1', channelId: 'c1' })).toEqual(
      new Fault('invalid_field', 'content'),
    );
  });

  it('takes files without a word, and what is deleted', () => {
    const file = { id: 'f', name: '', mime: null, size: null, url: null, thumbnailUrl: null };
    expect(requireRow({ id: 'm1', channelId: 'c1', files: [file] })).toMatchObject({ content: '' });
    expect(requireRow({ id: 'm1', channelId: 'c1', deletedAt: 5 })).not.toHaveProperty('content');
  });
});
