import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CliIo } from '../../../src/replay/cli/io';
import { run } from '../../../src/replay/cli/run';
import { readLog } from '../../../src/replay/readLog';
import { signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import { createRealClient, openWorkspace } from '../../support/realClient';

const secret = 'hudhud-demo';
const spoken = 'the heron lands at noon';

let emulator: HostedEmulator;
let folder = '';
beforeAll(async () => {
  emulator = await startHostedEmulator();
});
afterAll(() => emulator.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hudhud-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const noInput: AsyncIterable<Uint8Array> = new ReadableStream<Uint8Array>({
  start(controller) {
    controller.close();
  },
});

/** The program in this process, with what ends it in our hands. */
function start(args: readonly string[], env: CliIo['env'] = { HUDHUD_PASSWORD: secret }) {
  const said = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const code = run(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    isWatched: false,
    stdin: noInput,
    env,
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return {
    said,
    code,
    listeners,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
  };
}

const file = (): string => join(folder, 'live.ndjson');
const textOf = (): string => (existsSync(file()) ? readFileSync(file(), 'utf8') : '');
const recordArgs = (...more: string[]): string[] => [
  ...['record', '--url', `${emulator.url}/api`, '--out', file()],
  ...['--username', 'yusuf', '--project', 'hudhud', '--channel', 'general', ...more],
];

/** Somebody else says something, and again until it is in the file. */
async function speakUntil(isWritten: (text: string) => boolean): Promise<void> {
  const other = createRealClient(emulator.url);
  try {
    await other.enter('lina');
    const { general = '' } = await openWorkspace(other);
    await until(
      () => {
        other.store.dispatch(
          other.hudhud.actions.sendMessage({ channelId: general, content: spoken }),
        );
        return Promise.resolve(textOf());
      },
      isWritten,
      20_000,
    );
  } finally {
    other.hudhud.stop();
  }
}

const isLive = (text: string): boolean =>
  text.includes('stream/conversationReceived') && text.includes('history/snapshotApplied');

describe('hudhud record', () => {
  it('records a live stream until it is interrupted; the log verifies and tells nothing', async () => {
    const recording = start(recordArgs());
    await speakUntil(isLive);
    recording.interrupt();
    expect(await recording.code).toBe(0);
    expect(recording.listeners.size).toBe(0);
    const { end } = readLog(textOf());
    expect(end).toMatchObject({ isComplete: true, isTruncated: false });
    expect(recording.said).toEqual({
      out: `${file()}: ${end.actions} actions.\n`,
      err: '',
    });
    for (const word of [spoken, secret, 'eyJ', 'Bearer', 'Yusuf']) {
      expect(textOf()).not.toContain(word);
    }
    expect(await start(['replay', 'verify', file()]).code).toBe(0);
  });

  it('keeps texts where it is told to, and never a token', async () => {
    const recording = start(recordArgs('--redaction', 'none', '--json'));
    await speakUntil((text) => isLive(text) && text.includes(spoken));
    recording.interrupt();
    expect(await recording.code).toBe(0);
    expect(JSON.parse(recording.said.out)).toMatchObject({ ended: 'interrupted', failures: 0 });
    for (const word of [secret, 'eyJ', 'Bearer']) expect(textOf()).not.toContain(word);
  });

  it('ends by itself after --seconds, with a footer', async () => {
    const recording = start(recordArgs('--seconds', '0.2', '--json'));
    expect(await recording.code).toBe(0);
    expect(JSON.parse(recording.said.out)).toMatchObject({ ended: 'time' });
    expect(readLog(textOf()).end.isComplete).toBe(true);
  });

  it('signs in with a token that it is given, and leaves that session open', async () => {
    const { token } = await signIn(emulator.url, 'yusuf');
    const args = ['record', '--url', `${emulator.url}/api`, '--out', file()];
    const recording = start(args, { HUDHUD_TOKEN: token });
    await speakUntil((text) => text.includes('stream/conversationReceived'));
    recording.interrupt();
    expect(await recording.code).toBe(0);
    expect(textOf()).not.toContain(token);
    const me = await fetch(`${emulator.url}/api/auth/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(me.status).toBe(200);
  });

  it('says that nobody could sign in, and leaves the file as it was', async () => {
    writeFileSync(file(), 'an older recording\n');
    const recording = start(recordArgs(), { HUDHUD_PASSWORD: 'another one' });
    expect(await recording.code).toBe(2);
    expect(recording.said.err).toContain(emulator.url);
    expect(recording.said.err + recording.said.out).not.toContain('another one');
    expect(textOf()).toBe('an older recording\n');
  });

  it('ends where the file cannot be written', async () => {
    const recording = start([
      ...recordArgs().map((word) => (word === file() ? join(folder, 'none', 'a.ndjson') : word)),
    ]);
    expect(await recording.code).toBe(2);
    expect(recording.said.err).toContain('ENOENT');
  });

  it('ends where the stream refuses it for good', async () => {
    const args = ['record', '--url', `${emulator.url}/api`, '--out', file(), '--json'];
    const recording = start(args, { HUDHUD_TOKEN: 'eyJhbGciOiJIUzI1NiJ9.e30.wrong' });
    expect(await recording.code).toBe(2);
    expect(JSON.parse(recording.said.out)).toMatchObject({
      ended: 'refused',
      error: 'UNAUTHORIZED',
    });
    expect(textOf()).not.toContain('wrong');
  });

  it('is a program that Ctrl-C ends', async () => {
    const args = ['--import', 'tsx', 'src/replay/cli/main.ts', ...recordArgs()];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, HUDHUD_PASSWORD: secret },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const gone = once(child, 'close');
    await until(
      () => Promise.resolve(textOf()),
      (text) => text.includes('history/snapshotApplied'),
      40_000,
    );
    child.kill('SIGINT');
    expect(await gone).toEqual([0, null]);
    expect(readLog(textOf()).end.isComplete).toBe(true);
  });
});
