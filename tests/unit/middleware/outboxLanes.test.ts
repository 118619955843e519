import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import { uploadDone, uploadRequested } from '../../../src/actions/outbox';
import { createLanes, laneOf, nextOfLanes } from '../../../src/middleware/outboxLanes';
import { operationsOf } from '../../../src/state/outboxState';
import { general, minute } from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import {
  acked,
  began,
  deleteWished,
  doubted,
  editWished,
  failedBy,
  foldOutbox,
  opIdsOf,
  own,
  pendingAfter,
  reactWished,
  readWished,
  retried,
  sendWished,
} from '../../support/wishes';

function nextAfter(...actions: readonly UnknownAction[]): string[] {
  const state = foldOutbox(actions);
  return opIdsOf(nextOfLanes(operationsOf(state, general), state.uploads));
}

describe('lanes', () => {
  it('are one for all sends, one for all read marks, and one for each message', () => {
    const all = pendingAfter(
      ...[sendWished('s1'), sendWished('s2', 'x', { parentId: 'p1' })],
      ...[editWished('e1', 'm1', 'x'), reactWished('r1', 'm1'), deleteWished('d1', 'm2')],
      readWished('k1', 'm1', minute(1)),
    );
    expect(all.map(laneOf)).toEqual([
      ...['send', 'send', 'message:m1', 'message:m1', 'message:m2', 'read'],
    ]);
  });

  it('give their first operation each, in the order in which they were wished', () => {
    expect(
      nextAfter(
        ...[reactWished('r1', 'm1'), sendWished('s1'), sendWished('s2')],
        ...[editWished('e1', 'm1', 'x'), deleteWished('d1', 'm2')],
        readWished('k1', 'm1', minute(1)),
      ),
    ).toEqual(['r1', 's1', 'd1', 'k1']);
  });
});

describe('lanes that are asked for again', () => {
  it('are looked through once for each list of operations and of files', () => {
    const { channels, uploads } = foldOutbox([sendWished('s1'), sendWished('s2')]);
    const operations = channels[0]?.operations ?? [];
    const next = createLanes();
    expect(opIdsOf(next(operations, uploads))).toEqual(['s1']);
    expect(next(operations, uploads)).toBe(next(operations, uploads));
    expect(next(operations, [...uploads])).not.toBe(next(operations, uploads));
    expect(next([...operations], uploads)).toEqual(next(operations, uploads));
  });
});

describe('what stands before a send', () => {
  const two = [sendWished('s1'), sendWished('s2')];
  it.each<readonly [string, readonly UnknownAction[], readonly string[]]>([
    ['waits in the queue', [], ['s1']],
    ['is under way', [began('s1', 1)], []],
    ['waits for another try', [began('s1', 1), failedBy('s1', 'CONFLICT', minute(5))], ['s1']],
    ['may have worked', [began('s1', 1), doubted('s1')], []],
    ['failed', [began('s1', 1), failedBy('s1')], ['s2']],
    ['was tried again by the person', [began('s1', 1), failedBy('s1'), retried('s1')], ['s2']],
  ])('and %s: next is %j', (_name, then, next) => {
    expect(nextAfter(...two, ...then)).toEqual(next);
  });
});

describe('what stands before another wish of the same message', () => {
  it('holds back also what joins it from before: a wish that had waited for the send which is that message', () => {
    const joined = [sendWished('s1'), began('s1', 1), reactWished('r1', 's1')];
    const direct = [editWished('e1', 'm1', 'x'), began('e1', 5)];
    const settled = acked('s1', 1, 6, { message: own('m1') });
    expect(nextAfter(...joined, ...direct)).toEqual([]);
    expect(nextAfter(...joined, ...direct, settled)).toEqual([]);
  });

  it('holds it back until it worked or failed', () => {
    const two = [reactWished('r1', 'm1'), editWished('e1', 'm1', 'x')];
    expect(nextAfter(...two, began('r1', 1))).toEqual([]);
    expect(nextAfter(...two, began('r1', 1), acked('r1', 1, 2))).toEqual(['e1']);
    const failed = [editWished('e1', 'm1', 'x'), began('e1', 1), failedBy('e1')];
    expect(nextAfter(...failed, deleteWished('d1', 'm1'))).toEqual(['d1']);
  });
});

describe('a message without an id', () => {
  const wished = [sendWished('s1'), began('s1', 1), editWished('e1', 's1', 'new')];

  it('lets wait what is wished of it', () => {
    expect(nextAfter(...wished)).toEqual([]);
    expect(nextAfter(...wished, failedBy('s1'))).toEqual([]);
    expect(nextAfter(...wished, acked('s1', 1, 2, { message: own('m1') }))).toEqual(['e1']);
  });
});

describe('a message with files', () => {
  const upload = (uploadId: string) =>
    frozen(
      uploadRequested({
        ...{ uploadId, name: 'a', size: 1, mime: '', channelId: general, at: minute(2) },
      }),
    );
  const file = { id: 'f1', name: 'a', mime: null, size: 1, url: '/f1', thumbnailUrl: null };
  const wished = [
    ...[upload('u1'), upload('u2'), sendWished('s1', 'files', { uploadIds: ['u1', 'u2'] })],
    sendWished('s2'),
  ];

  it('waits for all of them, and what comes after it waits too', () => {
    const done = (uploadId: string) => frozen(uploadDone({ uploadId, file }));
    expect(nextAfter(...wished)).toEqual([]);
    expect(nextAfter(...wished, done('u1'))).toEqual([]);
    expect(nextAfter(...wished, done('u1'), done('u2'))).toEqual(['s1']);
  });

  it('does not wait for one that is not held', () => {
    const state = foldOutbox([upload('u1'), sendWished('s1', 'x', { uploadIds: ['u1'] })]);
    const operations = operationsOf(state, general);
    expect(nextOfLanes(operations, state.uploads)).toEqual([]);
    expect(opIdsOf(nextOfLanes(operations, []))).toEqual(['s1']);
  });
});
