import { bytesToStore } from './bytesToStore';
import type { Figure, Task } from './measure';
import { measure } from './measure';
import type { Peer, PeerStore } from './peer';
import { entityAdapterPeer } from './peers/entityAdapter';
import { floorPeer, forgetAll, remember } from './peers/floor';
import { hudhudPeer } from './peers/hudhud';
import { zustandPeer } from './peers/zustand';
import type { BenchEvent, World } from './workloads';
import { createWorld, creates, mixed, pages, presence, toWire } from './workloads';

/**
 * What a stream of chat events costs, beside a floor and two common ways to hold them, all in one process and one run.
 * Only ratios mean something: absolute times depend on the machine and on its other work.
 */

const peers: readonly Peer[] = [floorPeer, hudhudPeer, entityAdapterPeer, zustandPeer];
const repetitions = 5;

function inFrames(events: readonly BenchEvent[], size: number): BenchEvent[][] {
  const frames: BenchEvent[][] = [];
  for (let i = 0; i < events.length; i += size) frames.push(events.slice(i, i + size));
  return frames;
}

function preload(store: PeerStore, world: World, held: number): void {
  const perChannel = Math.ceil(held / world.channels.length);
  world.channels.forEach((channelId, slot) => {
    const rows = Array.from({ length: perChannel }, (_, i) =>
      world.message(i * world.channels.length + slot, channelId),
    );
    store.page(channelId, rows);
  });
}

interface Workload {
  readonly title: string;
  readonly held: readonly number[];
  /** Ratio to the floor that is aimed at. */
  readonly goal: number | null;
  tasks(held: number): Task[];
}

function ofPeers(
  prepare: (peer: Peer) => ReturnType<Task['prepare']>,
  only: readonly Peer[] = peers,
): Task[] {
  return only.map((peer) => ({ name: peer.name, prepare: () => prepare(peer) }));
}

/** Holding this much, the slow peers need minutes to load it: they are left out, and the table says so. */
const most = 10_000;
const able = (held: number) => (held > most ? [floorPeer, hudhudPeer] : peers);

const workloads: readonly Workload[] = [
  {
    title: '20,000 messages over 50 channels, batches of 100, one channel on screen',
    held: [1_000, 10_000, 100_000],
    goal: 1.5,
    tasks(held) {
      const world = createWorld(50, 200);
      const events = creates(world, held, 20_000);
      for (const event of events) remember(event, toWire(event));
      const frames = inFrames(events, 100);
      return ofPeers((peer) => {
        const store = peer.create();
        preload(store, world, held);
        let shown = store.read(world.channels[0] ?? '');
        store.subscribe(() => {
          shown = store.read(world.channels[0] ?? '');
        });
        return {
          steps: frames.length,
          perStep: 100,
          step(i) {
            store.frame(frames[i] ?? []);
            if (shown.length < 0) throw new Error('unreachable');
          },
        };
      }, able(held));
    },
  },
  {
    title: '20,000 messages one by one, 20 channels subscribed',
    held: [1_000, 10_000, 100_000],
    goal: 2.5,
    tasks(held) {
      const world = createWorld(50, 200);
      const events = creates(world, held, 20_000);
      for (const event of events) remember(event, toWire(event));
      return ofPeers((peer) => {
        const store = peer.create();
        preload(store, world, held);
        for (const channelId of world.channels.slice(0, 20)) {
          let shown = store.read(channelId);
          store.subscribe(() => {
            const next = store.read(channelId);
            if (next !== shown) shown = next;
          });
        }
        return {
          steps: events.length,
          perStep: 1,
          step(i) {
            store.frame(events.slice(i, i + 1));
          },
        };
      }, able(held));
    },
  },
  {
    title:
      '4,500 mixed events (5 % late, 5 % doubled) on a channel that holds 10,000, batches of 100, all of it read',
    held: [1_000, 10_000, 100_000],
    goal: 3,
    tasks(held) {
      const world = createWorld(1, 200);
      const others = createWorld(49, 200, 99);
      const events = mixed(world, 10_000, 4_500);
      for (const event of events) remember(event, toWire(event));
      const frames = inFrames(events, 100);
      return ofPeers((peer) => {
        const store = peer.create();
        preload(store, others, held);
        preload(store, world, 10_000);
        const channelId = world.channels[0] ?? '';
        store.subscribe(() => store.read(channelId));
        return {
          steps: frames.length,
          perStep: 100,
          step(i) {
            store.frame(frames[i] ?? []);
          },
        };
      }, able(held));
    },
  },
  {
    title: '20,000 presence events over 5,000 people, batches of 100',
    held: [1_000, 10_000, 100_000],
    goal: 1.5,
    tasks(held) {
      const world = createWorld(50, 5_000);
      const events = presence(world, 20_000);
      for (const event of events) remember(event, toWire(event));
      const frames = inFrames(events, 100);
      return ofPeers((peer) => {
        const store = peer.create();
        preload(store, world, held);
        return {
          steps: frames.length,
          perStep: 100,
          step(i) {
            store.frame(frames[i] ?? []);
          },
        };
      }, able(held));
    },
  },
  {
    title: '50 pages of 200 rows, 30 % overlap',
    held: [1_000, 10_000, 100_000],
    goal: null,
    tasks(held) {
      const world = createWorld(1, 200);
      const other = createWorld(50, 200, 99);
      const all = pages(world, 50, 200);
      for (const page of all) {
        for (const row of page) {
          remember(row, toWire({ type: 'channel_message', op: 'create', message: row }));
        }
      }
      return ofPeers((peer) => {
        const store = peer.create();
        preload(store, other, held);
        return {
          steps: all.length,
          perStep: 200,
          step(i) {
            store.page(world.channels[0] ?? '', all[i] ?? []);
          },
        };
      }, able(held));
    },
  },
];

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function print(figures: readonly Figure[], goal: number | null): void {
  const floor = figures[0]?.usPerEvent ?? NaN;
  for (const { name, usPerEvent, isCut } of figures) {
    const more = isCut ? '>' : '';
    const ratio = usPerEvent / floor;
    const verdict =
      name !== hudhudPeer.name || goal === null ? '' : ratio <= goal ? 'met' : 'missed';
    const aim = name === hudhudPeer.name && goal !== null ? `≤ ${goal}` : '';
    console.log(
      row([name, more + usPerEvent.toFixed(2), `${more}${ratio.toFixed(2)}×`, aim, verdict]),
    );
  }
}

for (const workload of workloads) {
  console.log(`\n## ${workload.title}`);
  const ours: number[] = [];
  for (const held of workload.held) {
    const figures = measure(workload.tasks(held), repetitions);
    forgetAll();
    const skipped = held > most ? ' (the other peers take minutes to load this: left out)' : '';
    console.log(`\n${held.toLocaleString('en')} held${skipped}\n`);
    console.log(row(['', 'µs CPU per event', '× floor', 'goal', '']));
    console.log('|---|---:|---:|---:|---|');
    print(figures, workload.goal);
    ours.push(figures.find((figure) => figure.name === hudhudPeer.name)?.usPerEvent ?? NaN);
  }
  const growth = (ours.at(-1) ?? NaN) / (ours[0] ?? NaN);
  console.log(
    `\ngrowth of @hudhud/state from 1,000 to 100,000 held: ${growth.toFixed(2)}× (goal ≤ 1.5×)`,
  );
}

console.log('\n## From bytes to the store: 20,000 messages over 50 channels\n');
const figures = await bytesToStore(repetitions);
console.log(row(['', 'µs CPU per event', '× floor', 'goal', '']));
console.log('|---|---:|---:|---:|---|');
print(figures, 2);
