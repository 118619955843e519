import { afterEach, describe, expect, it } from '@jest/globals';
import { systemLocks } from '../../../src/platform/locks';
import { createFakeOrigin } from '../../../src/testing';
import { noop, withGlobals } from '../../support/browserGlobals';

type Callback = (lock: { readonly name: string } | null) => Promise<void> | undefined;

/** `navigator.locks`, as far as it is used. */
function createLockManager() {
  const held = new Set<string>();
  const waiting: (() => void)[] = [];
  const request = async (
    name: string,
    options: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal },
    callback: Callback,
  ): Promise<unknown> => {
    if (held.has(name)) {
      if (options.ifAvailable === true) return callback(null);
      await new Promise<void>((resolve, reject) => {
        waiting.push(resolve);
        options.signal?.addEventListener('abort', () => {
          reject(new DOMException('called off', 'AbortError'));
        });
      });
    }
    held.add(name);
    await callback({ name });
    held.delete(name);
    waiting.shift()?.();
    return undefined;
  };
  return { request };
}

let restore = noop;
afterEach(() => {
  restore();
});

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('systemLocks', () => {
  it('has none on a server, and says so', async () => {
    restore = withGlobals({ navigator: undefined });
    expect(systemLocks.isSupported()).toBe(false);
    expect(await systemLocks.tryAcquire('a')).toBeNull();
    expect(await systemLocks.acquire('a', new AbortController().signal)).toBeNull();
  });
});

const managers = [
  ['of a browser', () => systemLocks],
  ['of a fake browser', () => createFakeOrigin().tab().locks],
] as const;

describe.each(managers)('locks %s', (_name, create) => {
  it('are held by one at a time, and passed on', async () => {
    restore = withGlobals({ navigator: { locks: createLockManager() } });
    const locks = create();
    expect(locks.isSupported()).toBe(true);
    const first = await locks.tryAcquire('a');
    expect(first).not.toBeNull();
    expect(await locks.tryAcquire('a')).toBeNull();
    expect(await locks.tryAcquire('b')).not.toBeNull();
    let second: Awaited<ReturnType<typeof locks.acquire>> = null;
    void locks.acquire('a', new AbortController().signal).then((lock) => {
      second = lock;
    });
    await settle();
    expect(second).toBeNull();
    first?.release();
    first?.release();
    await settle();
    expect(second).not.toBeNull();
    expect(await locks.tryAcquire('a')).toBeNull();
  });

  it('are not waited for any more once that is called off', async () => {
    restore = withGlobals({ navigator: { locks: createLockManager() } });
    const locks = create();
    const first = await locks.tryAcquire('a');
    const abort = new AbortController();
    const waiting = locks.acquire('a', abort.signal);
    abort.abort();
    expect(await waiting).toBeNull();
    expect(await locks.acquire('a', abort.signal)).toBeNull();
    first?.release();
    await settle();
    expect(await locks.tryAcquire('a')).not.toBeNull();
  });
});

describe('a tab of a fake browser that crashes', () => {
  it('frees its locks, waits for none, and is not heard', async () => {
    const origin = createFakeOrigin();
    const [one, two] = [origin.tab(), origin.tab()];
    const { signal } = new AbortController();
    await one.locks.tryAcquire('a');
    await two.locks.tryAcquire('b');
    void one.locks.acquire('b', signal);
    const waiting = two.locks.acquire('a', signal);
    const heard: unknown[] = [];
    one.broadcast.open('line', (message) => heard.push(message));
    const line = two.broadcast.open('line', (message) => heard.push(message));
    one.crash();
    expect(await waiting).not.toBeNull();
    line.post('hello');
    await settle();
    expect(heard).toEqual([]);
    expect(one.held()).toEqual({ locks: 0, lines: 0, databases: 0 });
    expect(two.held()).toEqual({ locks: 2, lines: 1, databases: 0 });
    line.close();
    expect(two.held().lines).toBe(0);
  });
});
