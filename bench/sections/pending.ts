import type { HeldStore } from '../heldStore';
import { createHeldStore, expectSame } from '../heldStore';
import type { Figure } from '../measure';
import { measure } from '../measure';
import { seeded } from '../random';
import type { Section } from '../section';
import { count, printHead, row, times, us } from '../table';
import type { World } from '../workloads';
import { createWorld, scattered } from '../workloads';

/** People of the channel; the first one looks, and has written one message of twenty. */
const people = 20;
const pendingCounts = [0, 1, 50];

/** Wishes of every kind, on rows from the first to the last. */
function wish(bench: HeldStore, world: World, held: number, wished: number): void {
  const { store, channelId } = bench;
  const { actions } = bench.hudhud;
  for (let i = 0; i < wished; i++) {
    const own = Math.floor((held / wished / people) * i) * people;
    const target = (index: number) => world.message(index, channelId).id;
    const kind = i % 5;
    if (kind === 0) store.dispatch(actions.sendMessage({ channelId, content: `on its way ${i}` }));
    else if (kind <= 2) {
      store.dispatch(actions.editMessage({ channelId, target: target(own), content: `new ${i}` }));
    } else {
      store.dispatch(actions.addReaction({ channelId, target: target(own + 1), emoji: '🎉' }));
    }
  }
}

async function prepare(held: number, wished: number, events: number) {
  const world = createWorld(1, people);
  const bench = createHeldStore(world, held);
  const { channelId, timeline } = bench;
  timeline();
  wish(bench, world, held, wished);
  // the requests leave
  await new Promise(setImmediate);
  const stream = scattered(world, held, events, seeded(17));
  const created = stream.filter((event) => 'op' in event && event.op === 'create').length;
  timeline();
  return {
    steps: events,
    perStep: 1,
    step(i: number) {
      const event = stream[i];
      if (event !== undefined) bench.take(event);
    },
    check() {
      const pending = bench.hudhud.selectors.selectOperations(bench.store.getState(), channelId);
      expectSame('pending', pending.length, wished);
      const sends = pending.filter(({ kind }) => kind === 'send').length;
      expectSame('rows', timeline().length, held + created + sends);
      expectSame('rows marked', timeline().filter((one) => one.pending !== null).length, wished);
    },
  };
}

/** How much more it costs with so many pending than with none. */
const more = (costs: readonly number[], i: number): number => (costs[i] ?? NaN) - (costs[0] ?? NaN);

export const pendingSection: Section = {
  name: 'pending',
  title: 'A timeline read after every event, while wishes in it wait for answers that never come',
  print(run, { sizes }) {
    const words = pendingCounts.map((wished) => `${wished} pending: µs`);
    printHead(['held', ...words, '1 : 0', '50 : 0', 'of it for 1: µs', 'of it for 50: µs']);
    const all: number[][] = [];
    for (const held of sizes) {
      const costs = pendingCounts.map((wished) => (run([held, wished]) as Figure).usPerEvent);
      const ratios = [1, 2].map((i) => times((costs[i] ?? NaN) / (costs[0] ?? NaN)));
      const extra = [1, 2].map((i) => us(more(costs, i)));
      console.log(row([count(held), ...costs.map(us), ...ratios, ...extra]));
      all.push(costs);
    }
    const [first, last] = [all[0] ?? [], all.at(-1) ?? []];
    if (first === last) return;
    const grown = pendingCounts.map((_, i) => times((last[i] ?? NaN) / (first[i] ?? NaN)));
    console.log(row(['growth', ...grown, '', '', '', times(more(last, 2) / more(first, 2))]));
    console.log(
      '\nThe whole list is read: to make it is to copy it, which grows with what is held.',
    );
  },
  measure([held = '', wished = ''], { effort, isQuick }) {
    const events = isQuick ? 50 : 400;
    return measure(() => prepare(Number(held), Number(wished), events), {
      ...effort,
      cutMs: 10_000,
    });
  },
};
