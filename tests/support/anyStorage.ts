import fc from 'fast-check';
import {
  durabilityChanged,
  operationsYielded,
  restored,
  storageChanged,
} from '../../src/actions/storage';
import type { MessageFact } from '../../src/protocol/models';
import type { Operation } from '../../src/protocol/operations';
import type { SimAction } from './simWorld';

const time = fc.integer({ min: 1, max: 60 });
const opId = fc.constantFrom('op1', 'op2', 'op3', 'op4');
const uploadId = fc.constantFrom('up1', 'up2');
const channelId = fc.constantFrom('general', 'random', '__proto__');
const text = fc.constantFrom('', 'hello', ' hello', 'مرحبا', '<b>hi</b>');

function record<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const base = {
  ...{ opId, channelId: fc.constant('general'), at: time, attempts: fc.nat({ max: 3 }) },
  status: fc.constantFrom('queued', 'uncertain', 'failed'),
  notBefore: fc.option(time),
  code: fc.constantFrom(null, 'ABORTED'),
  startedAs: fc.constantFrom(null, 0),
  ackedAs: fc.constant(null),
} as const;
const operation: fc.Arbitrary<Operation> = fc.oneof(
  record({
    ...{ ...base, kind: fc.constant('send'), parentId: fc.constant(null), content: text },
    ...{ messageType: fc.constant('text'), uploadIds: fc.uniqueArray(uploadId) },
    ...{ authorId: fc.option(fc.constant('lina')), mayMatch: fc.boolean() },
    since: fc.option(record({ at: time, ids: fc.array(fc.constantFrom('m1', 'm2')) })),
    candidates: fc.uniqueArray(fc.constantFrom('m1', 'm3'), { maxLength: 2 }),
  } as const),
  record({
    ...{ ...base, kind: fc.constant('edit'), target: fc.constantFrom('m1', 'op1'), content: text },
  } as const),
  record({ ...base, kind: fc.constant('delete'), target: fc.constantFrom('m1', 'm2') } as const),
);

/**
 * What an earlier visit may have left, and what may be said of the disk.
 *
 * @param maxItems - Facts of one kind in one action; with 1, no action contradicts itself.
 */
export function anyStorage(
  message: fc.Arbitrary<MessageFact>,
  maxItems: number,
): fc.Arbitrary<SimAction> {
  const window = fc
    .tuple(fc.option(time), time)
    .map(([from, to]) => ({ from: from === null ? null : Math.min(from, to), to }));
  const history = record({
    channelId,
    messages: fc.array(message, { maxLength: maxItems }),
    windows: fc.array(window, { maxLength: 2 }).map((all) => [...all].sort((a, b) => a.to - b.to)),
  });
  const upload = record({
    ...{ uploadId, channelId: fc.constant('general'), name: text, size: time },
    ...{ mime: fc.constant('text/plain'), file: fc.constant(null) },
  });
  return fc.oneof(
    record({
      savedAt: fc.option(time),
      project: fc.constant(null),
      channels: fc.array(record({ id: channelId, name: text }), { maxLength: maxItems }),
      currentChannelId: fc.option(channelId),
      histories: fc.array(history, { maxLength: maxItems }),
      outbox: fc
        .array(operation, { maxLength: 3 })
        .map((operations) => [{ channelId: 'general', operations }]),
      uploads: fc.array(upload, { maxLength: 2 }),
      returnsNonce: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
      lastEventId: fc.option(fc.constantFrom('e1', 'e2')),
    }).map((payload) => restored(payload)),
    record({
      status: fc.constantFrom('opening' as const, 'ready' as const, 'failed' as const),
      code: fc.constantFrom(null, 'STORAGE_DAMAGED' as const),
      lost: fc.nat({ max: 3 }),
    }).map((payload) => storageChanged(payload)),
    record({ opIds: fc.array(opId, { maxLength: 2 }) }).map((payload) =>
      operationsYielded(payload),
    ),
    record({ opIds: fc.array(opId, { maxLength: 2 }), durable: fc.boolean() }).map((payload) =>
      durabilityChanged(payload),
    ),
  );
}
