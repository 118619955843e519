import type { ChatWorld, Place } from './client/chatWorld';
import { otherEdit, otherReact, otherRemove, otherReply, otherSend } from './client/elsewhere';
import {
  discard,
  edit,
  pick,
  react,
  read,
  remove,
  reply,
  retry,
  send,
  undo,
} from './client/wishes';
import type { Move, MoveKind } from './schedule';
import type { Waiting } from './server/requests';
import { ids } from '../support/hudhudAnswers';

/** What one move does. Gives back whether there was anything to do it with. */
type Play = (world: ChatWorld, a: number, b: number) => boolean | Promise<boolean>;

/** Time passes in steps that are shorter than the silence after which a stream counts as dead. */
export async function pass(world: ChatWorld, ms: number): Promise<void> {
  const step = 25_000;
  for (let left = ms; left > 0; left -= step) {
    await world.platform.advance(Math.min(step, left));
    world.streams.ping();
  }
}

const afterFrame = (world: ChatWorld): Promise<void> => world.platform.advance(20);

async function deliver(world: ChatWorld, n: number, times: number): Promise<boolean> {
  const { streams } = world;
  if (streams.count === 0) return false;
  streams.deliver(1 + (n % 4), times);
  // now and then the next move comes before the frames are read
  if (n % 5 !== 0) await afterFrame(world);
  return true;
}

function onRequest(
  fits: (waiting: Waiting) => boolean,
  act: (world: ChatWorld, waiting: Waiting, b: number) => void,
): Play {
  return (world, a, b) => {
    const waiting = pick(world.requests.list().filter(fits), a);
    if (waiting === undefined) return false;
    act(world, waiting, b);
    return true;
  };
}

const any = (): boolean => true;
const isUndone = ({ answer }: Waiting): boolean => answer === null;
const isWrite = ({ asked }: Waiting): boolean => asked.method !== 'GET';
const refusals = [400, 403, 404, 409, 500] as const;
/** A server that says of a reaction or a deletion that it is so already is believed: it must not lie. */
const plainRefusals = [400, 403, 500] as const;
const isSoAlready = ({ asked: { method, path } }: Waiting): boolean =>
  method === 'DELETE' || path[3] === 'reactions';

function goOffline(world: ChatWorld): boolean {
  const { platform, requests, streams } = world;
  if (requests.isOffline) return false;
  requests.isOffline = true;
  platform.setOnline(false);
  requests.all('lose');
  streams.cut('fail');
  streams.isUp = false;
  return true;
}

export function goOnline({ platform, requests, streams }: ChatWorld): boolean {
  if (!requests.isOffline) return false;
  requests.isOffline = false;
  streams.isUp = true;
  platform.setOnline(true);
  return true;
}

export function start(world: ChatWorld): boolean {
  if (world.isStarted) return false;
  world.isStarted = true;
  world.hudhud.start();
  return true;
}

function stop(world: ChatWorld): boolean {
  if (!world.isStarted) return false;
  world.isStarted = false;
  world.hudhud.stop();
  return true;
}

function jump(world: ChatWorld, a: number, b: number): boolean {
  const place: Place | undefined = pick(world.places(), a);
  const message = pick(world.server.messages, b);
  if (place === undefined || message === undefined) return false;
  const at = Math.floor(message.createdUs / 1_000);
  world.store.dispatch(world.hudhud.actions.jumpTo({ ...place, at }));
  return true;
}

function load(side: 'newest' | 'older'): Play {
  return (world, a) => {
    const place = pick(world.places(), a) ?? { channelId: ids.general, parentId: null };
    world.store.dispatch(world.hudhud.actions.loadHistory({ ...place, side }));
    return true;
  };
}

const plays: Readonly<Record<MoveKind, Play>> = {
  ...{ send, reply, edit, remove, react, read, undo, retry, discard },
  toggle: (world, a, b) => react(world, a, b, 2 + (a % 2)),
  ...{ otherSend, otherReply, otherEdit, otherRemove, otherReact },
  deliver: (world, a) => deliver(world, a, 1),
  deliverTwice: (world, a) => deliver(world, a, 2),
  cut: ({ streams }) => streams.isOpen && (streams.cut('fail'), true),
  end: ({ streams }) => streams.isOpen && (streams.cut('end'), true),
  down: ({ streams }) => streams.isUp && ((streams.isUp = false), true),
  up: ({ streams, requests }) =>
    !streams.isUp && !requests.isOffline && ((streams.isUp = true), true),
  serve: onRequest(any, ({ requests }, waiting) => {
    requests.reply(waiting);
  }),
  process: onRequest(isUndone, ({ requests }, waiting) => {
    requests.process(waiting);
  }),
  lose: onRequest(isUndone, ({ requests }, waiting) => {
    requests.lose(waiting);
  }),
  loseDone: onRequest(isWrite, ({ requests }, waiting) => {
    requests.process(waiting);
    requests.lose(waiting);
  }),
  refuse: onRequest(isUndone, ({ requests }, waiting, b) => {
    const statuses = isSoAlready(waiting) ? plainRefusals : refusals;
    requests.answerInstead(waiting, pick(statuses, b) ?? 400, {});
  }),
  fail: onRequest(isUndone, ({ requests }, waiting) => {
    requests.answerInstead(waiting, 503, {});
  }),
  failDone: onRequest(isWrite, ({ requests }, waiting) => {
    requests.process(waiting);
    requests.answerInstead(waiting, 502, {});
  }),
  limit: onRequest(isUndone, ({ requests }, waiting, b) => {
    requests.answerInstead(waiting, 429, b % 2 === 0 ? {} : { 'Retry-After': String(b % 10) });
  }),
  garble: onRequest(isUndone, ({ requests }, waiting) => {
    requests.garble(waiting);
  }),
  garbleDone: onRequest(isWrite, ({ requests }, waiting) => {
    requests.process(waiting);
    requests.garble(waiting);
  }),
  ...{ newest: load('newest'), older: load('older'), jump },
  workspace(world, a) {
    const channelSlug = a % 2 === 0 ? 'general' : 'random';
    world.store.dispatch(
      world.hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug }),
    );
    return true;
  },
  ...{ stop, start, offline: goOffline, online: goOnline },
  advance: async (world, a) => (await pass(world, [20, 300, 1_500, 5_500][a % 4] ?? 20), true),
  wait: async (world, a) => (await pass(world, [12_000, 31_000][a % 2] ?? 0), true),
};

/** Makes one move, and lets what follows from it at once happen. */
export async function play(world: ChatWorld, { kind, a, b }: Move): Promise<boolean> {
  const isPlayed = await plays[kind](world, a, b);
  await world.platform.settle();
  return isPlayed;
}
