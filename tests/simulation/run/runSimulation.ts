import { checkCounts } from '../../convergence/check/endChecks';
import type { Simulation } from '../browser/simulation';
import { alive, createSimulation, openTab } from '../browser/simulation';
import { checkDisk, checkReplays, checkViews, checkWishes } from '../check/endLaws';
import { checkStep } from '../check/laws';
import { pass, play, stopped } from '../play';
import { ids } from '../../support/hudhudAnswers';
import type { Schedule } from '../schedule';
import { becomeHeard, becomeRefilled, calmDown, readAll } from './calm';
import { degrade } from './degrade';

/** What a run tells about itself. */
export interface Watcher {
  move?(kind: string, isPlayed: boolean): void;
  end?(simulation: Simulation): void;
  trace?(line: string): void;
}

async function stopAll(simulation: Simulation): Promise<void> {
  const tabs = alive(simulation);
  for (const tab of tabs) {
    await stopped(simulation, tab);
    checkStep(simulation);
  }
  for (const tab of tabs) checkCounts(tab, `tab ${tab.number}`);
  const streams = simulation.hub.held().length;
  if (streams > 0) throw new Error(`L18: ${streams} streams are open at the server`);
}

/** The first page is up, and has learned by a send of its own that the server gives nonces back. */
async function begin(simulation: Simulation): Promise<void> {
  const { hudhud, store } = openTab(simulation);
  await pass(simulation, 500);
  store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'the first' }));
  await pass(simulation, 1_500);
  simulation.ledger.settle();
}

/** Plays one schedule to its end; throws the law that it breaks, with the place. */
export async function runSimulation(schedule: Schedule, watcher: Watcher = {}): Promise<void> {
  const simulation = createSimulation(schedule);
  let place = 'at the start';
  const told = new Map<number, number>();
  const tell = () => {
    if (watcher.trace === undefined) return;
    watcher.trace(`${place}, ${simulation.time.elapsed()} ms`);
    for (const { number, actions } of simulation.all) {
      for (const { type, payload } of actions.slice(told.get(number) ?? 0)) {
        const text = (JSON.stringify(payload) as string | undefined) ?? '';
        watcher.trace(`    ${number} ${type} ${text.slice(0, 300)}`);
      }
      told.set(number, actions.length);
    }
  };
  try {
    await begin(simulation);
    for (const [i, move] of schedule.moves.entries()) {
      place = `in move ${i}, ${move.kind}`;
      const isPlayed = await play(simulation, move);
      watcher.move?.(move.kind, isPlayed);
      tell();
      checkStep(simulation);
    }
    place = 'while it became quiet';
    await calmDown(simulation);
    place = 'while no way led anywhere';
    await degrade(simulation);
    await becomeHeard(simulation);
    await becomeRefilled(simulation);
    place = 'while everything was read';
    await readAll(simulation);
    place = 'at the end';
    tell();
    checkWishes(simulation);
    checkViews(simulation);
    checkDisk(simulation);
    checkReplays(alive(simulation));
    await stopAll(simulation);
    watcher.end?.(simulation);
  } catch (error) {
    tell();
    const what = error instanceof Error ? error.message : String(error);
    throw new Error(`${what} (${place})`, { cause: error });
  }
}
