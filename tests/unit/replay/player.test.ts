import { describe, expect, it } from '@jest/globals';
import { noticesReceived } from '../../../src/actions/stream';
import { createPlayer } from '../../../src/replay/player';
import type { Log } from '../../../src/replay/readLog';
import { readLog } from '../../../src/replay/readLog';
import { createRootReducer } from '../../../src/state/rootReducer';
import type { LogReducer } from '../../../src/replay/verify';
import { createFakePlatform } from '../../../src/testing';
import { codeOf } from '../../support/codeOf';
import { smallLog } from '../../support/logs';
import { createRecordedStore, jumped } from '../../support/recordedStore';

const notice = (ordinal: number) =>
  noticesReceived({
    ...{ stream: 'main', epoch: 1, ordinal, receivedAt: ordinal },
    events: [
      { type: 'broadcast', op: 'notice', level: 'system', text: `n${ordinal}`, timestamp: null },
    ],
  });

/** Notices that came at these moments, in ms. Two actions come before the first one. */
async function recorded(moments: readonly number[], checkpointEvery = 10): Promise<Log> {
  const { recorder, store, platform } = createRecordedStore({ redaction: 'none', checkpointEvery });
  let now = 0;
  for (const [i, at] of moments.entries()) {
    await platform.advance(at - now);
    now = at;
    store.dispatch(notice(i + 1));
  }
  return readLog(recorder.export());
}

interface Notices {
  readonly list: readonly { readonly text: string }[];
}

const idsIn = (state: Readonly<Record<string, unknown>>): number[] =>
  (state['notices'] as Notices).list.map(({ text }) => Number(text.slice(1)));

describe('a player', () => {
  it('steps forth and back, and stops at the ends', async () => {
    const player = createPlayer(await recorded([0, 1, 2]));
    expect([player.first, player.last, player.position]).toEqual([0, 5, 0]);
    player.step();
    player.step(2);
    expect(idsIn(player.state)).toEqual([1]);
    expect(player.next?.a).toEqual(notice(2));
    player.step(99);
    expect([player.position, player.next]).toEqual([5, null]);
    expect(idsIn(player.state)).toEqual([1, 2, 3]);
    player.step(-1);
    expect(idsIn(player.state)).toEqual([1, 2]);
    player.step(-99);
    expect(player.position).toBe(0);
    expect(idsIn(player.state)).toEqual([]);
  });

  it('goes anywhere, in any order, and finds the same there', () => {
    const { recorder, store } = createRecordedStore({ redaction: 'none' });
    for (let i = 1; i <= 900; i++) store.dispatch(i % 400 === 0 ? jumped() : notice(i));
    const log = readLog(recorder.export());
    const straight = createPlayer(log);
    const states = Array.from({ length: straight.last + 1 }, () => {
      const { state } = straight;
      straight.step();
      return JSON.stringify(state);
    });
    const player = createPlayer(log);
    for (let n = 0, at = 0; n < 60; n++) {
      at = (at * 7 + 311) % (player.last + 1);
      player.seek(at);
      expect(JSON.stringify(player.state)).toBe(states[at]);
    }
  });

  it('stays where it is when it is told no number', async () => {
    const player = createPlayer(await recorded([0, 100]));
    player.seek(1);
    player.seek(NaN);
    expect(player.position).toBe(1);
  });

  it('says at which line reducers throw over what is a sound log', () => {
    const log = readLog(smallLog());
    const reducer: LogReducer = (state = {}, { payload }) => {
      if ((payload as { text: string }).text === '👍') throw new Error('no such state');
      return state;
    };
    const player = createPlayer(
      { ...log, entries: log.entries.filter(({ kind }) => kind !== 'checkpoint') },
      { reducer },
    );
    expect(codeOf(() => player.verify())).toEqual({ code: 'LOG_INVALID', line: 7 });
    expect(() => player.verify()).toThrow('Line 7: action 2, said, cannot be applied');
  });

  it('costs no more than 256 actions wherever it goes, once it was there', async () => {
    let reduced = 0;
    const counting: LogReducer = (state = {}) => {
      reduced += 1;
      return { ...state };
    };
    const log = await recorded(Array.from({ length: 2_000 }, (_, i) => i));
    const player = createPlayer(log, { reducer: counting });
    player.seek(player.last);
    expect(Object.keys(player.state).length).toBeGreaterThan(0);
    for (const at of [1_999, 5, 700, 1_300]) {
      reduced = 0;
      player.seek(at);
      expect(Object.keys(player.state).length).toBeGreaterThan(0);
      expect(reduced).toBeLessThanOrEqual(256);
    }
  });

  it('plays in time, as fast as it is told, and makes long waits short', async () => {
    const platform = createFakePlatform();
    const log = await recorded([0, 100, 300, 60_300]);
    const player = createPlayer(log, { timers: platform.timers });
    const started = platform.clock.now();
    const steps: number[] = [];
    let ended = 0;
    player.play({
      speed: 2,
      maxGapMs: 500,
      onStep: () => steps.push(platform.clock.now() - started),
      onEnd: () => (ended += 1),
    });
    await platform.advance(10_000);
    expect(steps).toEqual([0, 0, 0, 50, 150, 650]);
    expect(player.position).toBe(player.last);
    expect(ended).toBe(1);
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('stops when it is told to, also in the middle of a step', async () => {
    const platform = createFakePlatform();
    const log = await recorded([0, 100, 200, 300]);
    const player = createPlayer(log, { timers: platform.timers });
    const stop = player.play();
    await platform.advance(150);
    stop();
    expect(player.position).toBe(4);
    const again = player.play({
      onStep: () => {
        again();
      },
    });
    await platform.advance(10_000);
    expect(player.position).toBe(5);
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('tells how two moments differ, by path', async () => {
    const player = createPlayer(await recorded([0, 1, 2]));
    expect(player.diff(3, 4)).toEqual([
      {
        path: 'notices.list.announcement:2',
        before: undefined,
        after: {
          ...{ id: 'announcement:2', code: 'ANNOUNCEMENT', level: 'system', text: 'n2' },
          ...{ cause: null, count: 1, at: 2 },
        },
      },
      { path: 'notices.heardTo', before: 1, after: 2 },
    ]);
    expect(player.diff(4, 4)).toEqual([]);
    expect(player.position).toBe(0);
  });

  it('finds an action, or a state', async () => {
    const player = createPlayer(await recorded([0, 1, 2]));
    expect(player.find(({ type }) => type === 'stream/noticesReceived')).toBe(2);
    expect(player.find(({ type }) => type === 'stream/noticesReceived', 3)).toBe(3);
    expect(player.find((_, state) => idsIn(state).length === 2)).toBe(4);
    expect(player.find(() => false)).toBeNull();
  });
});

describe('verify', () => {
  it('finds nothing where everything came to what it was', async () => {
    expect(createPlayer(await recorded([0, 1, 2], 1)).verify()).toEqual([]);
  });

  /** A reducer that does something else with the second notice. */
  const broken =
    (real: LogReducer): LogReducer =>
    (state, action) => {
      const next = real(state, action);
      const { payload } = action as { readonly payload?: { readonly ordinal?: number } };
      if (payload?.ordinal !== 2) return next;
      const { list, ...rest } = next['notices'] as Notices;
      return {
        ...next,
        notices: { ...rest, list: list.map((one) => ({ ...one, level: 'alert' })) },
      };
    };

  it.each([
    [1, { after: 3, before: 4, i: 3, line: 9 }],
    [3, { after: 3, before: 5, i: 3, line: 7 }],
  ])('says where it comes to something else, with a checkpoint each %i', async (every, told) => {
    const real = createRootReducer('hudhud') as unknown as LogReducer;
    const log = await recorded([0, 1, 2], every);
    const player = createPlayer(log, { reducer: broken(real) });
    const { after, before, i, line } = told;
    expect(player.verify()).toEqual([
      {
        ...{ slice: 'notices', after, before, line: expect.any(Number) },
        suspect: {
          ...{ i, line, type: 'stream/noticesReceived' },
          paths: ['list.announcement:1.level', 'list.announcement:2', 'heardTo'],
        },
      },
    ]);
  });

  it('says that something was to change and did not', async () => {
    const log = await recorded([0, 1, 2], 1);
    const player = createPlayer(log, { reducer: (state = {}) => state });
    const [first] = player.verify();
    expect(first).toMatchObject({ slice: 'connection', after: 0, before: 1, suspect: null });
  });
});
