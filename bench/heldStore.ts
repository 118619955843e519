import type { BenchEvent, World } from './workloads';
import { createHudhudStore, silentPlatform, unbounded } from './hudhudStore';

/** Rows per page that a store is filled with. */
const pageSize = 10_000;

/** Our store with one channel of a world on hold, its first person signed in, and a server that never answers. */
export function createHeldStore(world: World, held: number, platform = silentPlatform) {
  const viewerId = world.users[0] ?? '';
  const channelId = world.channels[0] ?? '';
  const bench = createHudhudStore({ ...unbounded, platform }, viewerId);
  for (let from = 0; from < held; from += pageSize) {
    const size = Math.min(pageSize, held - from);
    bench.page(
      channelId,
      Array.from({ length: size }, (_, i) => world.message(from + i, channelId)),
    );
  }
  bench.start();
  const timeline = () => bench.timeline(channelId);
  return {
    ...bench,
    channelId,
    viewerId,
    timeline,
    /** One event, and what a component that shows the channel does about it. */
    take(event: BenchEvent) {
      bench.frame([event]);
      return timeline();
    },
  };
}

export type HeldStore = ReturnType<typeof createHeldStore>;

/** Throws unless something is as it should be. */
export function expectSame(what: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`);
}
