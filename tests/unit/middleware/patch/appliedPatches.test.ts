import { describe, expect, it } from '@jest/globals';
import { createNextState } from '@reduxjs/toolkit';
import fc from 'fast-check';
import { createApi } from '@reduxjs/toolkit/query';
import { configureStore } from '@reduxjs/toolkit';
import { withPatches } from '../../../../src/middleware/patch/appliedPatches';
import { frozen } from '../../../support/frozen';

const data = frozen({ list: [1, 2, 3], one: { a: 1, b: 2 } });

describe('withPatches', () => {
  it.each([
    ['the whole', [{ op: 'replace', path: [], value: 7 }], 7],
    [
      'a field',
      [{ op: 'replace', path: ['one', 'a'], value: 5 }],
      { list: [1, 2, 3], one: { a: 5, b: 2 } },
    ],
    [
      'a new field',
      [{ op: 'add', path: ['one', 'c'], value: 5 }],
      { list: [1, 2, 3], one: { a: 1, b: 2, c: 5 } },
    ],
    ['no field', [{ op: 'remove', path: ['one', 'a'] }], { list: [1, 2, 3], one: { b: 2 } }],
    ['a place', [{ op: 'replace', path: ['list', 1], value: 9 }], { ...data, list: [1, 9, 3] }],
    ['a new place', [{ op: 'add', path: ['list', 1], value: 9 }], { ...data, list: [1, 9, 2, 3] }],
    ['no place', [{ op: 'remove', path: ['list', 1] }], { ...data, list: [1, 3] }],
    [
      'fewer places',
      [{ op: 'replace', path: ['list', 'length'], value: 1 }],
      { ...data, list: [1] },
    ],
  ] as const)('%s', (_name, patches, expected) => {
    const steps = patches.map((patch) => ({ ...patch, path: [...patch.path] }));
    expect(withPatches(data, steps)).toEqual(expected);
  });

  it('throws where there is nothing', () => {
    expect(() => withPatches(data, [{ op: 'replace', path: ['two', 'a'], value: 1 }])).toThrow(
      TypeError,
    );
  });

  it('comes to what RTK Query comes to, there and back', () => {
    const api = createApi({
      baseQuery: () => ({ data: null }),
      endpoints: (build) => ({ get: build.query<unknown, undefined>({ query: () => null }) }),
    });
    const rows = fc.array(fc.record({ id: fc.nat(9), text: fc.string({ maxLength: 2 }) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        const store = configureStore({
          reducer: { api: api.reducer },
          middleware: (getDefault) => getDefault().concat(api.middleware),
        });
        store.dispatch(
          api.util.upsertQueryEntries([{ endpointName: 'get', arg: undefined, value: before }]),
        );
        const { patches, inversePatches } = store.dispatch(
          api.util.updateQueryData('get', undefined, (draft) => {
            // the endpoint's answer may be anything
            const list = draft as unknown[];
            list.splice(0, list.length, ...after);
          }),
        );
        const now = createNextState(before, (draft) => {
          draft.splice(0, draft.length, ...after);
        });
        expect(withPatches(before, patches)).toEqual(now);
        expect(withPatches(now, inversePatches)).toEqual(before);
        store.dispatch(api.util.resetApiState());
      }),
    );
  });
});
