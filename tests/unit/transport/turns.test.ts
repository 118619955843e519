import { describe, expect, it } from '@jest/globals';

import { createTurns, piecesOf } from '../../../src/transport/turns';

describe('long work', () => {
  const start = () => {
    let now = 0;
    const waiting: (() => void)[] = [];
    const turns = createTurns({
      clock: { now: () => now },
      scheduler: { afterFrame: (run) => waiting.push(run) },
    });
    const work = (ms: number) =>
      turns.take(() => {
        now += ms;
      });
    return { turns, work, waiting, pass: (ms: number) => (now += ms) };
  };

  it('goes on at once while it has not held the thread for long', async () => {
    const { work, waiting } = start();
    await work(1);
    await work(2);
    expect(waiting).toHaveLength(0);
  });

  it('lets the page be drawn once it has, and then begins to count anew', async () => {
    const { work, waiting } = start();
    await work(3);
    const taken = work(1);
    let isDone = false;
    void taken.then(() => (isDone = true));
    await Promise.resolve();
    await Promise.resolve();
    expect([waiting.length, isDone]).toEqual([1, false]);
    waiting[0]?.();
    await taken;
    await work(3);
    expect(waiting).toHaveLength(1);
  });

  it('counts what the work gave rise to, and not the time in between', async () => {
    const { turns, work, waiting, pass } = start();
    await work(3);
    pass(60_000);
    await work(0);
    expect(waiting).toHaveLength(0);
    void turns.take(() => void Promise.resolve().then(() => pass(1)));
    await Promise.resolve();
    await Promise.resolve();
    expect(waiting).toHaveLength(1);
  });

  it('does not count a clock that is set back', async () => {
    const { work, waiting } = start();
    await work(3);
    await work(-60_000);
    void work(1);
    await Promise.resolve();
    await Promise.resolve();
    expect(waiting).toHaveLength(1);
  });
});

describe('what was read at once', () => {
  it('is taken in pieces that are the whole, in order', () => {
    const bytes = Uint8Array.from({ length: 40_000 }, (_unused, i) => i % 251);
    const pieces = [...piecesOf(bytes)];
    expect(pieces.map(({ length }) => length)).toEqual([16_384, 16_384, 7_232]);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  });

  it('is one piece where it is short, and none where it is empty', () => {
    expect([...piecesOf(new Uint8Array(3))]).toHaveLength(1);
    expect([...piecesOf(new Uint8Array())]).toHaveLength(0);
  });
});
