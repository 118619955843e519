import { ids } from '../../support/hudhudAnswers';
import { checkCounts, checkView, checkWishes } from '../check/endChecks';
import type { Shown } from '../check/invariants';
import { checkStep, nothingShown } from '../check/invariants';
import { checkIndependence, checkReplay } from '../check/replay';
import type { ChatWorld } from '../client/chatWorld';
import { createChatWorld } from '../client/chatWorld';
import { play, start } from '../play';
import type { Schedule } from '../schedule';
import { calmDown, readAll } from './calm';
import type { Statistics } from './statistics';
import { traceOf } from './trace';

async function open(world: ChatWorld): Promise<void> {
  const { hudhud, platform, store, requests, caps } = world;
  const login = hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
  await platform.settle();
  await login;
  start(world);
  await platform.settle();
  requests.isPrompt = caps.startsLoaded;
  store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
  for (const channelId of [ids.general, ids.random]) {
    store.dispatch(hudhud.actions.channelOpened({ channelId }));
  }
  const root = world.server.messages.find(({ threadCount }) => threadCount > 0);
  if (root !== undefined) {
    store.dispatch(hudhud.actions.threadOpened({ channelId: ids.general, parentId: root.id }));
  }
  await platform.advance(20);
  requests.isPrompt = false;
}

/** Gives up what failed, so that what is left to compare is what is confirmed. */
async function giveUpFailed(world: ChatWorld): Promise<void> {
  for (const { opId } of world.operations()) {
    world.store.dispatch(world.hudhud.actions.discard({ opId }));
  }
  await world.platform.settle();
}

/** L18. */
function checkStopped(world: ChatWorld): void {
  const { timers, frames, listeners } = world.platform.pending();
  const bodies = world.wire.openBodies();
  if (timers + frames + listeners + bodies > 0) {
    throw new Error(
      `L18: left after stop: ${JSON.stringify({ timers, frames, listeners, bodies })}`,
    );
  }
}

/** Plays one schedule to its end; throws the law that it breaks, with the place. */
export async function runSchedule(
  schedule: Schedule,
  statistics?: Statistics,
  trace?: (line: string) => void,
): Promise<void> {
  const world = createChatWorld(schedule.seed, schedule.caps);
  const tell = traceOf(world, trace);
  let shown = nothingShown;
  let place = 'at the start';
  const check = (before: Shown): Shown => checkStep(world, before);
  try {
    await open(world);
    shown = check(shown);
    for (const [i, move] of schedule.moves.entries()) {
      place = `after move ${i}, ${move.kind}`;
      const isPlayed = await play(world, move);
      statistics?.move(move.kind, isPlayed);
      if (move.kind === 'stop' && isPlayed) checkStopped(world);
      tell(`${place}${isPlayed ? '' : ' (nothing to do)'}`);
      shown = check(shown);
    }
    place = 'while it became quiet';
    shown = await calmDown(world, shown, check);
    tell(place);
    place = 'at the end';
    checkWishes(world);
    await giveUpFailed(world);
    await readAll(world);
    checkStep(world, shown);
    checkView(world);
    checkReplay(world);
    checkIndependence(world);
    world.hudhud.stop();
    await world.platform.settle();
    checkStopped(world);
    checkCounts(world);
    statistics?.world(world);
  } catch (error) {
    tell(place);
    const what = error instanceof Error ? error.message : String(error);
    throw new Error(`${what} (${place})`, { cause: error });
  }
}
