import type { SimTab } from '../browser/simTab';
import { startTab } from '../browser/simTab';
import type { Simulation } from '../browser/simulation';
import { alive, openTab, settle } from '../browser/simulation';
import { checkStep } from '../check/laws';
import { notRefilled } from '../check/endLaws';
import { notHeard } from '../check/wayLaws';
import { loseNothing, mendDisk, openWays, pass, setOnline, thawAll } from '../play';
import { fairWeather } from '../server/weather';

/** More than any number of tries with their delays takes. */
const maxRounds = 60;

/**
 * A stream that somebody in between mutes is given up after 75 s, and the next one after twice as long, up to 10 min;
 * then there is a look within a minute.
 */
const longestMs = 11 * 60_000;

const asksForSignIn = ({ hudhud, store }: SimTab): boolean =>
  hudhud.selectors.selectConnectionStatus(store.getState()) === 'authRequired';

const isQuiet = (tab: SimTab): boolean =>
  tab.isStarted && tab.operations().length === 0 && !asksForSignIn(tab);

/** The person signs in again, and sends again what failed or gives it up. */
async function help(simulation: Simulation, tab: SimTab): Promise<void> {
  const { hudhud, store } = tab;
  if (!tab.isSignedIn || asksForSignIn(tab)) {
    const login = hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
    await pass(simulation, 500);
    await login;
    tab.isSignedIn = true;
  }
  startTab(tab);
  for (const { opId, status, code } of tab.operations()) {
    if (status !== 'failed') continue;
    // what it was wished of is gone
    const isHopeless = code === 'NOT_FOUND';
    const { actions } = hudhud;
    store.dispatch(isHopeless ? actions.discard({ opId }) : actions.retry({ opId }));
  }
}

/** No more faults: time passes until nothing is left to do. */
export async function calmDown(simulation: Simulation): Promise<void> {
  const { network } = simulation;
  network.weather = fairWeather;
  openWays(simulation);
  mendDisk(simulation);
  loseNothing(simulation);
  thawAll(simulation);
  setOnline(simulation, true);
  await settle(simulation);
  if (alive(simulation).length === 0) openTab(simulation);
  for (const tab of alive(simulation)) tab.platform.setVisible(true);
  await pass(simulation, 20_000);
  for (let round = 0; !alive(simulation).every(isQuiet); round++) {
    if (round === maxRounds) {
      const left = alive(simulation).flatMap(({ number, operations }) =>
        operations().map(({ opId, kind, status, code }) =>
          [`tab ${number}`, opId, kind, status, code ?? ''].join(' '),
        ),
      );
      throw new Error(`not quiet after all that time: ${left.join(', ')}`);
    }
    for (const tab of alive(simulation)) await help(simulation, tab);
    await pass(simulation, 10_000);
    checkStep(simulation);
  }
  // a stream that nobody hears is noticed, and what is written at the end of a second is on disk
  await pass(simulation, 90_000);
  checkStep(simulation);
}

/** All come back to the best way by themselves, now that nothing is in the way. */
export async function becomeHeard(simulation: Simulation): Promise<void> {
  for (let ms = 0; notHeard(simulation) !== null; ms += 10_000) {
    if (ms > longestMs) throw new Error(`${notHeard(simulation) ?? ''}, and nothing is in the way`);
    await pass(simulation, 10_000);
  }
  checkStep(simulation);
}

/** All come to have what is on their screens, without anybody asking for it. */
export async function becomeRefilled(simulation: Simulation): Promise<void> {
  for (let ms = 0; notRefilled(simulation) !== null; ms += 10_000) {
    if (ms > longestMs) throw new Error(notRefilled(simulation) ?? '');
    await pass(simulation, 10_000);
  }
  checkStep(simulation);
}

/** Every tab reads what it shows once, while nothing else happens (L1). */
export async function readAll(simulation: Simulation): Promise<void> {
  simulation.routes.givesAll = true;
  for (const { hudhud, store, places } of alive(simulation)) {
    for (const place of places()) {
      store.dispatch(hudhud.actions.loadHistory({ ...place, side: 'newest' }));
    }
  }
  await pass(simulation, 5_000);
  checkStep(simulation);
}
