import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noticesReceived } from '../../../src/actions/stream';
import { help } from '../../../src/replay/cli/help';
import type { ExitCode } from '../../../src/replay/cli/io';
import { run } from '../../../src/replay/cli/run';
import { createPlayer } from '../../../src/replay/player';
import { readLog } from '../../../src/replay/readLog';
import { createRecordedStore, jumped } from '../../support/recordedStore';
import { smallLog } from '../../support/logs';

const notice = (ordinal: number) =>
  noticesReceived({
    ...{ stream: 'main', epoch: 1, ordinal, receivedAt: ordinal },
    events: [
      {
        type: 'broadcast',
        op: 'notice',
        level: 'system',
        text: `private ${ordinal}`,
        timestamp: null,
      },
    ],
  });

let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hudhud-'));
  const { recorder, store } = createRecordedStore({
    redaction: 'none',
    checkpointEvery: 2,
    app: 'web 1',
  });
  for (let i = 1; i <= 5; i++) store.dispatch(notice(i));
  store.dispatch(jumped());
  store.dispatch(notice(6));
  const text = recorder.export();
  writeFileSync(at('log.ndjson'), text);
  writeFileSync(at('log.ndjson.gz'), gzipSync(text));
  writeFileSync(at('cut.ndjson'), text.slice(0, -60));
  writeFileSync(at('cut.ndjson.gz'), gzipSync(text).subarray(0, -40));
  writeFileSync(at('edited.ndjson'), text.replace('private 3', 'private 4'));
  // its digests are right, and its hashes are not
  writeFileSync(at('other.ndjson'), smallLog());
  writeFileSync(at('none.txt'), 'hello\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a command in the folder of the logs. */
async function cli(line: string, input?: Uint8Array) {
  let out = '';
  let err = '';
  const args = line
    .split(' ')
    .map((word) => (/\.(ndjson|gz|txt|mjs)/.test(word) ? at(word) : word));
  async function* stdin() {
    await Promise.resolve();
    if (input !== undefined) yield input;
  }
  const code: ExitCode = await run(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    isWatched: false,
    env: {},
    onInterrupt: () => () => undefined,
    stdin: stdin(),
  });
  return { code, out: out.replaceAll(`${folder}/`, ''), err: err.replaceAll(`${folder}/`, '') };
}

const jsonLines = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('hudhud', () => {
  it.each(['--help', '-h', 'replay --help', 'replay verify -h'])('%s helps', async (line) => {
    expect(await cli(line)).toEqual({ code: 0, out: help, err: '' });
  });

  it.each([
    ['repay verify log.ndjson', 'no "hudhud repay"'],
    ['replay verfiy log.ndjson', 'no "hudhud replay verfiy"'],
    ['replay toString log.ndjson', 'no "hudhud replay toString"'],
    ['replay verify', 'needs a file'],
    ['replay show log.ndjson cut.ndjson', 'takes one file'],
    ['replay verify --fast log.ndjson', '--fast'],
    ['replay show --from x log.ndjson', '--from is the number'],
    ['record --out new.ndjson', '--url: the start of all REST addresses'],
    ['record --url https://a:b@chat.example/api --out new.ndjson', 'a name or a password in it'],
    ['record --url https://chat.example/api', 'needs --out FILE'],
    ['record --url https://chat.example/api --out new.ndjson.gz', 'unpacked'],
    ['record --url https://chat.example/api --out new.ndjson --username a', 'HUDHUD_PASSWORD'],
    ['record --url https://chat.example/api --out new.ndjson --project a', 'go together'],
    ['record --url https://chat.example/api --out new.ndjson --seconds x', '--seconds is how long'],
    ['record --redaction some', '--redaction is "pseudonyms" or "none"'],
    ['record new.ndjson', 'takes options only'],
  ])('%s is a mistake of the call', async (line, sentence) => {
    const { code, out, err } = await cli(line);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err).toContain('hudhud --help');
  });
});

describe('hudhud replay verify', () => {
  it.each(['log.ndjson', 'log.ndjson.gz'])('%s comes to the same', async (name) => {
    const { code, out, err } = await cli(`replay verify ${name}`);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`${name}: 8 actions, 4 checkpoints: OK.\n`);
  });

  it('reads standard input', async () => {
    const { code, out } = await cli('replay verify -', readFileSync(at('log.ndjson.gz')));
    expect([code, out]).toEqual([0, '-: 8 actions, 4 checkpoints: OK.\n']);
  });

  it.each(['cut.ndjson', 'cut.ndjson.gz'])('%s is read as far as it goes', async (name) => {
    const { code, out } = await cli(`replay verify --json ${name}`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ isSame: true, isComplete: false, isTruncated: true });
  });

  it('says where a log was edited', async () => {
    const { code, out, err } = await cli('replay verify edited.ndjson');
    const line = readFileSync(at('edited.ndjson'), 'utf8').split('private 3')[0];
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^edited\.ndjson: Line (\d+) is not the one that was written/);
    expect(err).not.toContain(line);
    const { out: json } = await cli('replay verify edited.ndjson --json');
    const edited = readFileSync(at('edited.ndjson'), 'utf8').split('\n');
    const told = JSON.parse(json) as { readonly line: number };
    expect(told).toMatchObject({ code: 'LOG_DAMAGED' });
    expect(edited[told.line - 1]).toMatch(/private 4.*"i":4|"i":4.*private 4/);
  });

  it('says where a log comes to something else', async () => {
    const { code, out } = await cli('replay verify other.ndjson');
    expect(code).toBe(1);
    expect(out).toContain('messages is not what it was: sound before action 0');
  });

  it('goes on with the next file, and ends with the worst', async () => {
    const { code, out, err } = await cli(
      'replay verify gone.ndjson none.txt edited.ndjson log.ndjson',
    );
    expect(code).toBe(2);
    expect(out).toBe('log.ndjson: 8 actions, 4 checkpoints: OK.\n');
    expect(err).toMatch(/^gone.*ENOENT.*\nnone\.txt: Line 1: this is no log.*\nedited/);
  });

  it('plays with what a module of the app gives', async () => {
    writeFileSync(at('app.mjs'), 'export const reducer = (state) => state;');
    expect((await cli('replay verify log.ndjson --with gone.mjs')).code).toBe(2);
  });
});

describe('hudhud replay show', () => {
  it('shows the actions', async () => {
    const { code, out } = await cli('replay show log.ndjson --from 1 --to 4');
    expect(code).toBe(0);
    expect(out).toBe(
      [
        '1\t+0 ms\tconnection/changed phase=open stream=channel:general',
        '2\t+0 ms\tstream/noticesReceived events×1 stream=main',
        '3\t+0 ms\tstream/noticesReceived events×1 stream=main\n',
      ].join('\n'),
    );
    expect((await cli('replay show log.ndjson')).out).toContain('7\tthe state changed by itself');
  });

  it('shows them as JSON', async () => {
    const { out } = await cli('replay show log.ndjson --json --type notices');
    expect(jsonLines(out)).toHaveLength(6);
    expect(jsonLines(out)[0]).toMatchObject({ i: 2, a: { type: 'stream/noticesReceived' } });
  });

  it('shows a state', async () => {
    const { out } = await cli('replay show log.ndjson --state 4');
    const { notices } = JSON.parse(out) as { readonly notices: { readonly list: unknown[] } };
    expect(notices.list).toHaveLength(2);
    expect((await cli('replay show log.ndjson --state 99')).code).toBe(2);
  });

  it('tells that nothing fits', async () => {
    expect(await cli('replay show log.ndjson --type nothing')).toEqual({
      code: 1,
      out: '',
      err: '',
    });
  });
});

describe('hudhud replay stats', () => {
  it('counts', async () => {
    const { code, out } = await cli('replay stats log.ndjson --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ...{ actions: 8, checkpoints: 4, keyframes: 2, jumps: 1, isComplete: true },
      header: { app: 'web 1', redaction: 'none' },
      types: { 'stream/noticesReceived': { count: 6 }, 'connection/changed': { count: 2 } },
    });
    expect((await cli('replay stats log.ndjson')).out).toContain('6  stream/noticesReceived, ');
  });
});

describe('hudhud replay diff', () => {
  it('shows how two states differ', async () => {
    const { code, out } = await cli('replay diff log.ndjson 3 4');
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'notices.list.announcement:2: nothing → {"id":"announcement:2","code":"ANNOUNCEMENT","level":"system","text":"private 2","cause":null,"at":2,"count":1}',
        'notices.heardTo: 1 → 2\n',
      ].join('\n'),
    );
    expect(await cli('replay diff log.ndjson 4 4')).toEqual({ code: 0, out: '', err: '' });
    expect((await cli('replay diff log.ndjson 4')).code).toBe(2);
  });
});

describe('hudhud replay find', () => {
  it('finds what names an id', async () => {
    expect((await cli('replay find log.ndjson --id channel:general')).out).toMatch(/^1\t/);
    expect((await cli('replay find log.ndjson --id channel:gen')).code).toBe(1);
    expect((await cli('replay find log.ndjson')).code).toBe(2);
  });
});

describe('hudhud replay redact', () => {
  it('makes a log without texts that comes to the same', async () => {
    const { code } = await cli('replay redact log.ndjson.gz --out out.ndjson.gz');
    expect(code).toBe(0);
    const text = gunzipSync(readFileSync(at('out.ndjson.gz'))).toString();
    expect(text).not.toContain('private');
    const log = readLog(text);
    expect(log.header).toMatchObject({ redaction: 'pseudonyms', app: 'web 1' });
    expect(log.end).toMatchObject({ actions: 8, isComplete: true });
    expect(createPlayer(log).verify()).toEqual([]);
    expect((await cli('replay redact out.ndjson.gz')).code).toBe(2);
  });

  it('writes to standard output, and stops where a log comes to something else', async () => {
    expect(readLog((await cli('replay redact log.ndjson')).out).end.isComplete).toBe(true);
    const { code, err } = await cli('replay redact other.ndjson');
    expect(code).toBe(1);
    expect(err).toContain('What was written ends there.');
  });
});
