import {
  otherEdit,
  otherReact,
  otherRemove,
  otherReply,
  otherSend,
} from '../convergence/client/elsewhere';
import {
  discard,
  edit,
  pick,
  react,
  remove,
  reply,
  send,
  undo,
} from '../convergence/client/wishes';
import type { SimTab } from './browser/simTab';
import { startTab, stopTab } from './browser/simTab';
import type { Simulation } from './browser/simulation';
import { alive, awake, crashTab, openTab, settle } from './browser/simulation';
import { checkStopped, checkWhilePassing, isRenewing } from './check/laws';
import type { Move, MoveKind } from './schedule';
import { drawWeather, fairWeather } from './server/weather';

/** What one move does. Gives back whether there was anything to do it with. */
type Play = (simulation: Simulation, a: number, b: number) => boolean | Promise<boolean>;

/** Most pages at once. */
const maxTabs = 3;
/** A leader that is silent is noticed in less than this, so steps are shorter. */
const stepMs = 500;

/** Lets time pass, with a look at what must hold at any moment. */
export async function pass(simulation: Simulation, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    await simulation.time.advance(Math.min(stepMs, left));
    checkWhilePassing(simulation);
  }
}

/** Something that is done in one of the tabs in which somebody can do something. */
function inTab(
  fits: (tab: SimTab) => boolean,
  act: (tab: SimTab, a: number, b: number, simulation: Simulation) => boolean | Promise<boolean>,
): Play {
  return (simulation, a, b) => {
    const tab = pick(awake(simulation).filter(fits), a);
    return tab !== undefined && act(tab, a >> 1, b, simulation);
  };
}

const isUsed = ({ isStarted, isSignedIn }: SimTab): boolean => isStarted && isSignedIn;
const any = (): boolean => true;

function wish(act: (tab: SimTab, a: number, b: number) => boolean): Play {
  return inTab(isUsed, act);
}

const some = (did: readonly boolean[]): boolean => did.includes(true);

/** Streams and polls get through again; gives back whether they did not. */
export function openWays({ network }: Simulation): boolean {
  const wasClosed = network.streamGate !== 'open' || !network.takesPolls;
  network.streamGate = 'open';
  network.takesPolls = true;
  return wasClosed;
}

function leaderOf(simulation: Simulation): SimTab | undefined {
  const { leader } = simulation.leadership;
  return awake(simulation).find(({ number }) => number === leader);
}

function freeze(tab: SimTab | undefined, isFrozen: boolean): boolean {
  if (tab === undefined) return false;
  tab.isFrozen = isFrozen;
  if (isFrozen) {
    tab.time.freeze(true);
    tab.origin.freeze(true);
  } else {
    tab.origin.freeze(false);
    tab.time.freeze(false);
  }
  return true;
}

function setDisk(simulation: Simulation, fate: 'done' | 'held' | 'fails'): boolean {
  simulation.isDiskSlow = fate === 'held';
  for (const { origin } of alive(simulation)) {
    origin.storage.fate = () => fate;
    if (fate !== 'held') origin.storage.release();
  }
  return true;
}

export function setOnline(simulation: Simulation, isOnline: boolean): boolean {
  const { network, hub, desk } = simulation;
  if (network.isOffline === !isOnline) return false;
  network.isOffline = !isOnline;
  if (!isOnline) {
    hub.cut('fail');
    desk.cut();
  }
  for (const { time, platform } of alive(simulation)) {
    time.whenAwake(() => {
      platform.setOnline(isOnline);
    });
  }
  return true;
}

/** How long a page waits for other tabs that renew their token, and then for the answer to its own. */
const renewalMs = 5_000 + 30_000;

/** Stops a client, of which nothing is left then but a renewal of its token, and of that nothing once it has ended. */
export async function stopped(simulation: Simulation, tab: SimTab): Promise<void> {
  stopTab(tab);
  await settle(simulation);
  for (let ms = 0; ; ms += stepMs) {
    // it may crash at its last write, or be kept from it
    if (!tab.isGone && !simulation.isDiskSlow) checkStopped(simulation, tab);
    if (tab.isGone || !isRenewing(simulation, tab)) return;
    if (ms > renewalMs) throw new Error(`tab ${tab.number} renews its token for ever`);
    await pass(simulation, stepMs);
  }
}

const show = (isVisible: boolean): Play =>
  inTab(
    ({ platform }) => platform.visibility.isVisible() !== isVisible,
    ({ platform }) => {
      platform.setVisible(isVisible);
      return true;
    },
  );

const plays: Readonly<Record<MoveKind, Play>> = {
  ...{ send: wish(send), reply: wish(reply), edit: wish(edit), remove: wish(remove) },
  ...{ react: wish((tab, a, b) => react(tab, a, b)), undo: wish(undo), discard: wish(discard) },
  ...{ otherSend, otherReply, otherEdit, otherRemove, otherReact },
  weather({ network, dice }) {
    network.weather = drawWeather(dice);
    return true;
  },
  fair({ network }) {
    network.weather = fairWeather;
    return true;
  },
  cut: ({ hub, desk }, a) => some([hub.cut(a % 2 === 0 ? 'fail' : 'end'), desk.cut()]),
  halfFrame: ({ hub }) => hub.breakInside(),
  stall: ({ hub, desk }) => some([hub.stall(), desk.stall()]),
  closeStream({ network, hub }, a, b) {
    network.streamGate = (['refused', 'html', 'mute'] as const)[a % 3] ?? 'refused';
    // what is open gets through still, or is cut
    if (b % 3 > 0) hub.cut('fail');
    return true;
  },
  closePolls({ network, desk }) {
    const wereOpen = network.takesPolls;
    network.takesPolls = false;
    return some([wereOpen, desk.cut()]);
  },
  openWays,
  offline: (simulation) => setOnline(simulation, false),
  online: (simulation) => setOnline(simulation, true),
  slowDisk: (simulation) => setDisk(simulation, 'held'),
  fullDisk: (simulation) => setDisk(simulation, 'fails'),
  goodDisk: (simulation) => setDisk(simulation, 'done'),
  open(simulation) {
    if (alive(simulation).length >= maxTabs) return false;
    openTab(simulation);
    return true;
  },
  crash(simulation, a) {
    const tab = pick(alive(simulation), a);
    if (tab !== undefined) crashTab(simulation, tab);
    return tab !== undefined;
  },
  crashAtWrite: inTab(any, (tab, _a, _b, simulation) => {
    tab.origin.storage.fate = () => {
      crashTab(simulation, tab);
      return 'held';
    };
    return true;
  }),
  crashAfterWrite: inTab(any, (tab, _a, _b, simulation) => {
    tab.origin.storage.fate = () => {
      queueMicrotask(() => {
        crashTab(simulation, tab);
      });
      return 'done';
    };
    return true;
  }),
  crashLeader(simulation) {
    const tab = leaderOf(simulation);
    if (tab !== undefined) crashTab(simulation, tab);
    return tab !== undefined;
  },
  freeze: inTab(any, (tab) => freeze(tab, true)),
  freezeLeader: (simulation) => freeze(leaderOf(simulation), true),
  thaw: (simulation, a) =>
    freeze(
      pick(
        alive(simulation).filter(({ isFrozen }) => isFrozen),
        a,
      ),
      false,
    ),
  ...{ hide: show(false), show: show(true) },
  // at once something to lose, or it would be a sign of life
  loseWords: inTab(any, ({ origin }, a, b, simulation) => {
    origin.loseMessages(1 + (b % 3), 'hudhud:stream:');
    return otherSend(simulation, a, b);
  }),
  restart: inTab(isUsed, async (tab, a, _b, simulation) => {
    await stopped(simulation, tab);
    if (a % 2 === 0) await pass(simulation, 2_000);
    if (!tab.isGone) startTab(tab);
    return true;
  }),
  moment: async (simulation, a) => (await pass(simulation, [1, 20, 150, 400][a % 4] ?? 1), true),
  advance: async (simulation, a) => (
    await pass(simulation, [1_000, 2_500, 6_000][a % 3] ?? 1),
    true
  ),
  wait: async (simulation, a) => (
    await pass(simulation, [16_000, 40_000, 80_000][a % 3] ?? 1),
    true
  ),
  sleep: async (simulation, a) => {
    // the machine stands still, and its network with it
    simulation.time.jumpClock([60_000, 1_200_000][a % 2] ?? 0);
    simulation.hub.stall();
    simulation.desk.stall();
    await pass(simulation, 500);
    return true;
  },
};

/** Every word of one tab reaches the others again. */
export function loseNothing(simulation: Simulation): void {
  for (const { origin } of alive(simulation)) origin.loseMessages(0);
}

/** Thaws every page that is frozen. */
export function thawAll(simulation: Simulation): void {
  for (const tab of alive(simulation)) if (tab.isFrozen) freeze(tab, false);
}

export function mendDisk(simulation: Simulation): void {
  setDisk(simulation, 'done');
}

/** Makes one move, and lets what follows from it at once happen. */
export async function play(simulation: Simulation, { kind, a, b }: Move): Promise<boolean> {
  const isPlayed = await plays[kind](simulation, a, b);
  await settle(simulation);
  simulation.ledger.settle();
  return isPlayed;
}
