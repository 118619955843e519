import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import fc from 'fast-check';
import type { Operation, OperationKind } from '../../../src/protocol/operations';
import type { OperationEnd } from '../../../src/state/operationStatus';
import { mayBecome, operationTransitions } from '../../../src/state/operationStatus';
import type { OutboxState } from '../../../src/state/outboxState';
import { findOperation } from '../../../src/state/outboxState';
import {
  created,
  deleted,
  edited,
  heard,
  lina,
  minute,
  page,
  reacted,
} from '../../support/exampleData';
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
  own,
  ownOf,
  reactWished,
  readWished,
  retried,
  sendWished,
} from '../../support/wishes';

const id = 'op';
const wishes: Readonly<Record<OperationKind, UnknownAction>> = {
  send: sendWished(id),
  edit: editWished(id, 'm1', 'new'),
  delete: deleteWished(id, 'm1'),
  react: reactWished(id, 'm1'),
  read: readWished(id, 'm1', minute(1)),
};
const kinds = Object.keys(wishes) as OperationKind[];

/** Everything that is ever said of an operation, by its runner, by the person and by the server. */
const reports: readonly UnknownAction[] = [
  began(id, 5),
  began(id, 50),
  acked(id, 5, 9, { message: own('m1') }),
  acked(id, 50, 59),
  failedBy(id),
  failedBy(id, 'RATE_LIMITED', minute(5)),
  doubted(id),
  lookEnded(id, null),
  lookEnded(id, minute(6)),
  echoMissed(id, 9),
  retried(id),
  discarded(id),
  heard(6, created('m1', ownOf(id, 'm1'))),
  heard(7, created('m1', own('m1'))),
  heard(8, edited('m1', { content: 'new' })),
  heard(60, reacted('m1', lina)),
  heard(61, deleted('m1')),
  page(70, [own('m1', { content: 'new' })]),
];
const anyReports = fc.array(fc.constantFrom(...reports), { maxLength: 14, size: 'max' });

type Step = readonly [from: Operation['status'], to: Operation['status'] | OperationEnd];

function stepsOf(wish: UnknownAction, told: readonly UnknownAction[]): readonly Step[] {
  let state: OutboxState = foldOutbox([wish]);
  return told.flatMap((action): Step[] => {
    const before = findOperation(state, id);
    state = foldOutbox([action], state);
    const after = findOperation(state, id);
    if (before === undefined) {
      if (after !== undefined) throw new Error(`${action.type} made an operation out of nothing`);
      return [];
    }
    const isDiscard = action.type === discarded(id).type;
    const to = after?.status ?? (isDiscard ? 'discarded' : 'settled');
    return to === before.status ? [] : [[before.status, to]];
  });
}

describe('the status of an operation', () => {
  it.each(kinds)(
    'of a %s moves along the table only, whatever is told in whatever order',
    (kind) => {
      fc.assert(
        fc.property(anyReports, (told) => {
          for (const [from, to] of stepsOf(wishes[kind], told)) {
            expect([from, operationTransitions[from].includes(to)]).toEqual([from, true]);
          }
        }),
        { numRuns: 600 },
      );
    },
  );

  it.each(kinds)('of a %s ends for good: nothing that is told brings it back (I7)', (kind) => {
    fc.assert(
      fc.property(anyReports, anyReports, (told, late) => {
        const state = foldOutbox([wishes[kind], ...told]);
        fc.pre(findOperation(state, id) === undefined);
        expect(findOperation(foldOutbox(late, state), id)).toBeUndefined();
      }),
      { numRuns: 600 },
    );
  });

  it('reaches every status and every end of the table in some order', () => {
    const seen = new Set<string>();
    const logs = fc.sample(anyReports, { numRuns: 4_000, seed: 1 });
    for (const [i, told] of logs.entries()) {
      const kind = kinds[i % kinds.length] ?? 'send';
      for (const [from, to] of stepsOf(wishes[kind], told)) seen.add(`${from} → ${to}`);
    }
    const table = Object.entries(operationTransitions).flatMap(([from, all]) =>
      all.map((to) => `${from} → ${to}`),
    );
    // a send that waits for a file which cannot come is the one that fails before it is sent
    expect([...seen, 'queued → failed'].sort()).toEqual(expect.arrayContaining([...table].sort()));
    expect(table).toHaveLength(16);
  });

  it('that has a request under way cannot be called off', () => {
    const [operation] = foldOutbox([sendWished(id), began(id, 5)]).channels[0]?.operations ?? [];
    if (operation === undefined) throw new Error('nothing is held');
    expect(mayBecome(operation, 'discarded')).toBe(false);
    expect(mayBecome(operation, 'settled')).toBe(true);
  });
});
