import type { Prepared } from './measure';
import type { Peer, PeerStore } from './peer';
import { remember } from './peers/floor';
import type { BenchEvent, World } from './workloads';
import { createWorld, creates, mixed, pages, presence, toWire } from './workloads';

/** One way to load a store of any kind: what is done to it, with so many messages held beforehand. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  /** Ratio to the floor that is aimed at. */
  readonly goal: number | null;
  readonly prepare: (peer: Peer, held: number) => Prepared;
}

function inFrames(events: readonly BenchEvent[], size: number): BenchEvent[][] {
  const frames: BenchEvent[][] = [];
  for (let i = 0; i < events.length; i += size) frames.push(events.slice(i, i + size));
  return frames;
}

/** Only who parses needs texts: for the others they would be a heap to walk. */
function rememberFor(peer: Peer, events: readonly BenchEvent[]): readonly BenchEvent[] {
  if (peer.parses === true) for (const event of events) remember(event, toWire(event));
  return events;
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

function framesInto(store: PeerStore, events: readonly BenchEvent[], size: number): Prepared {
  const frames = inFrames(events, size);
  return {
    steps: frames.length,
    perStep: size,
    step(i) {
      store.frame(frames[i] ?? []);
    },
  };
}

/** A component that shows a channel: it looks after every change, and takes what is new. */
function show(store: PeerStore, channelId: string): void {
  let shown = store.read(channelId);
  store.subscribe(() => {
    const next = store.read(channelId);
    if (next !== shown) shown = next;
  });
}

export const workloads: readonly Workload[] = [
  {
    name: 'batches',
    title: '20,000 messages over 50 channels, batches of 100, one channel on screen',
    goal: 1.5,
    prepare(peer, held) {
      const world = createWorld(50, 200);
      const store = peer.create();
      preload(store, world, held);
      show(store, world.channels[0] ?? '');
      return framesInto(store, rememberFor(peer, creates(world, held, 20_000)), 100);
    },
  },
  {
    name: 'single',
    title: '20,000 messages one by one, 20 channels subscribed',
    goal: 2.5,
    prepare(peer, held) {
      const world = createWorld(50, 200);
      const store = peer.create();
      preload(store, world, held);
      for (const channelId of world.channels.slice(0, 20)) show(store, channelId);
      return framesInto(store, rememberFor(peer, creates(world, held, 20_000)), 1);
    },
  },
  {
    name: 'mixed',
    title:
      '4,500 mixed events (5 % late, 5 % doubled) on a channel that holds 10,000, batches of 100, all of it read',
    goal: 3,
    prepare(peer, held) {
      const world = createWorld(1, 200);
      const store = peer.create();
      preload(store, createWorld(49, 200, 99), held);
      preload(store, world, 10_000);
      show(store, world.channels[0] ?? '');
      return framesInto(store, rememberFor(peer, mixed(world, 10_000, 4_500)), 100);
    },
  },
  {
    name: 'presence',
    title: '20,000 presence events over 5,000 people, batches of 100',
    goal: 1.5,
    prepare(peer, held) {
      const world = createWorld(50, 5_000);
      const store = peer.create();
      preload(store, world, held);
      return framesInto(store, rememberFor(peer, presence(world, 20_000)), 100);
    },
  },
  {
    name: 'pages',
    title: '50 pages of 200 rows, 30 % overlap',
    goal: null,
    prepare(peer, held) {
      const world = createWorld(1, 200);
      const store = peer.create();
      preload(store, createWorld(50, 200, 99), held);
      const all = pages(world, 50, 200);
      for (const message of peer.parses === true ? all.flat() : []) {
        remember(message, toWire({ type: 'channel_message', op: 'create', message }));
      }
      return {
        steps: all.length,
        perStep: 200,
        step(i) {
          store.page(world.channels[0] ?? '', all[i] ?? []);
        },
      };
    },
  },
];
