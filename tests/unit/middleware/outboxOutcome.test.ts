import { describe, expect, it } from '@jest/globals';
import { HudhudError } from '../../../src';
import type { HudhudErrorCode } from '../../../src';
import type { Outcome } from '../../../src/middleware/outboxOutcome';
import { outcomeOf } from '../../../src/middleware/outboxOutcome';
import type { OperationKind } from '../../../src/protocol/operations';
import { minute } from '../../support/exampleData';
import { unionOf } from '../../support/documents';
import {
  deleteWished,
  editWished,
  pendingAfter,
  reactWished,
  readWished,
  sendWished,
} from '../../support/wishes';

const [send, edit, remove, react, unreact, read] = pendingAfter(
  ...[sendWished('s'), editWished('e', 'm1', 'x'), deleteWished('d', 'm2'), reactWished('r', 'm3')],
  ...[reactWished('u', 'm4', false), readWished('k', 'm1', minute(1))],
);
const operations = { send, edit, delete: remove, react, unreact, read };
type Name = keyof typeof operations;

function isOf(name: Name, code: HudhudErrorCode, isRepeatable = false): Outcome['is'] {
  const operation = operations[name];
  if (operation === undefined) throw new Error(`no ${name}`);
  return outcomeOf(operation, new HudhudError(code, 'x'), isRepeatable).is;
}

type Row = Readonly<Record<Name, Outcome['is']>>;
const all = (is: Outcome['is']): Row => ({
  ...{ send: is, edit: is, delete: is, react: is, unreact: is, read: is },
});
const untold: Row = { ...all('retry'), send: 'uncertain' };
const table: Partial<Record<HudhudErrorCode, Row>> = {
  NETWORK: untold,
  TIMEOUT: untold,
  ABORTED: untold,
  SERVER_ERROR: untold,
  BAD_RESPONSE: untold,
  RATE_LIMITED: all('retry'),
  CONFLICT: { ...all('retry'), react: 'done', unreact: 'done' },
  NOT_FOUND: { ...all('failed'), delete: 'done', unreact: 'done' },
};
const codes = unionOf('src/errors.ts', 'HudhudErrorCode') as HudhudErrorCode[];
const names = Object.keys(operations) as Name[];
const cases = codes.flatMap((code) =>
  names.map((name) => [code, name, (table[code] ?? all('failed'))[name]] as const),
);

describe('what a failure means', () => {
  it('is told for every kind of operation', () => {
    const kinds: readonly OperationKind[] = ['send', 'edit', 'delete', 'react', 'read'];
    expect([...new Set(names.map((name) => operations[name]?.kind))]).toEqual([...kinds]);
    expect(codes.length).toBeGreaterThan(20);
  });

  it.each(cases)('%s of a %s: %s', (code, name, is) => {
    expect(isOf(name, code)).toBe(is);
  });

  it.each(cases)(
    '%s of a %s that the server knows again: as before, without a doubt',
    (code, name, is) => {
      expect(isOf(name, code, true)).toBe(is === 'uncertain' ? 'retry' : is);
    },
  );

  it('goes by the code of what was thrown; anything else may be anything', () => {
    if (send === undefined) throw new Error('no send');
    const limited = new HudhudError('RATE_LIMITED', 'x', { retryAfterMs: 7_000 });
    expect(outcomeOf(send, limited, false)).toEqual({
      ...{ is: 'retry', code: 'RATE_LIMITED', retryAfterMs: 7_000 },
      ...{ isUnsent: false, isPause: false },
    });
    expect(outcomeOf(send, new TypeError('CONFLICT 409'), false)).toEqual({
      ...{ is: 'uncertain', code: 'BAD_RESPONSE', retryAfterMs: 0 },
      ...{ isUnsent: false, isPause: false },
    });
    const unsent = new HudhudError('NETWORK', 'x', { isUnsent: true });
    expect(outcomeOf(send, unsent, false)).toMatchObject({ is: 'retry', isUnsent: true });
  });
});

it('only the server itself can ask to be left alone: a mark that was held back holds back no message', () => {
  const held = new HudhudError('RATE_LIMITED', 'x', { retryAfterMs: 60_000 });
  const told = new HudhudError('RATE_LIMITED', 'x', { retryAfterMs: 60_000, status: 429 });
  if (read === undefined) throw new Error('no read');
  expect([held, told].map((error) => outcomeOf(read, error, false))).toMatchObject([
    { is: 'retry', retryAfterMs: 60_000, isPause: false },
    { is: 'retry', retryAfterMs: 60_000, isPause: true },
  ]);
});
