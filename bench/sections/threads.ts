import { createHeldStore, expectSame } from '../heldStore';
import type { Figure } from '../measure';
import { measure } from '../measure';
import { seeded } from '../random';
import type { Section } from '../section';
import { count, printHead, row, times, us } from '../table';
import { create, createWorld, scattered } from '../workloads';

const held = 2_000;
const replies = 4;
const threadCounts = [0, 1, 500];

function prepare(threads: number, isReplying: boolean, events: number) {
  const world = createWorld(1, 20);
  const theirs = createWorld(1, 20, 99);
  const bench = createHeldStore(world, held);
  const { channelId, timeline, hudhud, store } = bench;
  const parentId = (thread: number) =>
    world.message((thread % threads) * Math.floor(held / threads), channelId).id;
  const reply = (index: number, thread: number) => ({
    ...theirs.message(index, channelId),
    parentId: parentId(thread),
  });
  for (let thread = 0; thread < threads; thread++) {
    const rows = Array.from({ length: replies }, (_, i) => reply(thread * replies + i, thread));
    bench.page(channelId, rows, parentId(thread));
  }
  const stream = isReplying
    ? Array.from({ length: events }, (_, i) => create(reply(threads * replies + i, i)))
    : scattered(world, held, events, seeded(19));
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
      const log = hudhud.selectors
        .selectHudhud(store.getState())
        .messages.channels.find((one) => one.channelId === channelId);
      expectSame('threads', (log?.timelines.length ?? 0) - 1, threads);
      expectSame('held', log?.size ?? 0, held + threads * replies + created);
    },
  };
}

export const threadsSection: Section = {
  name: 'threads',
  title: `A channel of ${count(held)} messages, and threads of ${replies} replies; its timeline read after every event`,
  print(run) {
    printHead(['threads', 'event in the channel: µs', '× none', 'reply in a thread: µs', '× one']);
    const costOf = (threads: number, what: string) => (run([threads, what]) as Figure).usPerEvent;
    let [none, one] = [NaN, NaN];
    for (const threads of threadCounts) {
      const event = costOf(threads, 'channel');
      const reply = threads === 0 ? NaN : costOf(threads, 'reply');
      if (threads === 0) none = event;
      if (threads === 1) one = reply;
      const ofReplies = threads === 0 ? ['', ''] : [us(reply), times(reply / one)];
      console.log(row([count(threads), us(event), times(event / none), ...ofReplies]));
    }
  },
  measure([threads = '', what = ''], { effort, isQuick }) {
    const events = isQuick ? 50 : 2_000;
    const task = () => prepare(Number(threads), what === 'reply', events);
    return measure(task, { ...effort, cutMs: 10_000 });
  },
};
