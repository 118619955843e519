import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHasher, hashJson } from '../../../src/replay/hash';
import { pseudonymLens } from '../../../src/replay/lenses';
import { hashBytes, hashCodeUnits, toHex } from '../../../src/replay/murmur';
import { createPseudonyms } from '../../../src/replay/pseudonyms';
import { toJson } from '../../../src/replay/redact';
import { read } from '../../support/documents';
import { codeOf } from '../../support/codeOf';

/** Rows of a table of docs/replay.md, under its heading: the words in backticks. */
function vectors(heading: string): string[][] {
  const section = read('docs/replay.md').split(`### ${heading}\n`)[1]?.split('\n#')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => [...line.matchAll(/`([^`]*)`/g)].map(([, word = '']) => word));
}

describe('murmur', () => {
  it.each(vectors('Bytes'))('%s with seed %s', (text, seed, hash) => {
    expect(
      toHex(hashBytes(new TextEncoder().encode(JSON.parse(text) as string), Number(seed))),
    ).toBe(hash);
  });

  it('has vectors of every length of a rest', () => {
    const lengths = vectors('Bytes').map(([text = '']) => (JSON.parse(text) as string).length % 16);
    expect(new Set(lengths).size).toBe(16);
  });

  it('reads code units as the same bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, seed) => {
        const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
        const bytes = new Uint8Array(units.buffer);
        expect(hashCodeUnits(text, seed)).toEqual(hashBytes(bytes, seed));
      }),
    );
  });
});

/** The same value with the keys of every object the other way around. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

const json = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown); // without -0

describe('hashJson', () => {
  it.each(vectors('Values'))('%s', (value, hash) => {
    expect(hashJson(JSON.parse(value))).toBe(hash);
  });

  it('is the same for equal values, and another one for others', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(hashJson(turned(a))).toBe(hashJson(a));
        const isSame = JSON.stringify(turned(turned(a))) === JSON.stringify(turned(turned(b)));
        if (!isSame) expect(hashJson(b) === hashJson(a)).toBe(sorted(a) === sorted(b));
      }),
      { numRuns: 150 },
    );
  });

  it('tells apart what is alike', () => {
    const alike = [
      ...[null, true, false, 0, 1, '', '0', '1', 'null', [], {}, [[]], [{}], [null], [0], ['']],
      ...[{ a: 1 }, { a: '1' }, { b: 1 }, { a: { b: 1 } }, { a: [1] }, { a: 1, b: 1 }, [1, 2]],
      ...[[2, 1], [[1], 2], [[1, 2]], { a: 'bc' }, { ab: 'c' }, { '': 0 }, { __proto__x: 0 }, 1.5],
      ...[
        JSON.parse('{"__proto__":1}') as unknown,
        { constructor: 1 },
        'ä',
        'a\u0308',
        '\ud800',
        2 ** 53,
      ],
    ];
    expect(new Set(alike.map(hashJson)).size).toBe(alike.length);
  });

  it('takes a key that is undefined as missing', () => {
    expect(hashJson({ a: 1, b: undefined })).toBe(hashJson({ a: 1 }));
  });

  const circle: { inner: unknown[] } = { inner: [] };
  circle.inner.push(circle);
  it.each<[string, unknown, string]>([
    ['NaN', { a: [1, NaN] }, 'a.1'],
    ['Infinity', { a: Infinity }, 'a'],
    ['-0', [-0], '0'],
    ['undefined in a list', [1, undefined], '1'],
    ['a function', { a: { b: () => 1 } }, 'a.b'],
    ['a symbol', Symbol('a'), ''],
    ['a bigint', [1n], '0'],
    ['a Date', { at: new Date(0) }, 'at'],
    ['a Map', { people: new Map() }, 'people'],
    ['an instance of a class', new TextEncoder(), ''],
  ])('refuses %s, and says where it is', (_, value, field) => {
    expect(codeOf(() => hashJson(value))).toEqual({ code: 'NOT_PLAIN_JSON', field });
  });

  it('refuses a circle', () => {
    expect(codeOf(() => hashJson(circle))).toMatchObject({ code: 'NOT_PLAIN_JSON' });
  });

  it.each([
    ['-0', 0, -0],
    ['NaN', 1, NaN],
  ])(
    'refuses %s also where the row before had a sound value under that name',
    (_, sound, value) => {
      const refused = codeOf(() => hashJson([{ at: sound }, { at: value }]));
      expect(refused).toEqual({ code: 'NOT_PLAIN_JSON', field: '1.at' });
    },
  );

  it('can be used on after a refusal', () => {
    const hasher = createHasher();
    expect(() => hasher.hash({ a: [[NaN]] })).toThrow();
    expect(codeOf(() => hasher.hash({ b: NaN }))).toEqual({ code: 'NOT_PLAIN_JSON', field: 'b' });
    expect(hasher.hash([1])).toBe(hashJson([1]));
  });
});

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

describe('a hasher', () => {
  it('tells values apart that follow each other under one name', () => {
    const values = [0, '0', false, null, '', [], {}, 1, true, 1.5, 'a', 0];
    const rows = values.map((value) => ({ value, same: 'x' }));
    const hasher = createHasher();
    const inRow = rows.map((row) => hasher.hash(row));
    // each by a hasher that has seen nothing
    expect(inRow).toEqual(rows.map((row) => hashJson(row)));
    expect(new Set(inRow).size).toBe(values.length - 1);
  });

  it('remembers: what did not change is not looked at again', () => {
    let reads = 0;
    const rows = (from: number) =>
      Array.from({ length: 64 }, (_, i) => ({
        get id() {
          reads += 1;
          return `m${from + i}`;
        },
      }));
    const old = [rows(0), rows(64), rows(128)];
    const hasher = createHasher();
    const before = hasher.hash(old);
    expect(reads).toBe(192);
    const changed = old.with(2, rows(192));
    const after = hasher.hash(changed);
    expect(reads).toBe(256);
    expect(after).not.toBe(before);
    expect(after).toBe(hashJson(changed));
    expect(hasher.hash(old)).toBe(before);
  });

  it('remembers a list only as what its name says that it is', () => {
    const lens = pseudonymLens(createPseudonyms([1, 2, 3, 4]), []);
    const list = Array.from({ length: 80 }, (_, i) => `m${i}`);
    // the same list, once of ids and once of what nobody knows
    const value = { messageIds: list, names: list };
    const seen: unknown = JSON.parse(toJson(value, lens));
    expect(createHasher(lens).hash(value)).toBe(hashJson(seen));
  });

  it('gives what it would give without its memory', () => {
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 20 }), (values) => {
        const hasher = createHasher();
        const shared = Array.from({ length: 70 }, () => values);
        expect(hasher.hash([shared, shared, values])).toBe(hasher.hash([shared, shared, values]));
        expect(hasher.hash([shared, values])).toBe(hashJson([shared, values]));
      }),
      { numRuns: 100 },
    );
  });
});
