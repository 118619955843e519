import { describe, expect, it } from '@jest/globals';
import { created, general, heard, minute } from '../../support/exampleData';
import {
  began,
  deleteWished,
  discarded,
  doubted,
  editWished,
  failedBy,
  lookEnded,
  opIdsOf,
  own,
  pendingAfter,
  reactWished,
  readWished,
  retried,
  sendWished,
} from '../../support/wishes';

describe('a wish', () => {
  it('is held as it was spoken, as the last of its channel, with nothing tried yet', () => {
    expect(pendingAfter(sendWished('s1', 'hello', { parentId: 'p1', uploadIds: ['u1'] }))).toEqual([
      {
        ...{ kind: 'send', opId: 's1', channelId: general, at: minute(3), status: 'queued' },
        ...{ parentId: 'p1', content: 'hello', messageType: 'text', uploadIds: ['u1'] },
        ...{ attempts: 0, notBefore: null, code: null, startedAs: null, ackedAs: null },
        ...{ authorId: null, since: null, candidates: [], mayMatch: false },
      },
    ]);
    const all = pendingAfter(sendWished('s1'), editWished('e1', 'm1', 'new'), sendWished('s2'));
    expect(opIdsOf(all)).toEqual(['s1', 'e1', 's2']);
  });
});

describe('an edit of a message that was not sent yet', () => {
  it('is part of it', () => {
    const pending = pendingAfter(sendWished('s1'), editWished('e1', 's1', 'hello all'));
    expect(pending).toMatchObject([{ opId: 's1', kind: 'send', content: 'hello all' }]);
  });

  it('comes after it where nobody could tell whether it is there: the old words may be', () => {
    const unclear = [
      ...[sendWished('s1', 'hello'), began('s1', 1), doubted('s1'), lookEnded('s1', null)],
      editWished('e1', 's1', 'hello all'),
    ];
    expect(pendingAfter(...unclear)).toMatchObject([
      { opId: 's1', content: 'hello', status: 'failed' },
      { opId: 'e1', content: 'hello all', status: 'queued' },
    ]);
    const { id, ...same } = own('m9', { content: 'hello', metadata: { client_id: 's1' } });
    expect(pendingAfter(...unclear, heard(9, created(id, same)))).toMatchObject([
      { opId: 'e1', target: 'm9', status: 'queued' },
    ]);
    // whoever tries it again sends both, and who gives it up gives up both
    expect(opIdsOf(pendingAfter(...unclear, retried('s1')))).toEqual(['s1', 'e1']);
    expect(pendingAfter(...unclear, discarded('s1'))).toEqual([]);
  });

  it.each([
    ['failed', failedBy('s1')],
    ['was refused for now', failedBy('s1', 'RATE_LIMITED', minute(5))],
    ['conflicted', failedBy('s1', 'CONFLICT', minute(5))],
  ])('is part of it also once it %s: the server has nothing of it', (_name, refused) => {
    const pending = pendingAfter(
      ...[sendWished('s1'), began('s1', 1), refused, editWished('e1', 's1', 'hello all')],
    );
    expect(pending).toMatchObject([{ opId: 's1', content: 'hello all' }]);
  });

  it('is part of it also after it was looked for and is certainly not there', () => {
    const pending = pendingAfter(
      ...[sendWished('s1'), began('s1', 1), doubted('s1'), lookEnded('s1', minute(5))],
      editWished('e1', 's1', 'hello all'),
    );
    expect(pending).toMatchObject([{ opId: 's1', content: 'hello all' }]);
  });

  it.each([
    ['is under way', []],
    ['may have worked', [doubted('s1')]],
    ['may have worked and is sent again with its key', [failedBy('s1', 'NETWORK', minute(5))]],
  ])('waits for it while it %s: the server may have the first text', (_name, then) => {
    const pending = pendingAfter(
      ...[sendWished('s1'), began('s1', 1), ...then, editWished('e1', 's1', 'hello all')],
    );
    expect(pending).toMatchObject([
      { opId: 's1', content: 'hello' },
      { opId: 'e1', target: 's1', content: 'hello all', status: 'queued' },
    ]);
  });
});

describe('a second edit', () => {
  it('of a message follows the first, which may be under way', () => {
    const pending = pendingAfter(editWished('e1', 'm1', 'one'), editWished('e2', 'm1', 'two'));
    expect(opIdsOf(pending)).toEqual(['e1', 'e2']);
  });

  it('stands for a failed one', () => {
    const pending = pendingAfter(
      ...[editWished('e0', 'm2', 'of another'), began('e0', 1), failedBy('e0')],
      ...[editWished('e1', 'm1', 'one'), began('e1', 2), failedBy('e1')],
      editWished('e2', 'm1', 'two'),
    );
    expect(opIdsOf(pending)).toEqual(['e0', 'e2']);
  });
});

describe('a delete', () => {
  it('of a message that was not sent yet calls it off, with everything that was wished of it', () => {
    const pending = pendingAfter(
      ...[sendWished('s1'), sendWished('s2')],
      ...[reactWished('r1', 's1'), reactWished('r2', 's2'), deleteWished('d1', 's1')],
    );
    expect(opIdsOf(pending)).toEqual(['s2', 'r2']);
  });

  it('of one that failed gives it up', () => {
    const tried = [sendWished('s1'), began('s1', 1), failedBy('s1')];
    expect(pendingAfter(...tried, deleteWished('d1', 's1'))).toEqual([]);
  });

  it.each([
    ['is under way', []],
    ['may have worked', [doubted('s1')]],
    ['may have worked and is sent again with its key', [failedBy('s1', 'TIMEOUT', minute(5))]],
  ])('of a message that %s waits for it', (_name, then) => {
    const pending = pendingAfter(
      ...[sendWished('s1'), began('s1', 1), ...then, deleteWished('d1', 's1')],
    );
    expect(opIdsOf(pending)).toEqual(['s1', 'd1']);
  });

  it('waits until it can no longer be undone', () => {
    expect(pendingAfter(deleteWished('d1', 'm1', minute(4)))).toMatchObject([
      { kind: 'delete', target: 'm1', notBefore: minute(4) },
    ]);
  });

  it('that is wished twice is one; one that failed is wished anew', () => {
    const twice = [deleteWished('d1', 'm1'), deleteWished('d2', 'm1')];
    expect(opIdsOf(pendingAfter(...twice))).toEqual(['d1']);
    const failed = [deleteWished('d1', 'm1'), began('d1', 1), failedBy('d1')];
    expect(opIdsOf(pendingAfter(...failed, deleteWished('d2', 'm1')))).toEqual(['d2']);
    expect(opIdsOf(pendingAfter(...twice, deleteWished('d3', 'm2')))).toEqual(['d1', 'd3']);
  });
});

describe('a reaction', () => {
  it('that is taken back before it left was never there, and the other way round', () => {
    expect(pendingAfter(reactWished('r1', 'm1'), reactWished('r2', 'm1', false))).toEqual([]);
    expect(pendingAfter(reactWished('r1', 'm1', false), reactWished('r2', 'm1'))).toEqual([]);
  });

  it('added, taken back and added again is one addition', () => {
    const pending = pendingAfter(
      ...[reactWished('r1', 'm1'), reactWished('r2', 'm1', false), reactWished('r3', 'm1')],
    );
    expect(pending).toMatchObject([{ opId: 'r3', on: true }]);
  });

  it('that is under way is taken back by a request of its own, and that one can be called off', () => {
    const tried = [reactWished('r1', 'm1'), began('r1', 1), reactWished('r2', 'm1', false)];
    expect(opIdsOf(pendingAfter(...tried))).toEqual(['r1', 'r2']);
    expect(opIdsOf(pendingAfter(...tried, reactWished('r3', 'm1')))).toEqual(['r1']);
  });

  it('that was tried and waits for another try may have worked: it does not cancel out', () => {
    const pending = pendingAfter(
      ...[reactWished('r1', 'm1'), began('r1', 1), failedBy('r1', 'TIMEOUT', minute(5))],
      reactWished('r2', 'm1', false),
    );
    expect(opIdsOf(pending)).toEqual(['r1', 'r2']);
  });

  it('that is wished already is wished once', () => {
    expect(opIdsOf(pendingAfter(reactWished('r1', 'm1'), reactWished('r2', 'm1')))).toEqual(['r1']);
  });

  it('concerns its own message and emoji only', () => {
    const pending = pendingAfter(
      ...[reactWished('r1', 'm1'), reactWished('r2', 'm2', false)],
      reactWished('r3', 'm1', false, { emoji: '🎉' }),
    );
    expect(opIdsOf(pending)).toEqual(['r1', 'r2', 'r3']);
  });
});

describe('read marks', () => {
  it('fold into the newest, which names all messages once', () => {
    const pending = pendingAfter(
      readWished('k1', 'm1', minute(1)),
      readWished('k2', 'm2', minute(2), { messageIds: ['m1', 'm2'] }),
    );
    expect(pending).toMatchObject([
      { opId: 'k2', target: 'm2', upTo: minute(2), messageIds: ['m1', 'm2'] },
    ]);
  });

  it('that say nothing new are ignored', () => {
    const marks = [readWished('k1', 'm2', minute(2)), readWished('k2', 'm1', minute(1))];
    expect(opIdsOf(pendingAfter(...marks))).toEqual(['k1']);
    expect(opIdsOf(pendingAfter(...marks, readWished('k3', 'm2', minute(2))))).toEqual(['k1']);
  });

  it('leave one alone that is under way', () => {
    const pending = pendingAfter(
      ...[readWished('k1', 'm1', minute(1)), began('k1', 1), readWished('k2', 'm2', minute(2))],
    );
    expect(pending).toMatchObject([{ opId: 'k1' }, { opId: 'k2', messageIds: ['m2'] }]);
  });
});
