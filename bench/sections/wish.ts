import { createHeldStore, expectSame } from '../heldStore';
import { silentPlatform } from '../hudhudStore';
import { cpuNow, median } from '../measure';
import type { Section } from '../section';
import { count, printHead, row, us } from '../table';
import { create, createWorld, toWire } from '../workloads';

const phases = [
  'wished, row read',
  'request leaves',
  'echoed, row read',
  "another's message, read",
];

/** A server that answers when it is told to, after the stream. */
function createLateServer() {
  const waiting: (() => void)[] = [];
  let reply = '';
  const fetch: typeof globalThis.fetch = (_url, init) =>
    new Promise((resolve) => {
      if (init?.method !== 'POST') return;
      const headers = { 'content-type': 'application/json' };
      waiting.push(() => {
        resolve(new Response(reply, { status: 201, headers }));
      });
    });
  const answer = (text: string) => {
    reply = text;
    const asked = waiting.splice(0);
    for (const run of asked) run();
    return asked.length;
  };
  return { fetch, answer };
}

const turn = () => new Promise(setImmediate);

/** Wishes one message after the other; µs of CPU per message, by phase. */
async function runOnce(held: number, wishes: number): Promise<number[]> {
  const world = createWorld(1, 20);
  const server = createLateServer();
  const bench = createHeldStore(world, held, { ...silentPlatform, fetch: server.fetch });
  const { store, hudhud, channelId, viewerId, timeline } = bench;
  timeline();
  await turn();
  const spent = phases.map(() => 0);
  let at = cpuNow();
  const clock = (phase: number) => {
    const now = cpuNow();
    spent[phase] = (spent[phase] ?? 0) + now - at;
  };
  for (let i = 0; i < wishes; i++) {
    const content = `a wish ${i}`;
    const wish = hudhud.actions.sendMessage({ channelId, content });
    const { opId } = wish.payload;
    const told = world.message(held + 2 * i, channelId);
    const metadata = { client_id: opId };
    const author = { userId: viewerId, username: 'user0' };
    const echo = create({ ...told, ...author, content, metadata });
    const others = create(world.message(held + 2 * i + 1, channelId));

    at = cpuNow();
    store.dispatch(wish);
    const wished = timeline().at(-1);
    clock(0);

    at = cpuNow();
    await turn();
    clock(1);

    at = cpuNow();
    const echoed = bench.take(echo).at(-1);
    clock(2);

    expectSame('requests', server.answer(toWire(echo)), 1);
    await turn();
    await turn();
    timeline();
    if (wished?.key !== opId || wished.pending === null) throw new Error('no row for the wish');
    if (echoed?.key !== opId || echoed.pending !== null) throw new Error('the wish is not settled');

    at = cpuNow();
    bench.take(others);
    clock(3);
  }
  expectSame('rows', timeline().length, held + 2 * wishes);
  return spent.map((cpuUs) => cpuUs / wishes);
}

export const wishSection: Section = {
  name: 'wish',
  title: 'A message of one’s own: wished and shown, sent, settled by the stream; µs CPU each',
  print(run, { sizes }) {
    printHead(['held', ...phases]);
    for (const held of sizes) {
      if (held > 10_000) continue;
      console.log(row([count(held), ...(run([held]) as number[]).map(us)]));
    }
  },
  async measure([held = ''], { effort, isQuick }) {
    const runs: number[][] = [];
    for (let i = -effort.warmUps; i < effort.repetitions; i++) {
      const spent = await runOnce(Number(held), isQuick ? 20 : 300);
      if (i >= 0) runs.push(spent);
    }
    return phases.map((_, phase) => median(runs.map((spent) => spent[phase] ?? NaN)));
  },
};
