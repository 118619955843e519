import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noticesReceived } from '../../../src/actions/stream';
import { help } from '../../../src/replay/cli/help';
import type { ExitCode } from '../../../src/replay/cli/io';
import { repositoryOf } from '../../../src/replay/cli/open';
import { run } from '../../../src/replay/cli/run';
import { LogWriter } from '../../../src/replay/logWriter';
import { createPlayer } from '../../../src/replay/player';
import { readLog } from '../../../src/replay/readLog';
import { createRecordedStore, jumped } from '../../support/recordedStore';
import { about, smallLog } from '../../support/logs';

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

/** A log with one of its lines changed; lines are counted from 1. */
function withLine(text: string, number: number, change: (line: string) => string): string {
  return text
    .split('\n')
    .map((line, i) => (i === number - 1 ? change(line) : line))
    .join('\n');
}

/** Texts that cannot be packed. */
const words = (length: number): string[] =>
  Array.from({ length }, (_, i) => createHash('sha512').update(`${i}`).digest('base64'));

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
  const chain = new LogWriter();
  const foreign = [
    ...[chain.header(about), chain.keyframe(0, 'start', '{"notices":[]}')],
    ...[chain.action(0, 0, JSON.stringify(notice(1))), chain.footer()],
  ];
  writeFileSync(at('foreign.ndjson'), foreign.join(''));
  writeFileSync(at('lines.ndjson'), text.replaceAll('\n', '\r\n'));
  // less than is unpacked in one go, and its check sum is wrong
  const sum = gzipSync(smallLog(words(600)));
  writeFileSync(at('sum.ndjson.gz'), sum.fill(0, sum.length - 8));
  writeFileSync(at('when.ndjson'), text.replace(/"startedAt":\d+/, '"startedAt":1e80'));
  // lines: header, keyframe 0, actions 0 1, checkpoint, actions 2 3, checkpoint, …; the state jumps before action 7
  const broken = withLine(text, 6, (line) => line.replace('"type"', 'type'));
  writeFileSync(at('broken.ndjson'), withLine(broken, 7, () => 'oops').slice(0, -20));
  // too long to be unpacked in one go, and its check sum is wrong
  const packed = gzipSync(smallLog(words(12_000)));
  writeFileSync(at('packed.ndjson.gz'), packed.fill(0, packed.length - 8));
  const little = gzipSync(smallLog());
  writeFileSync(at('little.ndjson.gz'), little.fill(0, little.length - 8));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a command in the folder of the logs. */
async function cli(line: string, ...input: readonly Uint8Array[]) {
  let out = '';
  let err = '';
  const args = line
    .split(' ')
    .map((word) => (/\.(ndjson|gz|txt|mjs)/.test(word) ? at(word) : word));
  async function* stdin() {
    await Promise.resolve();
    yield* input;
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
    ['replay open', 'needs a file'],
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

describe('a file that is none', () => {
  it.each(['verify', 'show --state 1', 'redact'])(
    'of these reducers is told by a sentence: %s',
    async (command) => {
      const { code, err } = await cli(`replay ${command} foreign.ndjson`);
      expect(code).toBe(2);
      expect(err).toMatch(
        /^foreign\.ndjson: Line 3: action 0, stream\/noticesReceived, cannot be applied: .*\n$/,
      );
    },
  );

  it('of a time that there is has a broken header', async () => {
    const { code, out, err } = await cli('replay stats when.ndjson');
    expect(code).toBe(1);
    expect(out).toContain('of nobody knows whom');
    expect(err).toContain('when.ndjson: Line 1: a field of the header is missing');
  });

  it('of one piece is read where its first byte comes alone', async () => {
    const bytes = readFileSync(at('log.ndjson.gz'));
    const { code } = await cli('replay verify -', bytes.subarray(0, 1), bytes.subarray(1));
    expect(code).toBe(0);
    expect((await cli('replay verify -', Buffer.from('x'))).code).toBe(2);
  });

  it('of our ends of lines is told as that, and can be looked at', async () => {
    const { code, err } = await cli('replay verify lines.ndjson');
    expect(code).toBe(1);
    expect(err).toMatch(/^lines\.ndjson: Line 1 ends with \\r\\n, and .*\n$/);
    const looked = await cli('replay stats lines.ndjson');
    expect([looked.code, looked.err]).toEqual([1, `${err}lines.ndjson: 1 broken line.\n`]);
    expect(looked.out).toContain('8 actions');
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

  it('shows a state of the first of two logs in one file', async () => {
    const open = readFileSync(at('log.ndjson'), 'utf8').replace(/\{"n".*\n$/, '');
    writeFileSync(at('open.ndjson'), open);
    writeFileSync(at('two.ndjson'), open + smallLog());
    const { out } = await cli('replay show open.ndjson --state 2');
    expect((await cli('replay show two.ndjson --state 2')).out).toBe(out);
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

describe('a log with broken lines', () => {
  const told = [
    'broken.ndjson: Line 6: this is no JSON object.',
    'broken.ndjson: Line 7 is no line of a log, and was left out: it has no digest at its end.',
    'broken.ndjson: Line 16: it ends in the middle, and was left out.',
    'broken.ndjson: 3 broken lines.\n',
  ].join('\n');

  it('is shown as far as possible, and each of them is told', async () => {
    const { code, out, err } = await cli('replay show broken.ndjson');
    expect(readFileSync(at('broken.ndjson'), 'utf8').split('\n')).toHaveLength(16);
    expect([code, err]).toEqual([1, told]);
    // actions 2 and 3 are the broken lines
    expect(out.match(/^\d+/gm)).toEqual(['0', '1', '4', '5', '6', '7', '7']);
  });

  it('is shown as it stands where a line was edited', async () => {
    const { code, out, err } = await cli('replay show edited.ndjson');
    expect([code, out]).toEqual([1, (await cli('replay show log.ndjson')).out]);
    expect(err).toBe(
      'edited.ndjson: Line 9 is not the one that was written: it was edited, or lines are missing before it. It is taken as it stands.\nedited.ndjson: 1 broken line.\n',
    );
  });

  it('is told for other programs too', async () => {
    const { code, out, err } = await cli('replay show broken.ndjson --json --type notices');
    expect([code, err]).toEqual([1, '']);
    expect(jsonLines(out)).toMatchObject([
      { file: 'broken.ndjson', line: 6, code: 'LOG_INVALID' },
      { file: 'broken.ndjson', line: 7, code: 'LOG_DAMAGED' },
      ...[{ i: 4 }, { i: 5 }, { i: 6 }, { i: 7 }],
      { file: 'broken.ndjson', line: 16, code: 'LOG_INVALID' },
      { file: 'broken.ndjson', broken: 3 },
    ]);
  });

  it('is counted', async () => {
    const { code, out, err } = await cli('replay stats broken.ndjson');
    expect([code, err]).toEqual([1, told]);
    expect(out).toContain('broken.ndjson: 6 actions in 0 s');
    const { code: jsonCode, out: json } = await cli('replay stats broken.ndjson log.ndjson --json');
    expect(jsonCode).toBe(1);
    expect(jsonLines(json).slice(-2)).toMatchObject([
      { file: 'broken.ndjson', broken: 3, actions: 6, lines: 16, isTruncated: true },
      { file: 'log.ndjson', broken: 0, actions: 8 },
    ]);
  });

  it('has a state before them, and behind the next keyframe', async () => {
    const { code, out, err } = await cli('replay show broken.ndjson --state 2');
    expect([code, err]).toEqual([1, told]);
    expect(JSON.parse(out)).toHaveProperty('notices');
    expect((await cli('replay show broken.ndjson --state 8')).out).not.toBe('');
    const lost = await cli('replay show broken.ndjson --state 5');
    expect([lost.code, lost.out]).toEqual([1, '']);
    expect(lost.err).toContain('The state before action 5 is not known');
    expect((await cli('replay show broken.ndjson --state 99')).code).toBe(2);
    expect((await cli('replay diff broken.ndjson 1 1')).code).toBe(1);
  });

  it('is read as far as it can be unpacked', async () => {
    const { code, err } = await cli('replay stats packed.ndjson.gz');
    expect(code).toBe(1);
    expect(err).toMatch(
      /^packed.ndjson.gz: The packed file is damaged: .* behind line \d{4,5}\.\n/,
    );
  });

  it('is read nearly to its end where only its check sum is wrong', async () => {
    const { code, out, err } = await cli('replay stats sum.ndjson.gz');
    expect([code, out]).toEqual([1, expect.stringContaining('actions')]);
    const line = Number(/behind line (\d+)/.exec(err)?.[1]);
    expect(line).toBeGreaterThan(1_050);
  });

  it.each(['verify', 'show', 'stats', 'find --type said', 'redact'])(
    'is told by its name and as damaged where nothing can be unpacked: %s',
    async (command) => {
      const told = 'The packed file is damaged: nothing of it can be unpacked.';
      const { code, out, err } = await cli(`replay ${command} little.ndjson.gz`);
      expect([code, out, err]).toEqual([1, '', `little.ndjson.gz: ${told}\n`]);
    },
  );

  it('is told to other programs in the same way, and is no end of it for the next file', async () => {
    const { code, out } = await cli('replay verify little.ndjson.gz packed.ndjson.gz --json');
    expect(code).toBe(1);
    const [little, packed] = out.trimEnd().split('\n') as [string, string];
    expect(JSON.parse(little)).toMatchObject({ file: 'little.ndjson.gz', code: 'LOG_DAMAGED' });
    const { line } = JSON.parse(packed) as { readonly line: number };
    expect(line).toBeGreaterThan(1_000);
  });

  it('is found in', async () => {
    const { code, out } = await cli('replay find broken.ndjson --type connection/changed');
    expect([code, out.match(/^\d+/gm)]).toEqual([1, ['0', '1']]);
  });

  it('is one line at fault for those who compare', async () => {
    const { code, out, err } = await cli('replay verify broken.ndjson');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^broken\.ndjson: Line 6 is not the one that was written.*\n$/);
  });
});

describe('hudhud replay open', () => {
  it('is there in the repository, and not in an installed package', () => {
    const program = (root: string) => join(root, 'dist', 'hudhud.mjs');
    const installed = join(folder, 'node_modules', 'state');
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, 'package.json'), '{}');
    expect(repositoryOf(program(installed))).toBeNull();
    expect(repositoryOf(program(process.cwd()))).toBe(process.cwd());
    expect(repositoryOf('/hudhud.mjs')).toBeNull();
  });

  it.each([
    ['gone.ndjson', 'ENOENT'],
    ['.', 'is no file'],
    ['-', 'takes files'],
  ])('does not open %s', async (path, sentence) => {
    const { code, out, err } = await cli(`replay open log.ndjson ${path}`);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
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
    // that the state changed by itself is no answer
    expect((await cli('replay find log.ndjson --id nobody')).out).toBe('');
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

  it('does not write over what it reads, and over nothing where it cannot read', async () => {
    writeFileSync(at('own.ndjson'), readFileSync(at('log.ndjson')));
    symlinkSync(at('own.ndjson'), at('alias.ndjson'));
    for (const name of ['own.ndjson', 'alias.ndjson']) {
      const { code, err } = await cli(`replay redact own.ndjson --out ${name}`);
      expect(code).toBe(2);
      expect(err).toContain('is the file that is read');
    }
    for (const name of ['gone.ndjson', 'out.ndjson.gz', 'none.txt']) {
      expect((await cli(`replay redact ${name} --out own.ndjson`)).code).toBe(2);
    }
    expect(readFileSync(at('own.ndjson'))).toEqual(readFileSync(at('log.ndjson')));
  });

  it('writes what comes before the damage of a log', async () => {
    expect((await cli('replay redact edited.ndjson --out half.ndjson.gz')).code).toBe(1);
    const { end } = readLog(gunzipSync(readFileSync(at('half.ndjson.gz'))));
    expect(end).toMatchObject({ actions: 4, isComplete: false, isTruncated: false });
  });

  it('writes to standard output, and stops where a log comes to something else', async () => {
    expect(readLog((await cli('replay redact log.ndjson')).out).end.isComplete).toBe(true);
    const { code, err } = await cli('replay redact other.ndjson');
    expect(code).toBe(1);
    expect(err).toContain('What was written ends there.');
  });
});
