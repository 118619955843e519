import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createDice } from '../convergence/dice';
import bundleEmulator from '../setup/emulator';
import { openStreams } from '../support/chatPage';
import { channelId, signIn } from '../support/client';
import { startEmulator } from '../support/emulator';
import { Auditor } from './auditor';
import { createWriter } from './writers';

/**
 * Several clients against a real emulator that misbehaves, for minutes: `--minutes N` (default 10). The exit code is 1 where
 * a message is lost or doubled, something grows, or something is left after `stop()`.
 */

const names = ['lina', 'sara', 'karim'] as const;

/** What goes wrong in turn, for the writers alone: whoever looks has to see. */
const weathers = [
  {},
  {
    delay: { p: 0.3, minMs: 50, maxMs: 800 },
    refuse: { p: 0.05, statuses: [429, 500, 503], retryAfterS: 1 },
    loseRequest: { p: 0.02 },
    loseReply: { p: 0.04 },
    errorAfterWrite: { p: 0.02, status: 502 },
  },
  {
    refuseStreams: { p: 0.3, statuses: [429, 502, 503], retryAfterS: 1 },
    reset: { p: 0.05 },
    halfFrame: { p: 0.05 },
    doubleFrames: { p: 0.1 },
    dropEchoes: { p: 0.1 },
  },
];

function forWriters(weather: Readonly<Record<string, object>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(weather).map(([name, fault]) => [
    name,
    { ...fault, users: names },
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, unknown>>;
}

const stepMs = 150;
const weatherMs = 8_000;
/** More than what a heap of this size moves by itself. */
const roomMb = 25;

const heapMb = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return Math.round((process.memoryUsage().heapUsed / 1_048_576) * 10) / 10;
};

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0 && minutes <= 1_440)) {
  throw new Error(`--minutes takes a number from above 0 to 1440, not "${values.minutes}".`);
}
const totalMs = minutes * 60_000;
const tellMs = Math.min(60_000, totalMs / 6);

await bundleEmulator();
const emulator = await startEmulator();
const observer = await signIn(emulator.url, 'omar');
const general = await channelId(observer, 'general');
const auditor = new Auditor(observer, general, Date.now());
const writers = await Promise.all(names.map((name) => createWriter(emulator.url, name)));
const dice = createDice(1);
const heaps: number[] = [];

async function tell(place: string): Promise<{ lost: number; doubled: number }> {
  // what is pending now may be done by the time it is read: read afterwards
  const pending = new Set(writers.flatMap((writer) => writer.pending()));
  await auditor.read();
  const nonces = writers.flatMap(({ wished }) => [...wished]);
  const lost = nonces.filter((nonce) => !pending.has(nonce) && auditor.count(nonce) === 0).length;
  const doubled = nonces.filter((nonce) => auditor.count(nonce) > 1).length;
  const held = writers.map(({ platform }) => platform.held());
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  const heap = heapMb();
  heaps.push(heap);
  const row = {
    ...{ heapMb: heap, streams: await openStreams(emulator.url) },
    timers: sum(held.map(({ timers }) => timers)),
    listeners: sum(held.map(({ listeners }) => listeners)),
    ...{ wished: nonces.length, pending: pending.size, lost, doubled },
  };
  const columns = Object.entries(row).map(([name, value]) => `${name} ${value}`);
  console.log(`${place.padStart(8)}  ${columns.join('  ')}`);
  return { lost, doubled };
}

const failures: string[] = [];
const started = Date.now();
let n = 0;
let nextWeather = 0;
let nextTell = tellMs;
for (let passed = 0; passed < totalMs; passed = Date.now() - started) {
  if (passed >= nextWeather) {
    await emulator.setFaults(forWriters(dice.pick([weathers[1] ?? {}, ...weathers])));
    nextWeather = passed + weatherMs;
  }
  if (passed >= nextTell) {
    await tell(`${Math.round(passed / 1_000)} s`);
    nextTell += tellMs;
  }
  for (const writer of writers) if (dice.chance(0.1)) writer.act((n += 1));
  await pause(stepMs);
}

await emulator.setFaults();
const isQuiet = () => writers.every((writer) => writer.pending().length === 0);
for (let tries = 0; tries < 120 && !isQuiet(); tries++) {
  for (const writer of writers) writer.retry();
  await pause(500);
}
const { lost, doubled } = await tell('quiet');
const pending = writers.flatMap((writer) => writer.pending()).length;
if (lost + doubled + pending > 0) {
  failures.push(`${lost} are lost, ${doubled} doubled, ${pending} still pending`);
}
const streams = await openStreams(emulator.url);
if (streams > names.length) failures.push(`${streams} streams for ${names.length} clients`);
// the beginning fills what is bounded
const early = heaps[Math.floor(heaps.length / 3)] ?? 0;
const late = heaps.at(-1) ?? 0;
if (late > early + roomMb) failures.push(`the heap grew from ${early} to ${late} MB`);

for (const { hudhud } of writers) hudhud.stop();
for (let tries = 0; tries < 40 && (await openStreams(emulator.url)) > 0; tries++) await pause(100);
const left = { streams: await openStreams(emulator.url), timers: 0, listeners: 0 };
for (const { platform } of writers) {
  left.timers += platform.held().timers;
  left.listeners += platform.held().listeners;
}
console.log(` stopped  ${JSON.stringify(left)}`);
if (left.streams + left.timers + left.listeners > 0)
  failures.push('something is left after stop()');
await emulator.stop();
for (const failure of failures) console.log(`failed: ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;
