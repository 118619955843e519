import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HudhudStoreState } from '../../src';
import { typingTtlMs } from '../../src';
import {
  frame,
  ids,
  messageFrame,
  presenceFrame,
  row,
  typingFrame,
} from '../support/hudhudAnswers';
import { expectEqual, expectSame } from '../support/quickExpect';
import type { TravelWorld } from '../support/travelWorld';
import { createTravelWorld, noticeMs } from '../support/travelWorld';

/** One step of a schedule. Numbers are taken modulo whatever there is to choose from. */
type Step =
  | { readonly kind: 'frames'; readonly frames: readonly string[] }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'wish'; readonly text: string }
  | { readonly kind: 'network' }
  | { readonly kind: 'travel'; readonly to: number }
  | { readonly kind: 'return' };

const number = fc.integer({ min: 1, max: 12 });
const someone = fc.constantFrom(ids.omar, ids.sara);
const anyFrame = fc.oneof(
  number.map((n) => messageFrame(n)),
  number.map((n) => messageFrame(n, { content: `edited ${n}`, edited_at: row(n).created_at })),
  number.map((n) => {
    const { message_id, channel_id } = row(n);
    return frame('channel_message', { action: 'message_deleted', message_id, channel_id });
  }),
  fc.tuple(number, someone, fc.boolean()).map(([n, userId, isOn]) =>
    frame('reaction', {
      action: isOn ? 'add' : 'remove',
      ...{ messageId: row(n).message_id, channelId: ids.general, userId, emoji: '👍' },
    }),
  ),
  someone.map((userId) => typingFrame(userId)),
  fc
    .tuple(someone, fc.constantFrom('join', 'leave'))
    .map(([userId, action]) => presenceFrame(userId, { action })),
);
const heard: fc.Arbitrary<Step> = fc
  .array(anyFrame, { minLength: 1, maxLength: 4 })
  .map((frames) => ({ kind: 'frames', frames }));
const time: fc.Arbitrary<Step> = fc
  .constantFrom(1, 100, 1_000, typingTtlMs)
  .map((ms) => ({ kind: 'advance', ms }));
const travel: fc.Arbitrary<Step> = fc.oneof(
  fc.nat(200).map((to): Step => ({ kind: 'travel', to })),
  fc.constant<Step>({ kind: 'return' }),
);
const wish: fc.Arbitrary<Step> = fc.oneof(
  fc.stringMatching(/^[a-z]{8}$/).map((text): Step => ({ kind: 'wish', text })),
  fc.constant<Step>({ kind: 'network' }),
);
const schedule = (...kinds: readonly fc.Arbitrary<Step>[]) =>
  fc.array(fc.oneof(...kinds), { minLength: 4, maxLength: 14 });

async function take(world: TravelWorld, step: Step): Promise<void> {
  switch (step.kind) {
    case 'frames':
      await world.push(...step.frames);
      break;
    case 'advance':
      await world.platform.advance(step.ms);
      break;
    case 'wish':
      world.send(step.text);
      // what leaves is decided at once, and then waits for the token
      await world.platform.settle();
      break;
    case 'network':
      world.platform.setOnline(false);
      world.platform.setOnline(true);
      break;
    case 'travel':
      world.jump(step.to % (world.newest() + 1));
      break;
    case 'return':
      world.jump();
      break;
  }
}

/** Whether what is shown is what is newest; an earlier state may well be the same. */
function isHere(world: TravelWorld): boolean {
  const { state } = world.lifted.getState().computedStates[world.newest()] as {
    readonly state: HudhudStoreState;
  };
  return state['hudhud'] === world.hudhudState();
}

async function play(steps: readonly Step[], travels: boolean): Promise<TravelWorld> {
  const world = await createTravelWorld();
  for (const step of steps) {
    if (!travels && (step.kind === 'travel' || step.kind === 'return')) continue;
    const [logged, sent] = [world.logged(), world.server.requests.length];
    const wasAway = !isHere(world);
    await take(world, step);
    if (!wasAway || isHere(world)) continue;
    expectSame(world.logged(), logged);
    expect(world.server.requests).toHaveLength(sent);
  }
  world.jump();
  await world.platform.advance(noticeMs);
  await world.platform.advance(2 * typingTtlMs);
  return world;
}

const scope = globalThis as { __REDUX_DEVTOOLS_EXTENSION__?: unknown };

describe('travelling through time (L19)', () => {
  beforeAll(() => {
    scope.__REDUX_DEVTOOLS_EXTENSION__ = {};
  });
  afterAll(() => {
    delete scope.__REDUX_DEVTOOLS_EXTENSION__;
  });

  it('ends in the very state in which staying ends, whatever streams bring', async () => {
    await fc.assert(
      fc.asyncProperty(schedule(heard, heard, time, travel), async (steps) => {
        const [travelled, stayed] = [await play(steps, true), await play(steps, false)];
        expectEqual(travelled.hudhudState(), stayed.hudhudState());
      }),
      { numRuns: 40 },
    );
  });

  it('and what is wished is sent once, in order, and shown', async () => {
    await fc.assert(
      fc.asyncProperty(schedule(heard, time, travel, wish), async (steps) => {
        const [travelled, stayed] = [await play(steps, true), await play(steps, false)];
        expectEqual(travelled.written(), stayed.written());
        expectEqual(travelled.texts(), stayed.texts());
        expectEqual(travelled.operations(), []);
      }),
      { numRuns: 30 },
    );
  });
});
