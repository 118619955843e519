import type { FakeOrigin, VirtualTime } from '../../../src/testing';
import { createFakeOrigin, createVirtualTime } from '../../../src/testing';
import { findOperation } from '../../../src/state/outboxState';
import { checkCounts } from '../../convergence/check/endChecks';
import type { Capabilities } from '../../convergence/capabilities';
import { furnish } from '../../convergence/client/furnish';
import { createDice } from '../../convergence/dice';
import type { Dice } from '../../convergence/dice';
import { ChatServer } from '../../convergence/server/chatServer';
import { Routes } from '../../convergence/server/routes';
import { framesOf } from '../../convergence/server/wire';
import type { Schedule } from '../schedule';
import type { WayCapabilities } from '../capabilities';
import { Accounts } from '../server/accounts';
import { FrameLog } from '../server/frameLog';
import { Limiter } from '../server/limiter';
import { Network } from '../server/network';
import { PollDesk } from '../server/pollDesk';
import { StreamHub } from '../server/streamHub';
import { Leadership } from './leadership';
import { Renewals } from './renewals';
import { SpendingWatch } from './spendingWatch';
import type { SimTab } from './simTab';
import { createSimTab, lookAround, startTab } from './simTab';
import { WishLedger } from './wishLedger';

/** One browser with its tabs, and a server, in one simulated time. */
export interface Simulation {
  readonly seed: number;
  readonly caps: Capabilities;
  readonly ways: WayCapabilities;
  readonly keepsText: boolean;
  readonly dice: Dice;
  readonly time: VirtualTime;
  readonly origin: FakeOrigin;
  readonly server: ChatServer;
  readonly routes: Routes;
  readonly hub: StreamHub;
  readonly desk: PollDesk;
  readonly network: Network;
  readonly ledger: WishLedger;
  readonly leadership: Leadership;
  readonly renewals: Renewals;
  readonly spending: SpendingWatch;
  /** Every page that there ever was, oldest first. */
  readonly all: SimTab[];
  readonly tick: () => number;
  /** Since when somebody who is frozen leads while others are awake; `null`: it is not so. */
  leaderlessSince: number | null;
  /** Writes that were begun do not end. */
  isDiskSlow: boolean;
}

export function createSimulation({ seed, caps, ways, keepsText }: Schedule): Simulation {
  const dice = createDice(Math.imul(seed, 0x27d4eb2f));
  const time = createVirtualTime();
  let now = 0;
  const tick = () => ++now;
  const all: SimTab[] = [];
  const server = new ChatServer({
    now: () => time.clock.now() + caps.skewMs,
    ...{ tick, dice, refusesRepeatedReactions: caps.refusesRepeatedReactions },
    onChange(change) {
      hub.tell(framesOf(change, caps).map((text) => log.add(text)));
      desk.told();
    },
  });
  const routes = new Routes(server, caps);
  const log = new FrameLog(ways.kept);
  const hub: StreamHub = new StreamHub({
    ...{ time, log, ways },
    delayMs: () => network.delay(),
    drips: () => network.weather.drips,
  });
  const desk = new PollDesk(time, log);
  const spending = new SpendingWatch(() => time.clock.now(), ways);
  const limiter = new Limiter(() => time.clock.now(), ways);
  const accounts = new Accounts(() => time.clock.now());
  const network = new Network({
    ...{ time, dice, routes, accounts, limiter, spending, hub, desk },
    offersPolls: ways.offersLongPoll,
  });
  const find = (page: number, opId: string) => {
    const tab = all[page - 1];
    return tab === undefined ? undefined : findOperation(tab.state().outbox, opId);
  };
  const ledger = new WishLedger({ tick, find });
  furnish(server, time);
  return {
    ...{ seed, caps, ways, keepsText, dice, time, server, routes, hub, desk, network, ledger },
    ...{
      ...{ all, tick, spending },
      origin: createFakeOrigin(),
      leadership: new Leadership(),
      renewals: new Renewals(),
      leaderlessSince: null,
      isDiskSlow: false,
    },
  };
}

export const alive = ({ all }: Simulation): readonly SimTab[] =>
  all.filter(({ isGone }) => !isGone);
export const awake = ({ all }: Simulation): readonly SimTab[] =>
  all.filter(({ isGone, isFrozen }) => !isGone && !isFrozen);

/** A page comes up: somebody signs in, or is remembered, and it looks at what there is. */
export function openTab(simulation: Simulation): SimTab {
  const tab = createSimTab(simulation);
  simulation.all.push(tab);
  const { hudhud } = tab;
  const root = simulation.server.messages.find(({ threadCount }) => threadCount > 0);
  const isFirst = tab.number === 1;
  if (simulation.network.isOffline) tab.platform.setOnline(false);
  const entered = isFirst
    ? hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' })
    : hudhud.auth.restore();
  const enter = (isSignedIn: boolean) => {
    if (tab.isGone || !isSignedIn) return;
    tab.isSignedIn = true;
    startTab(tab);
    lookAround(tab, root?.id);
  };
  void entered.then(
    (person) => {
      enter(person !== null);
    },
    () => {
      enter(false);
    },
  );
  return tab;
}

/** The page is gone at once, with all that it had not written. */
export function crashTab(simulation: Simulation, tab: SimTab): void {
  if (tab.isGone) return;
  checkCounts(tab, `tab ${tab.number}`);
  simulation.ledger.settle();
  const held = tab.operations().map(({ opId }) => opId);
  tab.isGone = true;
  tab.time.end();
  simulation.leadership.left(tab.number);
  tab.origin.crash();
  const kept = JSON.stringify([...simulation.origin.disk].map(([, entries]) => [...entries]));
  simulation.ledger.excuse(held.filter((opId) => !kept.includes(opId)));
  simulation.network.prune();
}

export async function settle({ time }: Simulation): Promise<void> {
  for (let rounds = 0; rounds < 4; rounds++) await time.settle();
}
