import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareJson } from '../../../src/replay/compare';

const paths = (before: unknown, after: unknown): string[] =>
  compareJson(before, after).map(({ path }) => path);

describe('compareJson', () => {
  it('finds nothing in what is the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(compareJson(value, structuredClone(value))).toEqual([]);
      }),
    );
  });

  it('finds something in what is not', () => {
    const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(json, json, (a, b) => {
        const isSame = compareJson(a, b).length === 0;
        if (isSame) expect(a).toEqual(b);
        else expect(a).not.toEqual(b);
      }),
    );
  });

  it.each<[unknown, unknown, string[]]>([
    [{ a: 1 }, { a: 2 }, ['a']],
    [{ a: 1 }, {}, ['a']],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, ['a.b.1']],
    [[], {}, ['']],
    [null, {}, ['']],
    [[{ id: 'm1' }, { id: 'm2', n: 1 }], [{ id: 'm2', n: 2 }], ['m1', 'm2.n']],
    [[{ id: 'm1', n: 1 }], [{ id: 'm1', n: 2 }, { id: 'm1' }], ['0.n', '1']],
    [[{ id: 'm1' }, { id: 'm2' }], [{ id: 'm2' }, { id: 'm1' }], ['']],
    [
      { a: [{ id: 'm1' }, { id: 'm2' }] },
      { a: [{ id: 'm2' }, { id: 'm1', n: 1 }] },
      ['a', 'a.m1.n'],
    ],
    [JSON.parse('{"__proto__":1}'), {}, ['__proto__']],
  ])('%j and %j', (before, after, expected) => {
    expect(paths(before, after).sort()).toEqual(expected.sort());
  });

  it('tells what was only moved by its ids', () => {
    const list = [{ id: 'm1' }, { id: 'm2' }, { id: 'm3' }];
    const [m1, m2, m3] = list;
    expect(compareJson({ list }, { list: [m3, m1] })).toEqual([
      { path: 'list', before: ['m1', 'm3'], after: ['m3', 'm1'] },
      { path: 'list.m2', before: m2, after: undefined },
    ]);
  });

  it('looks at nothing that is shared', () => {
    const shared = {
      get inner(): never {
        throw new Error('looked at');
      },
    };
    expect(paths({ shared, n: 1 }, { shared, n: 2 })).toEqual(['n']);
  });

  it('stops at as many as are wanted', () => {
    const list = Array.from({ length: 500 }, (_, i) => i);
    expect(compareJson(list, list.map(String), 7)).toHaveLength(7);
  });
});
