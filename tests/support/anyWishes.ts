import fc from 'fast-check';
import { pageReceived } from '../../src/actions/history';
import {
  deleteRequested,
  discardRequested,
  editRequested,
  operationAcknowledged,
  operationEchoMissed,
  operationFailed,
  operationLookEnded,
  operationRejected,
  operationRetryRequested,
  operationStarted,
  operationUncertain,
  reactRequested,
  readRequested,
  sendRequested,
  uploadCancelRequested,
  uploadDone,
  uploadFailed,
  uploadProgressed,
  uploadRequested,
  uploadRetryRequested,
  uploadStarted,
} from '../../src/actions/outbox';
import { countsReceived, readsAnchored } from '../../src/actions/reads';
import { conversationReceived } from '../../src/actions/stream';
import type { FileRef, Json, MessageFact } from '../../src/protocol/models';
import { anyStorage } from './anyStorage';
import type { SimAction } from './simWorld';

/** What a person may wish, and what may become of it; few ids and few texts, so that things meet. */

const opId = fc.constantFrom('op1', 'op2', 'op3', 'op4');
const channelId = fc.constantFrom('general', 'random');
const messageId = fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5');
const userId = fc.constantFrom('lina', 'omar');
const uploadId = fc.constantFrom('up1', 'up2');
const target = fc.oneof(messageId, opId);
/** Texts that differ, texts that differ in nothing but blanks, and nothing at all. */
const content = fc.constantFrom('hello', ' hello', 'hello \n', 'Hello', '  ', '', 'مرحبا', '42');
const time = fc.integer({ min: 1, max: 60 });
const ordinal = fc.integer({ min: 1, max: 40 });
const count = fc.nat({ max: 3 });
const emoji = fc.constantFrom('👍', '🎉');
const code = fc.constantFrom('NETWORK' as const, 'TIMEOUT' as const, 'REQUEST_REJECTED' as const);
const wish = { opId, channelId, at: time };
const asked = { asOf: ordinal, absentBefore: ordinal, oldestInFlight: fc.constant(null) };

function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const metadata: fc.Arbitrary<Readonly<Record<string, Json>>> = fc.oneof(
  opId.map((id) => ({ client_id: id })),
  fc.constant({}),
  fc.constantFrom<Readonly<Record<string, Json>>>(
    { client_id: 4, mood: 'fine' },
    { phone: 5_551_234, deep: [{ client_id: 'op1', list: [1, '1', null, true] }] },
    JSON.parse('{"__proto__":"a","constructor":{"toString":"b"}}') as Readonly<
      Record<string, Json>
    >,
  ),
);
const file: fc.Arbitrary<FileRef> = record({
  ...{ id: fc.constantFrom('f1', 'f2'), name: content, mime: fc.constant('image/png') },
  ...{ size: time, url: fc.constant('https://files/1?key=a'), thumbnailUrl: fc.constant(null) },
});

/** A message that may be one that was sent here. */
const ownMessage: fc.Arbitrary<MessageFact> = fc.record(
  {
    ...{ id: messageId, channelId, userId, username: content, content, createdAt: time },
    ...{ type: fc.constant('text'), parentId: fc.constant(null), metadata },
    ...{ files: fc.array(file, { maxLength: 2 }), editedAt: fc.option(time) },
    deletedAt: fc.option(time, { freq: 1 }),
  } as const,
  { requiredKeys: ['id', 'channelId', 'userId', 'content'], noNullPrototype: true },
);

/** Any action of the outbox, of uploads and of reads, and facts that settle them. */
export const anyWish: fc.Arbitrary<SimAction> = fc.oneof(
  record({
    ...{ ...wish, parentId: fc.constant(null), content, messageType: fc.constant('text' as const) },
    uploadIds: fc.uniqueArray(uploadId, { maxLength: 2 }),
  }).map((payload) => sendRequested(payload)),
  record({ ...wish, target, content }).map((payload) => editRequested(payload)),
  record({ ...wish, target, notBefore: time }).map((payload) => deleteRequested(payload)),
  record({ ...wish, target, emoji, on: fc.boolean() }).map((payload) => reactRequested(payload)),
  record({
    ...{ ...wish, target: messageId, upTo: time },
    messageIds: fc.array(messageId, { maxLength: 2 }),
  }).map((payload) => readRequested(payload)),
  record({
    ...{ opId, ordinal, viewerId: fc.constant('lina'), mayMatch: fc.boolean() },
    since: fc.option(record({ at: time, ids: fc.array(messageId, { maxLength: 2 }) })),
  }).map((payload) => operationStarted(payload)),
  record({
    ...{ ...asked, opId, ordinal, message: fc.option(ownMessage) },
    deleted: fc.option(record({ channelId, messageId }), { freq: 1 }),
    read: fc.option(record({ channelId, upTo: time, messageId })),
  }).map((payload) => operationAcknowledged(payload)),
  record({ opId, code, retryAt: fc.option(time) }).map((payload) => operationFailed(payload)),
  record({ opId, code }).map((payload) => operationUncertain(payload)),
  record({ opId, retryAt: fc.option(time) }).map((payload) => operationLookEnded(payload)),
  record({ opId, ordinal, reaction: fc.constant(null) }).map((payload) =>
    operationEchoMissed(payload),
  ),
  record({ opId, code }).map((payload) => operationRejected(payload)),
  record({ opId, at: time }).map((payload) => operationRetryRequested(payload)),
  record({ opId }).map((payload) => discardRequested(payload)),
  record({
    ...{ uploadId, channelId, at: time, name: content, size: time },
    mime: fc.constant('text/plain'),
  }).map((payload) => uploadRequested(payload)),
  uploadId.map((id) => uploadStarted({ uploadId: id })),
  record({ uploadId, loaded: time }).map((payload) => uploadProgressed(payload)),
  record({ uploadId, file }).map((payload) => uploadDone(payload)),
  record({ uploadId, code }).map((payload) => uploadFailed(payload)),
  uploadId.map((id) => uploadRetryRequested({ uploadId: id })),
  uploadId.map((id) => uploadCancelRequested({ uploadId: id })),
  record({
    ...{ ...asked, isLive: fc.boolean() },
    counts: fc.array(record({ channelId, count, lastAt: fc.option(time) }), { maxLength: 2 }),
  }).map((payload) => countsReceived(payload)),
  record({ channelId, messageId: fc.option(messageId) }).map((payload) => readsAnchored(payload)),
  anyStorage(ownMessage, 3),
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.array(ownMessage, { maxLength: 3 }), ordinal, time)
      .map(([messages, first, receivedAt]) =>
        conversationReceived({
          ...{ stream: 'main', epoch: 1, ordinal: first, viewerId: 'lina', receivedAt },
          events: messages.map((message) => ({ type: 'message', op: 'create', message })),
        }),
      ),
  },
  {
    weight: 2,
    arbitrary: record({
      ...{ ...asked, channelId, parentId: fc.constant(null) },
      ...{
        messages: fc.array(ownMessage, { maxLength: 3 }),
        range: fc.constant({ from: null, to: null }),
      },
    }).map((payload) => pageReceived(payload)),
  },
);
