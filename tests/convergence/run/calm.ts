import type { ChatWorld } from '../client/chatWorld';
import type { Shown } from '../check/invariants';
import { goOnline, pass, start } from '../play';

/** More than any number of tries with their delays takes. */
const maxRounds = 60;

/** What failed waits for the person, and with it what was wished of it. */
function isQuiet(world: ChatWorld): boolean {
  const failed = new Set(
    world.operations().flatMap(({ opId, status }) => (status === 'failed' ? [opId] : [])),
  );
  return world.operations().every((held) => {
    return failed.has(held.opId) || (held.kind !== 'send' && failed.has(held.target));
  });
}

/** No more faults: everything is delivered and answered, and time passes until nothing is left to do. */
export async function calmDown(
  world: ChatWorld,
  before: Shown,
  check: (before: Shown) => Shown,
): Promise<Shown> {
  const { streams, requests, platform } = world;
  let shown = before;
  streams.isUp = true;
  goOnline(world);
  streams.deliver(streams.count);
  streams.isPrompt = true;
  requests.isPrompt = true;
  requests.all('reply');
  await platform.advance(20);
  shown = check(shown);
  start(world);
  await platform.settle();
  for (let round = 0; !isQuiet(world); round++) {
    if (round === maxRounds) {
      const left = world.operations().map(({ opId, kind, status }) => `${opId} ${kind} ${status}`);
      throw new Error(`not quiet after all that time: ${left.join(', ')}`);
    }
    await pass(world, 10_000);
    shown = check(shown);
  }
  return shown;
}

/** Reads everything once, while nothing else happens. */
export async function readAll(world: ChatWorld): Promise<void> {
  const { hudhud, store, platform, routes } = world;
  // older than a read may lag behind, and for the stream to have come back
  await pass(world, 60_000);
  routes.givesAll = true;
  for (const place of world.places()) {
    store.dispatch(hudhud.actions.loadHistory({ ...place, side: 'newest' }));
    await platform.settle();
  }
  await platform.advance(20);
}
