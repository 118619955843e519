import { describe, expect, it } from '@jest/globals';
import { revive } from '../../../../src/middleware/persistence/revive';
import type { Operation, OperationStatus } from '../../../../src/protocol/operations';
import { mayBecome } from '../../../../src/state/operationStatus';

const statuses: readonly OperationStatus[] = [
  'queued',
  'sending',
  'acknowledged',
  'uncertain',
  'failed',
];

const base = {
  ...{ opId: 'op1', channelId: 'c1', at: 5, attempts: 1, notBefore: 7, code: null },
  ...{ startedAs: 12, ackedAs: 13 },
} as const;
const send = (status: OperationStatus): Operation => ({
  ...{ ...base, status, kind: 'send', parentId: null, content: 'hello', messageType: 'text' },
  ...{ uploadIds: [], authorId: 'lina', since: null, candidates: [], mayMatch: true },
});
const edit = (status: OperationStatus): Operation => ({
  ...{ ...base, status, kind: 'edit', target: 'm1', content: 'better' },
});

const became = (operation: Operation, isKeyed = false) => revive(operation, isKeyed)?.status;

describe('an operation of an earlier visit', () => {
  it('that was under way may have worked', () => {
    expect(became(send('sending'))).toBe('uncertain');
    expect(revive(send('sending'), false)).toMatchObject({ code: 'ABORTED', attempts: 2 });
  });

  it('is repeated where that does no harm', () => {
    expect(became(edit('sending'))).toBe('queued');
    expect(revive(send('sending'), true)).toMatchObject({ status: 'queued', mayExist: true });
  });

  it('that worked is waited for no more', () => {
    expect(revive(edit('acknowledged'), false)).toBeNull();
  });

  it.each(['queued', 'uncertain', 'failed'] as const)('stays %s', (status) => {
    expect(revive(send(status), false)).toEqual({ ...send(status), startedAs: 0, ackedAs: null });
  });

  it('that never left is one that never left', () => {
    expect(revive({ ...send('queued'), startedAs: null }, false)).toMatchObject({
      startedAs: null,
    });
  });

  it.each(statuses.flatMap((status) => [send(status), edit(status)]))(
    'becomes only what it may become: %j',
    (operation) => {
      for (const isKeyed of [true, false]) {
        const next = revive(operation, isKeyed)?.status ?? 'settled';
        expect(next === operation.status || mayBecome(operation, next)).toBe(true);
      }
    },
  );
});
