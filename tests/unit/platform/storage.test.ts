import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createIndexedDbStorage } from '../../../src/platform/indexedDb';
import type { KeyValueStorage } from '../../../src/platform/storage';
import { createMemoryStorage } from '../../../src/testing';
import { noop, withGlobals } from '../../support/browserGlobals';
import { indexedDbGlobals } from '../../support/fakeIndexedDb';

const adapters: readonly [string, () => KeyValueStorage][] = [
  ['IndexedDB', () => createIndexedDbStorage()],
  ['memory', () => createMemoryStorage()],
];

let restore = noop;
beforeEach(() => {
  restore = withGlobals(indexedDbGlobals());
});
afterEach(() => {
  restore();
});

describe.each(adapters)('a storage in %s', (_name, create) => {
  it('keeps entries by space and key, and gives them back by prefix', async () => {
    const storage = create();
    await storage.write('lina', [
      { put: 'a/1', value: { text: 'one' } },
      { put: 'a/2', value: [2] },
      { put: 'b', value: null },
    ]);
    await storage.write('omar', [{ put: 'a/1', value: 'his' }]);
    expect([...(await storage.read('lina', 'a/'))]).toEqual([
      ['a/1', { text: 'one' }],
      ['a/2', [2]],
    ]);
    expect([...(await storage.read('lina')).keys()]).toEqual(['a/1', 'a/2', 'b']);
    expect([...(await storage.read('omar'))]).toEqual([['a/1', 'his']]);
    expect((await storage.read('nobody')).size).toBe(0);
    storage.close();
  });

  it('carries changes out in their order', async () => {
    const storage = create();
    await storage.write('lina', [{ put: 'old/1', value: 1 }]);
    await storage.write('lina', [
      { dropAll: 'old/' },
      { put: 'old/2', value: 2 },
      { put: 'x', value: 1 },
      { drop: 'x' },
    ]);
    expect([...(await storage.read('lina'))]).toEqual([['old/2', 2]]);
    storage.close();
  });

  it('changes nothing where an entry is not what is expected', async () => {
    const storage = create();
    const put = [{ put: 'a', value: 1 }];
    expect(await storage.write('lina', put, { owner: 'me' })).toBe(false);
    expect((await storage.read('lina')).size).toBe(0);
    expect(await storage.write('lina', [{ put: 'owner', value: 'me' }], { owner: undefined })).toBe(
      true,
    );
    expect(await storage.write('lina', put, { owner: undefined })).toBe(false);
    expect(await storage.write('lina', put, { owner: 'me' })).toBe(true);
    expect((await storage.read('lina')).get('a')).toBe(1);
    storage.close();
  });

  it('does all of a write or nothing of it', async () => {
    const storage = create();
    const broken = () => 'a function cannot be kept';
    const changes = [
      { put: 'a', value: 1 },
      { put: 'b', value: broken },
    ];
    await expect(storage.write('lina', changes)).rejects.toThrow();
    expect((await storage.read('lina')).size).toBe(0);
    storage.close();
  });

  it('goes on after it was closed', async () => {
    const storage = create();
    await storage.write('lina', [{ put: 'a', value: 1 }]);
    storage.close();
    storage.close();
    expect((await storage.read('lina')).get('a')).toBe(1);
    storage.close();
  });
});

describe('a storage in IndexedDB', () => {
  it('opens nothing until it is asked, and rejects where there is none', async () => {
    restore();
    restore = withGlobals({ indexedDB: undefined });
    const storage = createIndexedDbStorage();
    storage.close();
    await expect(storage.read('lina')).rejects.toThrow();
    await expect(storage.write('lina', [])).rejects.toThrow();
  });

  it('tries again after it could not be opened', async () => {
    restore();
    restore = withGlobals({ indexedDB: undefined });
    const storage = createIndexedDbStorage();
    await expect(storage.read('lina')).rejects.toThrow();
    restore();
    restore = withGlobals(indexedDbGlobals());
    expect((await storage.read('lina')).size).toBe(0);
    storage.close();
  });

  it('makes way for a version that is newer, and is opened again afterwards', async () => {
    const storage = createIndexedDbStorage('shared');
    await storage.write('lina', [{ put: 'a', value: 1 }]);
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase('shared');
      request.onsuccess = resolve;
      request.onerror = reject;
    });
    expect((await storage.read('lina')).size).toBe(0);
    storage.close();
  });
});
