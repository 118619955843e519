import { describe, expect, it } from '@jest/globals';
import type { MessageFact, MessageRow } from '../../../../src';
import { decodeMessage } from '../../../../src/protocol/decodeMessage';
import { changedWireRow, newWireRow } from '../../../../src/middleware/patch/wireRow';
import { ids, messageId, row as wire } from '../../../support/hudhudAnswers';

const held = wire(1);
const fact = decodeMessage(held) as MessageFact;

/** The row that says what the answer's own row says. */
function shown(over: Partial<MessageRow> = {}): MessageRow {
  return {
    ...{
      key: messageId(1),
      id: messageId(1),
      clientId: null,
      channelId: ids.general,
      parentId: null,
    },
    ...{ type: 'text', content: held.content, files: [], metadata: {}, fromAgent: null },
    ...{ authorId: ids.omar, author: null, isOwn: false, createdAt: Date.parse(held.created_at) },
    ...{ status: 'confirmed', pending: null, isEdited: false, editedAt: null, isDeleted: false },
    ...{ deletedAt: null, threadCount: 0, reactions: [], uploads: [], canEdit: false },
    ...{ canDelete: false, canReact: true, canReply: true, startsDay: false, isGrouped: true },
    ...{ gapBefore: null, isFirstUnread: true, isCached: false },
    ...over,
  };
}

const at = Date.parse('2025-09-01T09:00:00.000Z');

describe('changedWireRow', () => {
  it('is the answer’s own row where nothing is known better', () => {
    expect(changedWireRow(held, fact, shown())).toBe(held);
  });

  it.each<readonly [string, Partial<MessageRow>, Record<string, unknown>]>([
    [
      'a text',
      { content: 'b', editedAt: at },
      { content: 'b', edited_at: '2025-09-01T09:00:00.000Z' },
    ],
    ['replies', { threadCount: 2 }, { thread_count: 2 }],
    ['metadata', { metadata: { a: 1 } }, { metadata: { a: 1 } }],
    [
      'reactions',
      {
        reactions: [
          {
            emoji: '👍',
            count: 1,
            users: [{ userId: ids.me, username: 'lina', at }],
            isMine: true,
            isPending: false,
          },
        ],
      },
      {
        reactions: [
          {
            ...{ emoji: '👍', count: 1, has_reacted: true },
            users: [{ userId: ids.me, username: 'lina', createdAt: '2025-09-01T09:00:00.000Z' }],
          },
        ],
      },
    ],
    [
      'the time of a deletion',
      { isDeleted: true, deletedAt: at },
      { deleted_at: '2025-09-01T09:00:00.000Z' },
    ],
    [
      'what is pending',
      { clientId: 'op', status: 'failed' },
      { client_id: 'op', status: 'failed' },
    ],
  ])('changes %s, and nothing else', (_, over, expected) => {
    expect(changedWireRow(held, fact, shown(over))).toEqual({ ...held, ...expected });
  });

  it('keeps to the spelling of the row', () => {
    const camel = {
      messageId: messageId(1),
      channelId: ids.general,
      message: 'a',
      isEdited: false,
    };
    const told = decodeMessage(camel) as MessageFact;
    const edited = shown({ content: 'b', isEdited: true });
    expect(changedWireRow(camel, told, edited)).toEqual({ ...camel, message: 'b', isEdited: true });
  });
});

describe('newWireRow', () => {
  it('says what the backend would say', () => {
    const { isMine: _, ...user } = { isMine: false, userId: ids.omar };
    const author = { id: user.userId, username: 'omar', fullName: 'Omar', avatarUrl: null };
    // the rest of a person's record is not written
    const made = newWireRow(shown({ author: author as MessageRow['author'] }));
    expect(decodeMessage(made)).toEqual({
      ...{
        ...fact,
        username: 'omar',
        fullName: 'Omar',
        avatarUrl: null,
        parentId: null,
        fromAgent: null,
      },
      ...{ files: [] },
    });
  });

  it('names a message on its way by its send', () => {
    const made = newWireRow(shown({ id: null, key: 'op', clientId: 'op', status: 'queued' }));
    expect(made).toMatchObject({ message_id: 'op', client_id: 'op', status: 'queued' });
  });
});
