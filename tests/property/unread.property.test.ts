import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { expectAtMost, expectEqual, expectSame } from '../support/quickExpect';

import type { UnreadMove, UnreadOptions } from '../support/unreadWorld';
import { unreadMoves, UnreadWorld } from '../support/unreadWorld';

interface Step {
  readonly kind: UnreadMove;
  readonly a: number;
  readonly b: number;
}

const small = fc.nat({ max: 40 });
const stepsWithout = (...without: readonly UnreadMove[]): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...unreadMoves.filter((kind) => !without.includes(kind))),
      ...{ a: small, b: small },
    }),
    { maxLength: 60, size: 'max' },
  );
const backend: fc.Arbitrary<UnreadOptions> = fc.record({
  ...{ saysRead: fc.boolean(), saysLast: fc.boolean() },
  ...{ timesDeletes: fc.boolean(), listsDeleted: fc.boolean() },
});
const play = (world: UnreadWorld, { kind, a, b }: Step): void => {
  world.move(kind, a, b);
};

describe('what is unread', () => {
  it('is never more than there can be, whatever came in whatever order (at least means at least)', () => {
    fc.assert(
      fc.property(backend, stepsWithout('readElsewhere'), (options, steps) => {
        const world = new UnreadWorld(options);
        for (const step of steps) {
          play(world, step);
          expectAtMost(world.unread?.count ?? 0, world.mostTellable());
        }
      }),
      { numRuns: 700 },
    );
  });

  it('is what the server would say, where it is exact and nothing is on its way', () => {
    fc.assert(
      fc.property(backend, stepsWithout('readElsewhere'), (options, steps) => {
        const world = new UnreadWorld(options);
        for (const [i, step] of steps.entries()) {
          play(world, step);
          if (i % 5 !== 4) continue;
          world.quiet();
          const { unread } = world;
          if (unread?.isExact === true) expectSame(unread.count, world.serverCount());
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('is exactly what the server says after a quiet refetch, wherever else it was read', () => {
    const limit = fc.integer({ min: 1, max: 80 });
    fc.assert(
      fc.property(backend, stepsWithout(), limit, (options, steps, rows) => {
        const world = new UnreadWorld(options);
        for (const step of steps) play(world, step);
        world.refetch(rows);
        expectEqual(world.unread, { count: world.serverCount(), isExact: true });
      }),
      { numRuns: 1_500 },
    );
  });

  it('begins with a message that is unread, which is never let go', () => {
    fc.assert(
      fc.property(backend, stepsWithout('readElsewhere'), (options, steps) => {
        const world = new UnreadWorld(options);
        for (const step of steps) play(world, step);
        world.refetch(100);
        expectSame(world.firstUnreadAt, world.oldestUnread()?.createdAt ?? null);
      }),
      { numRuns: 500 },
    );
  });
});
