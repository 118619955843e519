import { describe, expect, it } from '@jest/globals';
import { decodeOperation, decodeStoredUpload } from '../../../src/protocol/decodeOperation';
import { Fault } from '../../../src/protocol/fault';
import type { Operation, OperationBase, SendOperation } from '../../../src/protocol/operations';

const base: OperationBase = {
  ...{ opId: 'op1', channelId: 'c1', at: 5, status: 'queued', attempts: 0, notBefore: null },
  ...{ code: null, startedAs: null, ackedAs: null },
};
const send: SendOperation = {
  ...{ ...base, kind: 'send', parentId: null, content: 'hello', messageType: 'text' },
  ...{ uploadIds: ['u1'], authorId: 'lina', since: { at: 4, ids: ['m1'] }, candidates: [] },
  mayMatch: true,
};
const all: readonly Operation[] = [
  send,
  { ...send, status: 'uncertain', code: 'TIMEOUT', mayExist: true, since: null },
  { ...base, kind: 'edit', target: 'm1', content: '' },
  { ...base, kind: 'delete', target: 'm1', notBefore: 9 },
  { ...base, kind: 'react', target: 'm1', emoji: '👍', on: false, userId: null },
  { ...base, kind: 'read', target: 'm1', upTo: 4, messageIds: ['m0', 'm1'] },
];

describe('decodeOperation', () => {
  it.each(all)('takes what this package wrote: %j', (operation) => {
    expect(decodeOperation(JSON.parse(JSON.stringify(operation)))).toEqual(operation);
  });

  it('leaves out what it does not know, and what is of one visit only', () => {
    expect(decodeOperation({ ...send, durable: false, token: 'secret' })).toEqual(send);
  });

  it.each<readonly [string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['an unknown kind', { ...send, kind: 'shout' }],
    ['a hostile kind', { ...send, kind: 'constructor' }],
    ['a hostile id', { ...send, opId: '__proto__' }],
    ['a hostile emoji', { ...all[4], emoji: 'toString' }],
    ['no text', { ...send, content: undefined }],
    ['a text that is none', { ...send, content: { toString: 'x' } }],
    ['an unknown status', { ...send, status: 'lost' }],
    ['a time that is none', { ...send, at: Infinity }],
    ['a moment that is none', { ...send, notBefore: NaN }],
    ['attempts below none', { ...send, attempts: -1 }],
    ['a code that is none', { ...send, code: '<b>' }],
    ['files that are none', { ...send, uploadIds: 'u1' }],
    ['a place that is none', { ...send, since: { at: 'now', ids: [] } }],
  ])('refuses %s', (_, value) => {
    expect(decodeOperation(value)).toBeInstanceOf(Fault);
  });
});

describe('decodeStoredUpload', () => {
  const ref = { uploadId: 'u1', name: 'a.txt', size: 3, mime: 'text/plain' };
  const file = { id: 'f1', name: 'a.txt', size: 3, mime: 'text/plain', url: '/f1' };

  it('takes a file that the server has, and one that it has not', () => {
    expect(decodeStoredUpload({ ...ref, file: { ...file, type: file.mime } })).toEqual({
      ...ref,
      file: { ...file, thumbnailUrl: null },
    });
    expect(decodeStoredUpload({ ...ref, file: null })).toEqual({ ...ref, file: null });
  });

  it.each([null, 7, { ...ref }, { ...ref, file: 7 }, { ...ref, size: -1, file: null }])(
    'refuses %j',
    (value) => {
      expect(decodeStoredUpload(value)).toBeInstanceOf(Fault);
    },
  );
});
