import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, signIn } from '../../support/client';
import type { Emulator } from '../../support/emulator';
import { emulatorProgram, startEmulator } from '../../support/emulator';
import type { Page, Sent } from '../../support/wire';

describe('a data folder', () => {
  let folder: string;
  let emulator: Emulator;
  let lina: Client;
  let general: string;

  const written = async () => {
    const path = `/chat/messages?channelId=${general}&limit=5`;
    return (await lina.get<Page>(path)).body.messages.map(({ content }) => content);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hudhud-emulator-'));
    emulator = await startEmulator(['--data', folder]);
    lina = await signIn(emulator.url, 'lina');
    general = await channelId(lina, 'general');
  });
  afterAll(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true });
  });

  test('keeps everything over SIGKILL, and tokens stay good', async () => {
    const { body } = await lina.post<Sent>('/chat/messages', {
      channelId: general,
      content: 'before the crash',
    });
    await emulator.restart();
    expect((await written()).at(-1)).toBe('before the crash');
    const path = `/chat/messages/${body.message.message_id}/reactions`;
    expect((await lina.post(path, { emoji: '👍' })).status).toBe(200);
  });

  test('belongs to one process at a time', async () => {
    await expect(startEmulator(['--data', folder])).rejects.toThrow(/in use by process \d+/);
    expect((await written()).at(-1)).toBe('before the crash');
  });

  test('keeps everything over SIGTERM, which ends it with 0', async () => {
    await lina.post('/chat/messages', { channelId: general, content: 'before the end' });
    expect(await emulator.stop()).toBe(0);
    expect(emulator.stderr()).toBe('');
    await emulator.restart();
    expect((await written()).slice(-2)).toEqual(['before the crash', 'before the end']);
  });
});

describe('the command line', () => {
  async function run(
    ...args: string[]
  ): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(process.execPath, [emulatorProgram, ...args]);
    let out = '';
    let err = '';
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    await once(child, 'close');
    return { code: child.exitCode, out, err };
  }

  test('--help lists the switches of the guide, and no other', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    const guide = await readFile('docs/guides/emulator.md', 'utf8');
    const switches = [...guide.matchAll(/^\| `(--[\w-]+)/gm)].map(([, name = '']) => name);
    expect(switches.length).toBeGreaterThan(10);
    for (const name of switches) expect(out).toContain(`${name} `);
    const listed = [...out.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, name = '']) => name);
    expect(listed.filter((name) => name !== '--help' && !switches.includes(name))).toEqual([]);
  });

  test.each([
    [['--seed', 'huge'], '--seed takes one of small, full, none, not "huge".'],
    [['--port', 'http'], '--port takes a number from 0 to 65535, not "http".'],
    [['--resume', 'maybe'], '--resume takes one of on, off, not "maybe".'],
    [['--faults', 'mayhem'], '--faults takes one of none, chaos, network, not "mayhem".'],
    [['--web-socket', 'no'], '--web-socket takes one of on, off, not "no".'],
    [['--public-url', 'here'], '--public-url takes an http address, not "here".'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('%j is refused with a sentence', async (args, sentence) => {
    const { code, out, err } = await run(...args);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(sentence);
  });

  test('a port that was asked for and is taken is an error; --exit-with-parent follows its parent', async () => {
    const emulator = await startEmulator();
    const { port } = new URL(emulator.url);
    // the support starts it with a pipe as standard input, which closes here at once
    const child = spawn(
      process.execPath,
      [emulatorProgram, '--memory', '--seed', 'none', '--exit-with-parent'],
      { stdio: ['pipe', 'ignore', 'ignore'] },
    );
    child.stdin.end();
    const [taken] = await Promise.all([
      run('--memory', '--seed', 'none', '--port', port),
      once(child, 'close'),
    ]);
    expect(taken.code).toBe(1);
    expect(taken.err).toContain('EADDRINUSE');
    expect(child.exitCode).toBe(0);
    await emulator.stop();
  });
});
