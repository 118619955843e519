import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import { uploadDone, uploadRequested } from '../../../src/actions/outbox';
import { createRestClient } from '../../../src/api/rest';
import { alreadyTold, requestOf } from '../../../src/middleware/outboxRequest';
import { operationsOf } from '../../../src/state/outboxState';
import type { HttpRequest } from '../../../src/transport/httpRequest';
import { general, lina, minute } from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import {
  deleteWished,
  editWished,
  foldOutbox,
  reactWished,
  readWished,
  sendWished,
} from '../../support/wishes';

/** Asks for what is wished; gives the request and what its answer told. */
async function ask(answer: unknown, wishes: readonly UnknownAction[], key: string | null = null) {
  const state = foldOutbox(wishes);
  const [operation] = operationsOf(state, general);
  if (operation === undefined) throw new Error('nothing is wished');
  const requests: HttpRequest<unknown>[] = [];
  const rest = createRestClient({
    request(request) {
      requests.push(request);
      return Promise.resolve(request.decode(answer));
    },
  });
  const told = await requestOf(operation, state.uploads, rest, key);
  const [request, ...others] = requests;
  expect(others).toEqual([]);
  return { told, operation, asked: [request?.method, request?.path, request?.body], request };
}

const row = (more: Record<string, unknown> = {}) => ({
  ...{ message_id: 'm1', user_id: lina, content: 'hello', created_at: '2025-09-01T08:04:00.000Z' },
  ...more,
});
const success = { success: true };

describe('the request of an operation', () => {
  it('posts a message with its nonce, and tells the row, which lies in its channel', async () => {
    const { asked, told } = await ask({ ...success, message: row() }, [sendWished('s1')]);
    const body = { content: 'hello', channelId: general, type: 'text' };
    expect(asked).toEqual([
      ...['POST', '/chat/messages'],
      { ...body, metadata: { client_id: 's1' } },
    ]);
    expect(told.deleted).toBeNull();
    expect(told.message).toMatchObject({ id: 'm1', channelId: general, content: 'hello' });
  });

  it('posts a reply into its thread', async () => {
    const wish = sendWished('s1', 'hello', { parentId: 'p1', messageType: 'image' });
    const { asked } = await ask({ ...success, message: row() }, [wish]);
    expect(asked[2]).toMatchObject({ parentMessageId: 'p1', type: 'image' });
  });

  it('tells what the server made of the files that go with a message, in their order', async () => {
    const upload = (uploadId: string) =>
      uploadRequested({
        ...{ uploadId, name: 'a', size: 1, mime: '', channelId: general, at: minute(2) },
      });
    const done = (uploadId: string, id: string, mime: string | null) => {
      const file = { id, name: 'شعار', mime, size: 7, url: `/f/${id}`, thumbnailUrl: null };
      return uploadDone({ uploadId, file });
    };
    const { asked } = await ask({ ...success, message: row() }, [
      ...[upload('u1'), upload('u2'), done('u2', 'f2', null), done('u1', 'f1', 'image/png')],
      sendWished('s1', 'hello', { uploadIds: ['u1', 'u2'] }),
    ]);
    const common = { name: 'شعار', size: 7, thumbnail_url: null };
    expect(asked[2]).toMatchObject({
      metadata: {
        client_id: 's1',
        files: [
          { ...common, id: 'f1', url: '/f/f1', type: 'image', mimetype: 'image/png' },
          { ...common, id: 'f2', url: '/f/f2', type: 'file', mimetype: null },
        ],
      },
    });
  });

  it('carries the key of the operation where the backend knows one, and else none', async () => {
    const answer = { ...success, message: row() };
    const named = await ask(answer, [sendWished('s1')], 'Idempotency-Key');
    expect(named.request?.headers).toEqual({ 'Idempotency-Key': 's1' });
    const plain = await ask(answer, [sendWished('s1')]);
    expect(plain.request?.headers).toEqual({});
  });

  it.each([
    ['flat', { ...success, message: row() }],
    ['wrapped (D27)', { ...success, data: { message: row() } }],
  ])('puts a new text, and takes a %s answer', async (_name, answer) => {
    const { asked, told } = await ask(answer, [editWished('e1', 'm/1', 'hello')]);
    expect(asked).toEqual(['PUT', '/chat/messages/m%2F1', { content: 'hello' }]);
    expect(told.message).toMatchObject({ id: 'm1', channelId: general });
  });

  it('deletes, and tells that it is gone', async () => {
    const { asked, told, operation } = await ask(success, [deleteWished('d1', 'm1')]);
    expect(asked).toEqual(['DELETE', '/chat/messages/m1', undefined]);
    expect(told).toEqual({ message: null, deleted: { channelId: general, messageId: 'm1' } });
    expect(alreadyTold(operation)).toEqual(told);
  });

  it('adds a reaction and takes it back', async () => {
    const added = await ask(success, [reactWished('r1', 'm1')]);
    expect(added.asked).toEqual(['POST', '/chat/messages/m1/reactions', { emoji: '👍' }]);
    expect(added.told).toEqual({ message: null, deleted: null });
    expect(alreadyTold(added.operation)).toEqual(added.told);
    const removed = await ask(success, [reactWished('r1', 'm1', false)]);
    const path = `/chat/messages/m1/reactions/${encodeURIComponent('👍')}`;
    expect(removed.asked).toEqual(['DELETE', path, undefined]);
  });

  it('names what was read', async () => {
    const wish = readWished('k1', 'm2', minute(2), { messageIds: ['m1', 'm2'] });
    const { asked, told } = await ask(success, [frozen(wish)]);
    expect(asked).toEqual(['POST', '/chat/messages/read', { messageIds: ['m1', 'm2'] }]);
    expect(told).toMatchObject({ message: null, deleted: null });
  });

  it('rejects where an answer has no message: nobody knows what became of it', async () => {
    await expect(ask(success, [sendWished('s1')])).rejects.toThrow();
  });
});
