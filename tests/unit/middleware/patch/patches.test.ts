import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Patch } from '../../../../src/middleware/patch/patches';
import { patchesBetween } from '../../../../src/middleware/patch/patches';

type Node = Record<string | number, unknown>;

/** Applies steps as RFC 6902 has them, without Immer. */
function applied(from: unknown, patches: readonly Patch[]): unknown {
  let root = structuredClone(from);
  for (const { op, path, value } of patches) {
    const key = path.at(-1);
    if (key === undefined) {
      root = value;
      continue;
    }
    const place = path.slice(0, -1).reduce<unknown>((node, one) => (node as Node)[one], root);
    if (Array.isArray(place)) {
      if (op === 'replace') place[Number(key)] = value;
      else if (op === 'add') place.splice(Number(key), 0, value);
      else place.splice(Number(key), 1);
    } else if (op === 'remove') Reflect.deleteProperty(place as Node, key);
    else (place as Node)[key] = value;
  }
  return root;
}

const row = fc.record({ message_id: fc.constantFrom('a', 'b', 'c', 'd'), content: fc.string() });
const answer = fc.record(
  { messages: fc.array(row, { maxLength: 6 }), total: fc.nat(3), more: fc.boolean() },
  { requiredKeys: ['messages'] },
);
const pages = fc.array(answer, { maxLength: 3 });

describe('patchesBetween', () => {
  it('leads from any answer to any other', () => {
    fc.assert(
      fc.property(pages, pages, (from, to) => {
        expect(applied(from, patchesBetween(from, to))).toEqual(to);
      }),
      { numRuns: 1_000 },
    );
  });

  it('names a row that changed, one that is new, and none that stayed', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ message_id: id, content: id }));
    const edited = { message_id: 'b', content: 'edited' };
    expect(patchesBetween({ rows: [a, b] }, { rows: [a, edited, c] })).toEqual([
      { op: 'replace', path: ['rows', 1], value: edited },
      { op: 'add', path: ['rows', 2], value: c },
    ]);
    expect(patchesBetween([a, b, c], [a, c])).toEqual([{ op: 'remove', path: [1] }]);
    expect(patchesBetween([a, b], [a, b])).toEqual([]);
  });

  it('names none that stayed, whatever happens before and after it', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => ({ message_id: id, content: id }));
    const edited = { message_id: 'c', content: 'edited' };
    expect(patchesBetween([a, b, c], [b, edited, d])).toEqual([
      { op: 'remove', path: [0] },
      { op: 'replace', path: [1], value: edited },
      { op: 'add', path: [2], value: d },
    ]);
    expect(patchesBetween([b, c], [a, b, edited])).toEqual([
      { op: 'add', path: [0], value: a },
      { op: 'replace', path: [2], value: edited },
    ]);
    // one that has moved is put where it belongs
    expect(patchesBetween([a, b, c], [b, a, d])).toEqual([
      { op: 'remove', path: [0] },
      { op: 'remove', path: [1] },
      { op: 'add', path: [1], value: a },
      { op: 'add', path: [2], value: d },
    ]);
  });

  it('looks into what has no name', () => {
    const [from, to] = [[{ rows: [1] }], [{ rows: [1, 2] }]];
    expect(patchesBetween(from, to)).toEqual([{ op: 'add', path: [0, 'rows', 1], value: 2 }]);
  });

  it('writes the whole where much has changed; what stayed is the same object, and nobody writes into it', () => {
    const rowsOf = (count: number, text: string) =>
      Array.from({ length: count }, (_, i) => ({ message_id: `${i}`, content: [text] }));
    const from = rowsOf(20, 'before');
    const few = [...rowsOf(7, 'after'), ...from.slice(7)];
    expect(patchesBetween(from, few)).toHaveLength(7);
    const many = [...rowsOf(8, 'after'), ...from.slice(8)];
    const [whole, ...more] = patchesBetween(from, many);
    expect([whole?.op, whole?.path, more]).toEqual(['replace', [], []]);
    expect(whole?.value).toBe(many);
    expect([many, many[0], many[0]?.content, many[19]].every(Object.isFrozen)).toBe(true);
  });
});
