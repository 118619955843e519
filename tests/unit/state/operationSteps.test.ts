import { describe, expect, it } from '@jest/globals';
import {
  operationFailed,
  uploadCancelRequested,
  uploadDone,
  uploadFailed,
  uploadRequested,
} from '../../../src/actions/outbox';
import type { OutboxState } from '../../../src/state/outboxState';
import { operationsOf } from '../../../src/state/outboxState';
import { created, general, heard, lina, minute, omar } from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import {
  acked,
  began,
  deleteWished,
  discarded,
  doubted,
  echoMissed,
  editWished,
  failedBy,
  foldOutbox,
  lookEnded,
  opIdsOf,
  own,
  pendingAfter,
  reactWished,
  readWished,
  retried,
  sendWished,
} from '../../support/wishes';

const since = { at: minute(2), ids: ['m0'] };
const upload = (uploadId: string) =>
  frozen(
    uploadRequested({
      ...{ uploadId, name: 'خطة.pdf', size: 9, mime: 'application/pdf' },
      ...{ channelId: general, at: minute(2) },
    }),
  );
const uploadIdsOf = ({ uploads }: OutboxState) => uploads.map(({ uploadId }) => uploadId);

describe('the start of a request', () => {
  it('is noted with who was signed in and what was known', () => {
    expect(pendingAfter(sendWished('s1'), began('s1', 7, { since }))).toMatchObject([
      { status: 'sending', startedAs: 7, authorId: lina, since, mayMatch: true, candidates: [] },
    ]);
    expect(pendingAfter(reactWished('r1', 'm1'), began('r1', 7, { viewerId: omar }))).toMatchObject(
      [{ status: 'sending', startedAs: 7, userId: omar }],
    );
  });

  it('forgets why the last one did not work', () => {
    const again = [sendWished('s1'), began('s1', 1), failedBy('s1', 'CONFLICT', minute(4))];
    expect(pendingAfter(...again)).toMatchObject([{ code: 'CONFLICT', notBefore: minute(4) }]);
    expect(pendingAfter(...again, began('s1', 2))).toMatchObject([{ code: null, attempts: 1 }]);
  });
});

describe('a reply', () => {
  it('ends a delete and a read mark', () => {
    const gone = { deleted: { channelId: general, messageId: 'm1' } };
    expect(pendingAfter(deleteWished('d1', 'm1'), began('d1', 1), acked('d1', 1, 2, gone))).toEqual(
      [],
    );
    expect(
      pendingAfter(readWished('k1', 'm1', minute(1)), began('k1', 1), acked('k1', 1, 2)),
    ).toEqual([]);
  });

  it('ends an edit that it gives a time for; one without waits until the stream says it', () => {
    const wished = [editWished('e1', 'm1', 'new'), began('e1', 1)];
    const row = own('m1', { content: 'new', editedAt: minute(5) });
    expect(pendingAfter(...wished, acked('e1', 1, 2, { message: row }))).toEqual([]);
    const { editedAt: _, ...timeless } = row;
    expect(pendingAfter(...wished, acked('e1', 1, 2, { message: timeless }))).toMatchObject([
      { status: 'acknowledged', ackedAs: 2 },
    ]);
  });

  it('lets a reaction wait for the stream, which may never say it', () => {
    const worked = [reactWished('r1', 'm1'), began('r1', 1), acked('r1', 1, 2)];
    expect(pendingAfter(...worked)).toMatchObject([{ status: 'acknowledged', ackedAs: 2 }]);
    expect(pendingAfter(...worked, echoMissed('r1', 2))).toEqual([]);
  });

  it('to an operation that is not held changes nothing', () => {
    const state = foldOutbox([sendWished('s1'), began('s1', 1)]);
    for (const action of [
      ...[acked('gone', 1, 2, { message: own('m1') }), failedBy('gone'), doubted('gone')],
      ...[lookEnded('gone', null), echoMissed('gone', 2), began('gone', 3)],
      ...[retried('gone'), discarded('gone')],
    ]) {
      expect(foldOutbox([action], state)).toBe(state);
    }
  });
});

describe('a failure', () => {
  it('that passes puts it back in the queue until the time has come', () => {
    const pending = pendingAfter(
      ...[sendWished('s1'), began('s1', 1), failedBy('s1', 'RATE_LIMITED', minute(5))],
    );
    expect(pending).toMatchObject([
      { status: 'queued', code: 'RATE_LIMITED', attempts: 1, notBefore: minute(5) },
    ]);
  });

  it('for good leaves a message, an edit and a delete to the person', () => {
    const wishes = [sendWished('s1'), editWished('e1', 'm1', 'x'), deleteWished('d1', 'm2')];
    const failures = ['s1', 'e1', 'd1'].flatMap((opId) => [
      began(opId, 1),
      failedBy(opId, 'FORBIDDEN'),
    ]);
    expect(pendingAfter(...wishes, ...failures)).toMatchObject(
      Array.from({ length: 3 }, () => ({ status: 'failed', code: 'FORBIDDEN', notBefore: null })),
    );
  });

  it('for good is the end of a reaction and a read mark: nobody can do anything about it', () => {
    expect(pendingAfter(reactWished('r1', 'm1'), began('r1', 1), failedBy('r1'))).toEqual([]);
    const read = [readWished('k1', 'm1', minute(1)), began('k1', 1), failedBy('k1')];
    expect(pendingAfter(...read)).toEqual([]);
  });

  it('for good is the end of an edit that a later one stands for', () => {
    const two = [editWished('e1', 'm1', 'one'), began('e1', 1), editWished('e2', 'm1', 'two')];
    expect(opIdsOf(pendingAfter(...two, failedBy('e1')))).toEqual(['e2']);
    const beside = [editWished('e1', 'm1', 'one'), began('e1', 1), editWished('e2', 'm2', 'two')];
    expect(opIdsOf(pendingAfter(...beside, failedBy('e1')))).toEqual(['e1', 'e2']);
  });

  it('of a send that is certainly not there leaves nothing of it: a new text is part of it', () => {
    const absent = [
      sendWished('s1', 'old'),
      began('s1', 1),
      doubted('s1'),
      failedBy('s1', 'NETWORK'),
    ];
    const edited = pendingAfter(...absent, editWished('e1', 's1', 'new'));
    expect(edited).toMatchObject([{ opId: 's1', status: 'failed', content: 'new' }]);
    expect(edited[0]).not.toHaveProperty('mayExist');
  });

  it('of a file leaves nothing of its message: it has not left', () => {
    const failed = [
      ...[upload('u1'), sendWished('s1', 'old', { uploadIds: ['u1'] })],
      frozen(uploadFailed({ uploadId: 'u1', code: 'NETWORK' })),
    ];
    expect(pendingAfter(...failed, editWished('e1', 's1', 'new'))).toMatchObject([
      { opId: 's1', status: 'failed', content: 'new' },
    ]);
  });

  it('of a request that did not leave leaves nothing in doubt', () => {
    const unsent = frozen(
      operationFailed({ opId: 's1', code: 'NETWORK', retryAt: minute(4), isUnsent: true }),
    );
    const waiting = [sendWished('s1', 'hello'), began('s1', 7, { since }), unsent];
    expect(pendingAfter(...waiting)).toMatchObject([
      { status: 'queued', code: 'NETWORK', notBefore: minute(4), startedAs: null, since: null },
    ]);
    // a message with the same words is another one
    const { id, ...same } = own('m9', { content: 'hello', createdAt: minute(5) });
    expect(opIdsOf(pendingAfter(...waiting, heard(9, created(id, same))))).toEqual(['s1']);
    // however often that happens
    const twice = [...waiting, began('s1', 8, { since }), unsent];
    expect(pendingAfter(...twice)).toMatchObject([
      { status: 'queued', attempts: 0, startedAs: null, since: null },
    ]);
    expect(opIdsOf(pendingAfter(...twice, heard(9, created(id, same))))).toEqual(['s1']);
    // one that left before may be there all the same
    const earlier = [sendWished('s1', 'hello'), began('s1', 1), doubted('s1')];
    const again = [...earlier, lookEnded('s1', minute(3)), began('s1', 8, { since }), unsent];
    expect(pendingAfter(...again)).toMatchObject([{ status: 'queued', startedAs: 8, since }]);
  });

  it('is told of a request under way only', () => {
    const worked = foldOutbox([reactWished('r1', 'm1'), began('r1', 1), acked('r1', 1, 2)]);
    expect(foldOutbox([failedBy('r1')], worked)).toBe(worked);
    expect(foldOutbox([doubted('r1')], worked)).toBe(worked);
  });
});

describe('a doubt', () => {
  const doubtful = [sendWished('s1'), began('s1', 1), doubted('s1', 'TIMEOUT')];

  it('keeps its reason and counts as a try', () => {
    expect(pendingAfter(...doubtful)).toMatchObject([
      { status: 'uncertain', code: 'TIMEOUT', attempts: 1 },
    ]);
  });

  it('ends by a look: it is sent again, or the person has to say', () => {
    expect(pendingAfter(...doubtful, lookEnded('s1', minute(6)))).toMatchObject([
      { status: 'queued', notBefore: minute(6) },
    ]);
    expect(pendingAfter(...doubtful, lookEnded('s1', null))).toMatchObject([
      { status: 'failed', code: 'UNCONFIRMED' },
    ]);
  });

  it('is of no effect on what is not in doubt', () => {
    const state = foldOutbox([sendWished('s1')]);
    expect(foldOutbox([lookEnded('s1', minute(6)), doubted('s1')], state)).toBe(state);
  });
});

describe('a retry', () => {
  it('goes to the tail, with what is wished of it, as if nothing had been tried (L10)', () => {
    const pending = pendingAfter(
      ...[sendWished('s1'), began('s1', 1), failedBy('s1'), reactWished('r1', 's1')],
      ...[sendWished('s2'), retried('s1', minute(8))],
    );
    expect(opIdsOf(pending)).toEqual(['s2', 's1', 'r1']);
    expect(pending[1]).toMatchObject({
      ...{ status: 'queued', at: minute(8), notBefore: null, code: null, attempts: 0 },
    });
  });

  it('of anything that has not failed is ignored', () => {
    for (const actions of [
      [sendWished('s1')],
      [sendWished('s1'), began('s1', 1)],
      [sendWished('s1'), began('s1', 1), doubted('s1')],
    ]) {
      const state = foldOutbox(actions);
      expect(foldOutbox([retried('s1')], state)).toBe(state);
    }
  });

  it('of what waits for a moment ends the wait, and leaves it in its place', () => {
    const waiting = [began('s1', 1), failedBy('s1', 'RATE_LIMITED', minute(5))];
    const pending = pendingAfter(sendWished('s1'), sendWished('s2'), ...waiting, retried('s1'));
    expect(opIdsOf(pending)).toEqual(['s1', 's2']);
    expect(pending[0]).toMatchObject({ status: 'queued', notBefore: null, attempts: 1 });
  });

  it('uploads again what could not be uploaded, and nothing else', () => {
    const state = foldOutbox([
      ...[upload('u1'), upload('u2'), sendWished('s1', 'two files', { uploadIds: ['u1', 'u2'] })],
      ...[uploadFailed({ uploadId: 'u1', code: 'NETWORK' })],
    ]);
    expect(operationsOf(state, general)).toMatchObject([{ status: 'failed', code: 'NETWORK' }]);
    const again = foldOutbox([retried('s1')], state);
    expect(again.uploads.map(({ status }) => status)).toEqual(['queued', 'queued']);
    expect(operationsOf(again, general)).toMatchObject([{ status: 'queued' }]);
  });
});

describe('giving up', () => {
  it('takes along what was wished of a message that never was, and its files', () => {
    const state = foldOutbox([
      ...[upload('u1'), upload('u2'), sendWished('s1', 'with a file', { uploadIds: ['u1'] })],
      ...[editWished('e1', 'm1', 'x'), reactWished('r1', 's1'), discarded('s1')],
    ]);
    expect(opIdsOf(operationsOf(state, general))).toEqual(['e1']);
    expect(uploadIdsOf(state)).toEqual(['u2']);
  });

  it('undoes a delete that has not left, and nothing that is under way', () => {
    expect(pendingAfter(deleteWished('d1', 'm1'), discarded('d1'))).toEqual([]);
    for (const then of [[], [doubted('s1')]]) {
      const state = foldOutbox([sendWished('s1'), began('s1', 1), ...then]);
      expect(foldOutbox([discarded('s1')], state)).toBe(state);
    }
  });

  it('is as if it had never been wished, whatever came meanwhile (L9)', () => {
    const meanwhile = [
      ...[sendWished('s2'), began('s2', 4), reactWished('r1', 'm1')],
      acked('s2', 4, 5, { message: own('m2') }),
    ];
    for (const [wish, opId] of [
      [sendWished('s1'), 's1'],
      [editWished('e1', 'm1', 'x'), 'e1'],
      [deleteWished('d1', 'm1'), 'd1'],
    ] as const) {
      const with_ = foldOutbox([wish, ...meanwhile, discarded(opId)]);
      expect(with_).toEqual(foldOutbox(meanwhile));
    }
  });
});

describe('a file that a message waits for', () => {
  const waiting = [upload('u1'), sendWished('s1', '', { uploadIds: ['u1'] })];

  it('and that cannot be uploaded makes it fail with the reason', () => {
    const failed = frozen(uploadFailed({ uploadId: 'u1', code: 'UPLOAD_TOO_LARGE' }));
    expect(pendingAfter(...waiting, failed)).toMatchObject([
      { status: 'failed', code: 'UPLOAD_TOO_LARGE' },
    ]);
  });

  it('and that is called off is not waited for; without any text there is nothing left', () => {
    const cancelled = frozen(uploadCancelRequested({ uploadId: 'u1' }));
    expect(pendingAfter(...waiting, cancelled)).toEqual([]);
    const told = [upload('u1'), sendWished('s1', 'see this', { uploadIds: ['u1'] }), cancelled];
    expect(pendingAfter(...told)).toMatchObject([{ opId: 's1', uploadIds: [] }]);
  });

  it('goes with it once the server has both', () => {
    const file = { id: 'f1', name: 'a', mime: null, size: 9, url: '/f1', thumbnailUrl: null };
    const state = foldOutbox([
      ...[...waiting, upload('u2'), uploadDone({ uploadId: 'u1', file }), began('s1', 1)],
      acked('s1', 1, 2, { message: own('m1') }),
    ]);
    expect(uploadIdsOf(state)).toEqual(['u2']);
  });
});
