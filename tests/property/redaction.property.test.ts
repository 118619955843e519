import { describe, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import fc from 'fast-check';
import { createHasher, hashJson } from '../../src/replay/hash';
import type { Lens } from '../../src/replay/lens';
import { guardLens, pseudonymLens } from '../../src/replay/lenses';
import { createPseudonyms } from '../../src/replay/pseudonyms';
import { toJson } from '../../src/replay/redact';
import type { HudhudState } from '../../src/state/rootReducer';
import { createRootReducer } from '../../src/state/rootReducer';
import { anyAction } from '../support/anyActions';
import { anyWish } from '../support/anyWishes';
import { connection } from '../support/exampleData';
import { expectEqual, expectSame, expectWithout } from '../support/quickExpect';

const reduce = createRootReducer('hudhud');
const pseudonyms = createPseudonyms([1, 2, 3, 4]);
const redacted = pseudonymLens(pseudonyms, ['client_id']);

const open = (['main', 'channel:general'] as const).map((stream) => connection('open', 1, stream));
const fold = (actions: readonly UnknownAction[]): HudhudState =>
  [...open, ...actions].reduce(reduce, reduce(undefined, { type: 'start' }));
const seen = <T>(value: T, lens: Lens): T => JSON.parse(toJson(value, lens)) as T;

const anything = fc.oneof(anyAction(3), { weight: 2, arbitrary: anyWish });
const log = fc.array(anything, { maxLength: 40, size: 'max' });
const wishes = fc.array(anyWish, { maxLength: 40, size: 'max' });

describe.each([
  ['pseudonyms', redacted],
  ['none', guardLens(pseudonyms)],
])('redaction %s', (_, lens) => {
  it.each([
    ['any actions', log],
    ['wishes', wishes],
  ])('commutes with reduction over %s: redact(reduce(a)) = reduce(redact(a))', (_name, logs) => {
    fc.assert(
      fc.property(logs, (actions) => {
        const live = fold(actions);
        const replayed = fold(seen(actions, lens));
        expectEqual(replayed, seen(live, lens));
      }),
      { numRuns: 200 },
    );
  });

  it('is in the hash of the live state: no second fold is needed', () => {
    fc.assert(
      fc.property(log, log, (first, second) => {
        const hasher = createHasher(lens);
        for (const actions of [first, [...first, ...second]]) {
          expectSame(hasher.hash(fold(actions)), hashJson(fold(seen(actions, lens))));
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** The fields that hold what people said, are called or have given. */
const told =
  'content username fullName email avatarUrl name slug description text url thumbnailUrl mime color fromAgent'.split(
    ' ',
  );

/** The same action, with something that must not be found in each of these fields, and in unknown ones. */
function marked(value: unknown, isFree = false): unknown {
  if (Array.isArray(value)) return value.map((item) => marked(item, isFree));
  if (typeof value === 'string' && isFree) return `private ${value}`;
  if (typeof value === 'number' && isFree) return 4_711_000 + value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const isTold =
      isFree || key === 'metadata' || (told.includes(key) && typeof inner === 'string');
    return [key, marked(inner, isTold)];
  });
  return Object.fromEntries([...entries, ['fieldOfTomorrow', 'private'], ['sum', 4_711_000]]);
}

describe('redaction by pseudonyms', () => {
  it('keeps nothing of what is said, and nothing of what is not known', () => {
    fc.assert(
      fc.property(anything, (action) => {
        const json = toJson(marked(action), redacted);
        expectWithout(json, 'private');
        expectWithout(json, '4711');
      }),
      { numRuns: 1_000 },
    );
  });
});
