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

  it('looks into what has no name', () => {
    const [from, to] = [[{ rows: [1] }], [{ rows: [1, 2] }]];
    expect(patchesBetween(from, to)).toEqual([{ op: 'add', path: [0, 'rows', 1], value: 2 }]);
  });
});
