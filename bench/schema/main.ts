import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { decodeFrame } from '../../src/protocol/decodeFrame';
import { Fault } from '../../src/protocol/fault';
import type { MessageCandidate } from '../../src/protocol/pickMessage';
import { pickMessage } from '../../src/protocol/pickMessage';
import type { Raw } from '../../src/protocol/raw';
import { frame } from './message';
import { decode as handWritten } from './variants/handWritten';
import { decode as superstructObject } from './variants/superstructObject';
import { decode as valibotChecks } from './variants/valibotChecks';
import { decode as valibotObject } from './variants/valibotObject';
import { decode as zodMiniChecks } from './variants/zodMiniChecks';
import { decode as zodMiniObject } from './variants/zodMiniObject';
import { decode as zodObject } from './variants/zodObject';

// What does it cost to validate one message, by schema library? Run with NODE_ENV=production.

const variants = {
  handWritten,
  valibotChecks,
  valibotObject,
  zodMiniChecks,
  zodMiniObject,
  zodObject,
  superstructObject,
};

const repetitions = 9;
const rounds = 60_000;
const row = JSON.parse(frame.data) as Raw;
// Results are kept, or the optimiser might drop the work.
let kept: unknown;

/** Median of the CPU time per call in microseconds. */
function measure(work: () => unknown): number {
  for (let round = 0; round < rounds; round += 1) kept = work();
  const times: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const start = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) kept = work();
    const used = process.cpuUsage(start);
    times.push((used.user + used.system) / rounds);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(repetitions / 2)] ?? NaN;
}

function pick(): MessageCandidate {
  const candidate = pickMessage(row, true);
  if (candidate instanceof Fault) throw new Error('the sample has to be sound');
  return candidate;
}

/** Size of the variant alone with its library, minified and zipped, in bytes. */
async function sizeOf(name: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`variants/${name}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
}

// First, before the other libraries make shared call sites slow.
const parsing = measure(() => JSON.parse(frame.data));
const decoding = measure(() => decodeFrame(frame));
console.log(
  `JSON.parse ${parsing.toFixed(3)} µs, decodeFrame with it ${decoding.toFixed(3)} µs: ` +
    `${(decoding / parsing).toFixed(2)} times (goal: 2.5)`,
);

const expected = pick();
const picking = measure(pick);
const table: Record<string, Record<string, string>> = {};
for (const [name, decode] of Object.entries(variants)) {
  assert.deepEqual(decode(pick()), expected, `${name} decodes to something else`);
  const broken = decode({ ...pick(), channelId: 7 });
  assert(broken === null || broken instanceof Fault, `${name} takes a number as an id`);
  const total = measure(() => decode(pick()));
  table[name] = {
    'µs per message': total.toFixed(3),
    'of it validation': (total - picking).toFixed(3),
    'min+gzip kB': ((await sizeOf(name)) / 1000).toFixed(1),
  };
}
console.table(table);
assert(kept !== undefined);
