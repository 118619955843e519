import { describe, expect, it } from '@jest/globals';

import { createLadder } from '../../../src/transport/ladder';
import type { Source } from '../../../src/transport/source';

const sourceOf = (name: Source['name']): Source => ({
  name,
  watchesSilence: false,
  open: () => {
    throw new Error('not in this test');
  },
});
const [socket, sse, poll] = [sourceOf('webSocket'), sourceOf('sse'), sourceOf('longPoll')];
const picks = (ladder: ReturnType<typeof createLadder>) =>
  [0, 1, 2, 3, 4, 5, 6].map((attempt) => ladder.pick(attempt).name);

describe('a ladder', () => {
  it('of one way has no choice', () => {
    const ladder = createLadder([sse]);
    expect(new Set(picks(ladder))).toEqual(new Set(['sse']));
    expect(ladder.above(sse)).toEqual([]);
    expect(ladder.hasOther(sse)).toBe(false);
    expect(ladder.refuse(sse)).toBeNull();
    expect(ladder.pick(0)).toBe(sse);
    expect([ladder.turn(), ladder.turn()]).toEqual([sse, sse]);
  });

  it('knows of another way as long as one is left', () => {
    const ladder = createLadder([sse, poll]);
    expect([ladder.hasOther(sse), ladder.hasOther(poll)]).toEqual([true, true]);
    ladder.refuse(sse);
    expect([ladder.hasOther(sse), ladder.hasOther(poll)]).toEqual([true, false]);
  });

  it('takes turns from the third failure on: it may be the way, and not the server', () => {
    expect(picks(createLadder([sse, poll]))).toEqual([
      'sse',
      'sse',
      'sse',
      'longPoll',
      'sse',
      'longPoll',
      'sse',
    ]);
    expect(picks(createLadder([socket, sse, poll])).slice(3)).toEqual([
      'sse',
      'longPoll',
      'webSocket',
      'sse',
    ]);
  });

  it('leaves out what was refused, until all were, or something changed around', () => {
    const ladder = createLadder([socket, sse, poll]);
    expect(ladder.refuse(socket)).toBe(sse);
    expect(picks(ladder).slice(0, 5)).toEqual(['sse', 'sse', 'sse', 'longPoll', 'sse']);
    expect(ladder.refuse(poll)).toBe(sse);
    expect(new Set(picks(ladder))).toEqual(new Set(['sse']));
    expect(ladder.refuse(sse)).toBeNull();
    expect(ladder.pick(0)).toBe(socket);
    ladder.refuse(socket);
    expect([sse, poll].map((way) => ladder.hasBetter(way))).toEqual([false, true]);
    ladder.forgive();
    expect([socket, sse, poll].map((way) => ladder.hasBetter(way))).toEqual([false, true, true]);
    expect(ladder.pick(0)).toBe(socket);
  });

  it('looks at each way in its turn once all were given up', () => {
    const ladder = createLadder([sse, poll]);
    ladder.refuse(sse);
    expect([ladder.turn(), ladder.turn(), ladder.turn()]).toEqual([sse, poll, sse]);
    expect(ladder.pick(0)).toBe(sse);
    ladder.forgive();
    expect(ladder.turn()).toBe(sse);
  });

  it('knows what is better', () => {
    const ladder = createLadder([socket, sse, poll]);
    expect(ladder.above(poll)).toEqual([socket, sse]);
    expect(ladder.above(socket)).toEqual([]);
  });
});
