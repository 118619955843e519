import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Need } from '../../support/needs';
import { describeWith } from '../../support/needs';

const fullDevice: Need = {
  name: 'a full device',
  isThere: existsSync('/dev/full'),
  hint: 'There is no /dev/full: Linux has one.',
};

let folder = '';
let broken = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hudhud-'));
  broken = join(folder, 'broken.ndjson');
  const lines = readFileSync('tests/replay/storm.ndjson', 'utf8').trimEnd().split('\n');
  lines[3] = '{"i":1,"t":';
  lines[9] = (lines[9] ?? '').replace('"t":', '"t":1');
  writeFileSync(broken, lines.join('\n').slice(0, -10));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The program in a process of its own. */
const hudhud = (...args: string[]) =>
  new Promise<{ readonly code: unknown; readonly out: string; readonly err: string }>((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'src/replay/cli/main.ts', 'replay', ...args],
      { maxBuffer: 1e8 },
      (error, out, err) => {
        resolve({
          code: error === null ? 0 : error.code,
          out,
          err: err.replaceAll(broken, 'FILE'),
        });
      },
    );
  });

describe('hudhud replay, over a log with broken lines', () => {
  it.each(['show', 'stats'])('%s goes on, tells each of them, and ends with 1', async (command) => {
    const { code, out, err } = await hudhud(command, broken);
    const last = readFileSync(broken, 'utf8').split('\n').length;
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^FILE: Line 4 is no line of a log, and was left out/),
      expect.stringMatching(/^FILE: Line 10 is not the one that was written/),
      `FILE: Line ${last}: it ends in the middle, and was left out.`,
      'FILE: 3 broken lines.',
    ]);
    expect(out).toContain('stream/');
    expect(code).toBe(1);
  });

  it('verify stops at the first of them', async () => {
    const { code, out, err } = await hudhud('verify', broken);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^FILE: Line 4 is not the one that was written/);
  });
});

describeWith([fullDevice], 'hudhud replay, onto a device that is full', () => {
  it('what cannot be written is no success', async () => {
    const full = openSync('/dev/full', 'w');
    const log = 'tests/replay/quiet-day.ndjson';
    const args = ['--import', 'tsx', 'src/replay/cli/main.ts', 'replay', 'redact', log];
    const child = spawn(process.execPath, args, { stdio: ['ignore', full, 'pipe'] });
    let err = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [code] = (await once(child, 'close')) as [number];
    closeSync(full);
    expect([code, err]).toEqual([2, expect.stringContaining('ENOSPC')]);
  });
});
