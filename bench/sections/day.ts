import type { HudhudOptions } from '../../src/index';
import { createHudhudStore, silentPlatform } from '../hudhudStore';
import { cpuNow } from '../measure';
import { createStreamChatStore, streamChatPeer } from '../peers/streamChat';
import { seeded } from '../random';
import type { Section } from '../section';
import { count, printHead, row, times, us } from '../table';
import type { BenchEvent, World } from '../workloads';
import { create, createWorld } from '../workloads';

/** How long the day is. */
interface Day {
  readonly messages: number;
  readonly channels: number;
  readonly reportEach: number;
  readonly bounds: Partial<HudhudOptions>;
}

const fullDay: Day = { messages: 200_000, channels: 50, reportEach: 20_000, bounds: {} };
const quickDay: Day = {
  ...{ messages: 2_000, channels: 5, reportEach: 200 },
  bounds: { maxMessagesPerChannel: 200 },
};
const perBatch = 100;
const cutMs = 25_000;

/** How it stands after so many messages. */
interface Point {
  readonly sent: number;
  readonly heapMb: number;
  readonly held: number;
  readonly evictions: number;
  /** CPU since the last point. */
  readonly usPerEvent: number;
}

/** A store in the middle of its day. */
interface Running {
  frame(events: readonly BenchEvent[]): void;
  held(): number;
  evictions(): number;
}

function ours(world: World, bounds: Partial<HudhudOptions>): Running {
  const bench = createHudhudStore({ ...bounds, platform: silentPlatform }, world.users[0]);
  const { store, hudhud, timeline } = bench;
  const open = world.channels[0] ?? '';
  bench.start();
  store.dispatch(hudhud.actions.channelOpened({ channelId: open }));
  let shown = timeline(open);
  const logs = () => hudhud.selectors.selectHudhud(store.getState()).messages.channels;
  let evictions = 0;
  /** What tells one cut of a channel from the next. */
  const cuts = new Map<string, object>();
  store.subscribe(() => {
    shown = timeline(open);
  });
  return {
    frame(events) {
      bench.frame(events);
    },
    held() {
      const size = logs().reduce((sum, log) => sum + log.size, 0);
      if (shown.length === 0) throw new Error('nothing is shown of the open channel');
      return size;
    },
    evictions() {
      for (const { channelId, lineage } of logs()) {
        if (cuts.has(channelId) && cuts.get(channelId) !== lineage) evictions += 1;
        cuts.set(channelId, lineage);
      }
      return evictions;
    },
  };
}

function theirs(world: World): Running {
  const store = createStreamChatStore(false);
  const open = world.channels[0] ?? '';
  let shown = store.read(open);
  store.subscribe(() => {
    shown = store.read(open);
  });
  return {
    frame(events) {
      store.frame(events);
    },
    held() {
      if (shown.length === 0) throw new Error('nothing is shown of the open channel');
      return world.channels.reduce((sum, channelId) => sum + store.read(channelId).length, 0);
    },
    evictions: () => 0,
  };
}

/** The next messages, each in whichever channel; strings as a parser makes them, shared with nothing. */
function nextBatch(world: World, random: () => number, from: number): BenchEvent[] {
  const events = Array.from({ length: perBatch }, (_, i) => {
    const channelId = world.channels[Math.floor(random() * world.channels.length)] ?? '';
    return create(world.message(from + i, channelId));
  });
  return JSON.parse(JSON.stringify(events)) as BenchEvent[];
}

function live({ messages, channels, reportEach, bounds }: Day, peer: string): Point[] {
  const world = createWorld(channels, 200);
  const running = peer === streamChatPeer.name ? theirs(world) : ours(world, bounds);
  const random = seeded(23);
  const points: Point[] = [];
  const mostUs = cpuNow() + cutMs * 1000;
  let cpuUs = 0;
  for (let sent = 0; sent < messages && cpuNow() < mostUs;) {
    const batch = nextBatch(world, random, sent);
    const before = cpuNow();
    running.frame(batch);
    cpuUs += cpuNow() - before;
    const evictions = running.evictions();
    sent += batch.length;
    if (sent % reportEach !== 0) continue;
    globalThis.gc?.();
    const heapMb = process.memoryUsage().heapUsed / 1024 / 1024;
    points.push({ sent, heapMb, held: running.held(), evictions, usPerEvent: cpuUs / reportEach });
    cpuUs = 0;
  }
  return points;
}

export const daySection: Section = {
  name: 'day',
  title: 'A day: 200,000 messages over 50 channels at the default bounds, batches of 100, one open',
  print(run, { isQuick }) {
    const { messages } = isQuick ? quickDay : fullDay;
    for (const peer of ['@hudhud/state', streamChatPeer.name]) {
      // collections of garbage are forced where the heap is measured, and not where time is
      const points = run([peer], ['--expose-gc']) as Point[];
      const timed = run([peer]) as Point[];
      printHead([peer, 'heap used: MB', 'held', 'evictions', 'µs CPU per event']);
      points.forEach(({ sent, heapMb, held, evictions }, i) => {
        const spent = timed[i]?.usPerEvent;
        const cells = [heapMb.toFixed(1), count(held), count(evictions)];
        console.log(row([count(sent), ...cells, spent === undefined ? '' : us(spent)]));
      });
      const last = points.at(-1);
      if (last === undefined || last.sent < messages) {
        console.log(
          `\nended after ${cutMs / 1000} s of CPU: what it costs grows with what is held`,
        );
      }
      const first = points.find(({ evictions }) => evictions > 0);
      if (first === undefined || last === undefined) continue;
      const flat = times(last.heapMb / first.heapMb);
      console.log(`\nheap after ${count(last.sent)} : after ${count(first.sent)}: ${flat}`);
    }
  },
  async measure([peer = ''], { isQuick }) {
    if (peer === streamChatPeer.name) await streamChatPeer.load?.();
    return live(isQuick ? quickDay : fullDay, peer);
  },
};
