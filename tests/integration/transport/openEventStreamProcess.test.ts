import { spawn, spawnSync } from 'node:child_process';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { within } from '../../support/deadline';
import type { SseScript, SseServer } from '../../support/sseServer';
import { openSse, refuse, startSseServer, write } from '../../support/sseServer';

const programs = 'reports/programs';

/** Made once, and not at each start: a start is most of what these tests take. */
beforeAll(() => {
  const { stderr } = spawnSync(
    'node_modules/.bin/esbuild',
    [
      ...['tests/support/programs/closeAt.ts', 'tests/support/programs/readToTheEnd.ts'],
      ...['--bundle', '--platform=node', '--format=esm', '--out-extension:.js=.mjs'],
      ...[`--outdir=${programs}`, '--log-level=warning'],
    ],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
});

let server: SseServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program of `tests/support/programs` to its own end. */
async function run(name: string, args: readonly string[], flags: readonly string[] = []) {
  const child = spawn(process.execPath, [...flags, `${programs}/${name}.mjs`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out: out.trim(), err });
    });
  });
  try {
    return await within(50_000, ended, () => `${name} did not end: ${out}${err}`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** MB that are streamed: `HUDHUD_STREAM_MB=1000` for more of them. */
const megabytes = Number(process.env['HUDHUD_STREAM_MB'] ?? 60);
const smallHeap = '--max-old-space-size=24';

const blockOf = (text: (i: number) => string) =>
  Array.from({ length: 256 }, (_, i) => text(i)).join('');
const longText = 'x'.repeat(200);
const kinds: Readonly<Record<string, string>> = {
  events: blockOf((i) => `id: ${i}\nevent: message\ndata: {"n":${i},"text":"${longText}"}\n\n`),
  'events of many lines': blockOf(
    (i) => `id: ${i}\r\ndata: ${longText}\r\ndata: ${longText}\r\n\r\n`,
  ),
  'comments, ids and unknown fields': blockOf(
    (i) => `: ${longText}\nid: ${i}\nfoo: ${longText}\n\n`,
  ),
  'one comment without end': blockOf(() => `:${longText}`),
  'one unknown field without end': blockOf(() => `x${longText}`),
};

/** Streams so many bytes, with a sample after each tenth. */
const streams =
  (block: string, bytes: number): SseScript =>
  async (response) => {
    openSse(response);
    for (let part = 0; part < 10; part += 1) {
      for (let sent = 0; sent < bytes / 10; sent += block.length) {
        if (!(await write(response, block))) return;
      }
      await write(response, '\n\nevent: sample\ndata: 1\n\n');
    }
    await write(response, 'event: end\ndata: 1\n\n');
  };

/** Of the samples after the first ones, when everything that is made once is made. */
function growthOf(out: string): number {
  const { heap } = JSON.parse(out) as { readonly heap: readonly number[] };
  const [first = NaN, ...later] = heap.slice(2);
  return Math.max(...later) - first;
}

describe('openEventStream: memory', () => {
  it.each(Object.entries(kinds))('is flat, however much comes of %s', async (_name, block) => {
    const share = (megabytes * 1_000_000) / Object.keys(kinds).length;
    server = await startSseServer(streams(block, share));
    const { code, out, err } = await run('readToTheEnd', [server.url], [smallHeap]);
    expect([code, err]).toEqual([0, '']);
    expect(growthOf(out)).toBeLessThan(2_000_000);
  });

  it('is flat, however often it comes back', async () => {
    server = await startSseServer((response, n) => {
      openSse(response);
      const isSample = n % 20 === 19;
      const type = n === 200 ? 'end' : isSample ? 'sample' : 'message';
      response.end(`id: ${n}\nevent: ${type}\ndata: ${longText}\n\n`);
    });
    const options = JSON.stringify({ initialDelayMs: 1, maxDelayMs: 1 });
    const { code, out, err } = await run('readToTheEnd', [server.url, options], [smallHeap]);
    expect([code, err]).toEqual([0, '']);
    expect(growthOf(out)).toBeLessThan(2_000_000);
  });
});

describe('openEventStream: a process ends by itself', () => {
  const speaks: SseScript = (response) => {
    openSse(response);
    response.write(': c\ndata: a\n\n');
  };
  const refuses =
    (status: number): SseScript =>
    (response) => {
      refuse(response, status, {}, '');
    };

  it.each<[string, SseScript, string, string]>([
    ['at once', speaks, 'atOnce', ''],
    ['when it opens', speaks, 'onOpen', 'onOpen'],
    ['after a comment', speaks, 'onComment', 'onOpen onComment'],
    ['after an event', speaks, 'onEvent', 'onOpen onComment onEvent'],
    ['after an error', refuses(503), 'onError', 'onError'],
    ['in the wait', refuses(503), 'onRetry', 'onError onRetry'],
  ])('that closes its stream %s', async (_name, script, handler, called) => {
    server = await startSseServer(script);
    expect(await run('closeAt', [server.url, handler])).toEqual({ code: 0, out: called, err: '' });
  });

  it('when its stream has come to its end', async () => {
    server = await startSseServer(refuses(204));
    expect(await run('closeAt', [server.url])).toEqual({ code: 0, out: 'onError', err: '' });
  });

  it('but not in a wait, where nothing else holds it', async () => {
    server = await startSseServer((response, n, request) => {
      void (n === 0 ? refuses(503) : speaks)(response, n, request);
    });
    expect(await run('closeAt', [server.url, 'onEvent'])).toEqual({
      code: 0,
      out: 'onError onRetry onOpen onComment onEvent',
      err: '',
    });
  });
});
