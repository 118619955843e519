import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Table } from '../../../src/state/table';
import { TableEditor, createTable, tableEntries, tableGet } from '../../../src/state/table';
import { hostileNames } from '../../support/anyActions';
import { frozen } from '../../support/frozen';

interface Entry {
  readonly id: string;
  readonly n: number;
}

const id = fc.oneof(fc.constantFrom(...hostileNames), fc.stringMatching(/^u[0-9]{1,2}$/));
const change = fc.record({ id, n: fc.nat(), kind: fc.constantFrom('set', 'remove', 'done') });

describe('a table', () => {
  it('does what a map would do, whatever the ids, and leaves what it was made from as it was', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80, size: 'max' }), (changes) => {
        const map = new Map<string, Entry>();
        let table: Table<Entry> = createTable<Entry>();
        let editor = new TableEditor(table);
        for (const { id: key, n, kind } of changes) {
          if (kind === 'done') {
            table = frozen(editor.done());
            editor = new TableEditor(table);
          } else if (kind === 'remove') {
            editor.remove(key);
            map.delete(key);
          } else {
            const entry = frozen({ id: key, n });
            editor.set(entry);
            map.set(key, entry);
          }
          expect(editor.get(key)).toBe(map.get(key));
        }
        table = editor.done();
        expect(table.size).toBe(map.size);
        const byId = (a: Entry, b: Entry) => (a.id < b.id ? -1 : 1);
        expect(tableEntries(table).sort(byId)).toEqual([...map.values()].sort(byId));
        for (const entry of map.values()) expect(tableGet(table, entry.id)).toBe(entry);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same when nothing changed, and shares what did not change', () => {
    const first = new TableEditor(createTable<Entry>());
    const entry = { id: 'omar', n: 1 };
    first.set(entry);
    first.set({ id: 'salma', n: 1 });
    const table = first.done();
    const second = new TableEditor(table);
    second.set(entry);
    second.remove('nobody');
    expect(second.done()).toBe(table);
    second.set({ id: 'omar', n: 2 });
    const kept = second.done().rows.filter((row, i) => row === table.rows[i]);
    expect(kept).toHaveLength(31);
  });

  it('is plain JSON', () => {
    const editor = new TableEditor(createTable<Entry>());
    editor.set({ id: '__proto__', n: 1 });
    const copy = JSON.parse(JSON.stringify(editor.done())) as Table<Entry>;
    expect(tableGet(copy, '__proto__')).toEqual({ id: '__proto__', n: 1 });
  });
});
