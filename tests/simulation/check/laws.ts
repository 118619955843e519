import { checkOrder } from '../../convergence/check/invariants';
import type { SimTab } from '../browser/simTab';
import type { Simulation } from '../browser/simulation';
import { alive, awake } from '../browser/simulation';
import { routeOf } from '../../support/hudhudWorld';

/** What must hold at any moment; throws the law that does not. */

const renewalRoute = 'POST /auth/refresh';

function fail(law: string): never {
  throw new Error(law);
}

/** Those that are frozen cannot close theirs. */
function checkStreams({ hub, desk }: Simulation): void {
  for (const [what, held] of [
    ['streams', hub.held()],
    ['long polls', desk.held()],
  ] as const) {
    const open = held.filter(({ reader }) => !reader.isFrozen);
    if (open.length > 1) fail(`${open.length} ${what} of one person are open at once`);
  }
}

/** How long a leader may be silent, with the step in which that is looked at. */
const maxSilenceMs = 2_000 + 500;

/** A leader that is frozen is replaced within 2 s. */
function checkLeader(simulation: Simulation): void {
  const { leadership, time } = simulation;
  const leader = simulation.all.find(({ number }) => number === leadership.leader);
  const others = awake(simulation).filter(({ isStarted, isSignedIn }) => isStarted && isSignedIn);
  const isSilent = leader?.isFrozen === true && others.length > 0;
  if (!isSilent) {
    simulation.leaderlessSince = null;
    return;
  }
  const elapsed = time.elapsed();
  simulation.leaderlessSince ??= elapsed;
  if (elapsed - simulation.leaderlessSince > maxSilenceMs) {
    fail(`tab ${leader.number} is frozen, and leads for more than 2 s`);
  }
}

export function checkWhilePassing(simulation: Simulation): void {
  checkStreams(simulation);
  checkLeader(simulation);
  const { broken } = simulation.spending;
  if (broken !== null) fail(`more than the limit: ${broken}`);
}

function checkTab(tab: SimTab): void {
  for (const place of tab.places()) {
    const rows = tab.rows(place);
    checkOrder(tab, rows);
    const keys = new Set(rows.map(({ key }) => key));
    if (keys.size < rows.length) fail(`I3: tab ${tab.number} shows two rows with one key`);
    const sends = rows.flatMap(({ clientId }) => clientId ?? []);
    if (new Set(sends).size < sends.length) fail(`L8: tab ${tab.number} shows one send twice`);
  }
}

export function checkStep(simulation: Simulation): void {
  checkWhilePassing(simulation);
  for (const tab of alive(simulation)) checkTab(tab);
}

/** What is left of a page that was stopped, beside the renewal of its token. */
function leftBy({ network, renewals }: Simulation, tab: SimTab) {
  const asked = network.underWay(tab).map(routeOf);
  const renewing = asked.filter((route) => route === renewalRoute).length;
  // it waits for other tabs no longer than a while, or for an answer
  const waits = renewals.isWaiting(tab.number) || renewing > 0 ? 1 : 0;
  const { timers, ...pending } = tab.platform.pending();
  const { locks, ...held } = tab.origin.held();
  return {
    ...{ ...pending, ...held, bodies: tab.wire.openBodies() },
    timers: timers - waits,
    locks: locks - renewals.locksOf(tab.number),
    requests: asked.length - Math.min(1, renewing),
  };
}

/**
 * L18, but for one thing: a token that is being renewed. A server that replaces the refresh token with each use has done so by
 * the time when the answer is called off, and nobody would have the new one.
 */
export function checkStopped(simulation: Simulation, tab: SimTab): void {
  const left = leftBy(simulation, tab);
  if (Object.values(left).every((count) => count === 0)) return;
  fail(`L18: left after stop of tab ${tab.number}: ${JSON.stringify(left)}`);
}

export function isRenewing({ network, renewals }: Simulation, tab: SimTab): boolean {
  const isAsking = network.underWay(tab).some((request) => routeOf(request) === renewalRoute);
  return isAsking || renewals.isWaiting(tab.number) || renewals.locksOf(tab.number) > 0;
}
