import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import { configureStore } from '@reduxjs/toolkit';

import { pollingChanged } from '../../../src/actions/connection';
import { isType } from '../../../src/actions/define';
import { createPolling } from '../../../src/middleware/polling';
import type { ConnectionSnapshot } from '../../../src/protocol/connectionSnapshot';
import { createRootReducer } from '../../../src/state/rootReducer';
import { createFakePlatform } from '../../../src/testing';
import { budgetDefaults, createRateBudget } from '../../../src/transport/rateBudget';
import { createSurroundings } from '../../../src/transport/surroundings';
import { nothingPending } from '../../support/connectionSetup';
import { connection } from '../../support/exampleData';

function setUp(tuning = budgetDefaults) {
  const platform = createFakePlatform();
  const budget = createRateBudget(tuning, platform.clock);
  const told: boolean[] = [];
  const reduce = createRootReducer('hudhud');
  const store = configureStore({
    reducer: {
      hudhud: (state: ReturnType<typeof reduce> | undefined, action: UnknownAction) => {
        if (isType(action, pollingChanged)) told.push(action.payload.isPolling);
        return reduce(state, action);
      },
    },
  });
  const server = { isUp: true, isHeld: false };
  const at: number[] = [];
  const start = platform.clock.now();
  let answer: (isDone: boolean | null) => void = () => undefined;
  const polling = createPolling(
    { platform, budget, instance: 'hudhud', surroundings: createSurroundings(platform) },
    store,
    () => {
      budget.spend('poll');
      at.push(platform.clock.now() - start);
      if (!server.isHeld) return Promise.resolve(server.isUp);
      return new Promise<boolean | null>((resolve) => {
        answer = resolve;
      });
    },
  );
  const changed = (phase: ConnectionSnapshot['phase'], attempt = 0) => {
    polling.changed({ ...connection(phase).payload, attempt });
  };
  const distances = () => at.slice(1).map((moment, i) => moment - (at[i] ?? 0));
  const answered = async (isDone: boolean | null) => {
    answer(isDone);
    await platform.settle();
  };
  return { platform, budget, told, server, at, polling, changed, distances, answered };
}

describe('polls', () => {
  it.each<[ConnectionSnapshot['phase'], number, boolean]>([
    ['failed', 0, true],
    ['waiting', 3, true],
    ['connecting', 3, true],
    ['waiting', 2, false],
    ['connecting', 0, false],
    ['open', 5, false],
    ['offline', 5, false],
    ['suspended', 5, false],
    ['authRequired', 5, false],
    ['idle', 0, false],
  ])('where the main stream is %s after %i tries: %s', async (phase, attempt, is) => {
    const { platform, at, told, polling, changed } = setUp();
    changed(phase, attempt);
    await platform.advance(1);
    expect(at).toEqual(is ? [0] : []);
    expect(told).toEqual(is ? [true] : []);
    polling.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('make room for what somebody wishes, and the first one comes at once after it', async () => {
    const { platform, at, told, server, polling, changed, answered } = setUp();
    server.isHeld = true;
    changed('failed');
    await platform.advance(1);
    await answered(null);
    await platform.advance(1);
    expect([at.length, told]).toEqual([2, []]);
    await answered(true);
    expect(told).toEqual([true]);
    await platform.advance(20_000);
    // the next ones have time, and what was called off is no failure
    await answered(null);
    await platform.advance(20_000);
    expect(at).toHaveLength(4);
    polling.stop();
  });

  it('come every 15 s or so, every 60 s while nobody looks', async () => {
    const { platform, at, changed, distances } = setUp();
    changed('failed');
    await platform.advance(90_000);
    for (const ms of distances()) {
      expect(ms).toBeGreaterThanOrEqual(13_500);
      expect(ms).toBeLessThanOrEqual(16_500);
    }
    platform.setVisible(false);
    await platform.advance(20_000);
    const before = at.length;
    await platform.advance(200_000);
    for (const ms of distances().slice(before)) {
      expect(ms).toBeGreaterThanOrEqual(54_000);
      expect(ms).toBeLessThanOrEqual(66_000);
    }
    expect(at.length - before).toBeGreaterThanOrEqual(3);
  });

  it('come at once where the page comes into view after a while, and not sooner than 15 s after the last', async () => {
    const { platform, at, changed } = setUp();
    platform.setVisible(false);
    changed('failed');
    await platform.advance(5_000);
    platform.setVisible(true);
    await platform.advance(9_999);
    expect(at).toEqual([0]);
    await platform.advance(1);
    expect(at).toEqual([0, 15_000]);
    platform.setVisible(false);
    await platform.advance(40_000);
    const before = at.length;
    platform.setVisible(true);
    await platform.advance(1);
    expect(at).toHaveLength(before + 1);
  });

  it.each<[string, (setup: ReturnType<typeof setUp>) => void]>([
    [
      'the main stream brings something',
      ({ polling }) => {
        polling.heard();
      },
    ],
    [
      'the network is gone',
      ({ changed }) => {
        changed('offline');
      },
    ],
    [
      'somebody has to sign in',
      ({ changed }) => {
        changed('authRequired');
      },
    ],
    [
      'it is stopped',
      ({ polling }) => {
        polling.stop();
      },
    ],
  ])('end where %s, and begin anew when it is down again', async (_name, end) => {
    const setup = setUp();
    const { platform, at, told, changed } = setup;
    changed('failed');
    await platform.advance(1_000);
    end(setup);
    expect(told).toEqual([true, false]);
    expect(platform.pending()).toEqual(nothingPending);
    await platform.advance(60_000);
    expect(at).toHaveLength(1);
    changed('failed');
    await platform.advance(1);
    expect(at).toHaveLength(2);
    expect(told).toEqual([true, false, true]);
  });

  it('that are begun do not begin twice; a stream that is open and says nothing does not end them', async () => {
    const { platform, at, changed } = setUp();
    changed('failed');
    await platform.advance(1_000);
    changed('connecting', 4);
    changed('open', 4);
    changed('failed');
    await platform.advance(1_000);
    expect(at).toEqual([0]);
    await platform.advance(15_000);
    expect(at).toHaveLength(2);
  });

  it('that fail come later and later, at most two minutes apart; the second in a row is told', async () => {
    const { platform, server, told, changed, distances } = setUp();
    changed('failed');
    await platform.advance(1_000);
    server.isUp = false;
    await platform.advance(17_000);
    expect(told).toEqual([true]);
    await platform.advance(33_000);
    expect(told).toEqual([true, false]);
    await platform.advance(20 * 60_000);
    const later = distances().slice(5);
    expect(Math.max(...later)).toBeLessThanOrEqual(132_000);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(108_000);
    server.isUp = true;
    await platform.advance(132_000);
    expect(told).toEqual([true, false, true]);
    const before = distances().length;
    await platform.advance(40_000);
    expect(
      distances()
        .slice(before + 1)
        .every((ms) => ms < 17_000),
    ).toBe(true);
  });

  it('wait for room in the budget, and wait again where others took it', async () => {
    const { platform, budget, at, changed } = setUp({ limit: 4, windowMs: 60_000 });
    for (let i = 0; i < 3; i += 1) budget.spend('send');
    changed('failed');
    await platform.advance(50_000);
    expect(at).toEqual([]);
    budget.spend('send');
    budget.spend('send');
    budget.spend('send');
    await platform.advance(30_000);
    expect(at).toEqual([]);
    await platform.advance(31_000);
    expect(at).toEqual([110_000]);
  });

  it('that are answered after their end have nothing to say', async () => {
    const { platform, server, told, polling, changed, answered } = setUp();
    server.isHeld = true;
    changed('failed');
    await platform.advance(1);
    polling.heard();
    await answered(true);
    expect(told).toEqual([]);
    expect(platform.pending()).toEqual(nothingPending);
  });
});
