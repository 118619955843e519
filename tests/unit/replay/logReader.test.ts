import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LogEntry } from '../../../src/actions/logFormat';
import type { LogEnd } from '../../../src/replay/logReader';
import { createLogReader, createReaderOf } from '../../../src/replay/logReader';
import { LogWriter } from '../../../src/replay/logWriter';
import { readLog } from '../../../src/replay/readLog';
import { codeOf } from '../../support/codeOf';
import { blocksOf, read } from '../../support/documents';
import { about, smallLog } from '../../support/logs';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is read of bytes that come in pieces of given sizes, over and over. */
function readInPieces(bytes: Uint8Array, sizes: readonly number[]): [LogEntry[], LogEnd] {
  const entries: LogEntry[] = [];
  const reader = createLogReader({ entry: (entry) => entries.push(entry) });
  let from = 0;
  for (let i = 0; from < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    // a source may use its buffer again
    const piece = bytes.slice(from, from + size);
    reader.push(piece);
    piece.fill(0);
    from += size;
  }
  return [entries, reader.end()];
}

describe('a log', () => {
  it('is read as it was written', () => {
    const { header, entries, end } = readLog(smallLog());
    expect(header).toEqual({ ...about, format: 'hudhud-log', version: 1, hash: 'murmur3-128' });
    expect(entries.map(({ entry }) => entry)).toEqual([
      { k: 0, why: 'start', s: { messages: [] } },
      { i: 0, t: 0, a: { type: 'said', payload: { text: 'good morning' } } },
      { c: 1, h: { messages: '0' } },
      { i: 1, t: 40, a: { type: 'said', payload: { text: 'صباح الخير' } } },
      { c: 2, h: { messages: '1' } },
      { i: 2, t: 80, a: { type: 'said', payload: { text: '👍' } } },
      { c: 3, h: { messages: '2' } },
      { k: 3, why: 'jump', s: { messages: [1] } },
    ]);
    expect(entries.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(end).toEqual({ lines: 10, actions: 3, isComplete: true, isTruncated: false });
  });

  it('is to the byte what docs/replay.md shows', () => {
    const shown = blocksOf(read('docs/replay.md')).find(({ info }) => info === 'json lines');
    expect(shown?.text).toBe(smallLog(['good morning']));
  });

  it('is the same in whatever pieces it comes', () => {
    const bytes = bytesOf(smallLog());
    const whole = readInPieces(bytes, [bytes.length]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), (sizes) => {
        expect(readInPieces(bytes, sizes)).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it('is left as it is by reading, also where it is a Buffer of Node', () => {
    const buffer = Buffer.from(smallLog());
    expect(readLog(buffer)).toEqual(readLog(smallLog()));
    expect(buffer.toString()).toBe(smallLog());
    const reader = createLogReader({});
    const piece = Buffer.from(buffer.subarray(0, 300));
    reader.push(piece);
    piece.fill(0);
    reader.push(buffer.subarray(300));
    expect(reader.end().isComplete).toBe(true);
  });

  it('keeps any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 2_000 })), (texts) => {
        const { entries } = readLog(smallLog(texts));
        const said = entries.flatMap(({ kind, entry }) => (kind === 'action' ? [entry.a] : []));
        expect(said.map((action) => action['payload'])).toEqual(texts.map((text) => ({ text })));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a damaged log', () => {
  const bytes = bytesOf(smallLog());
  const lineOf = (at: number): number =>
    bytes.slice(0, at).filter((byte) => byte === 10).length + 1;

  it('is caught at the line of the byte, whichever byte it is', () => {
    const ends = bytes.length - 1;
    for (let at = 0; at < ends; at++) {
      for (const change of [1, 32, 128]) {
        const edited = bytes.slice();
        edited[at] = (edited[at] ?? 0) ^ change;
        const failure = codeOf(() => readLog(edited));
        expect([at, failure?.line]).toEqual([at, lineOf(at)]);
      }
    }
  });

  it('says where a line was taken out, put in twice or moved', () => {
    const lines = smallLog().split(/(?<=\n)/);
    expect(codeOf(() => readLog(lines.toSpliced(3, 1).join('')))).toEqual({
      ...{ code: 'LOG_DAMAGED', line: 4 },
    });
    expect(codeOf(() => readLog(lines.toSpliced(3, 0, lines[2] ?? '').join('')))).toEqual({
      ...{ code: 'LOG_DAMAGED', line: 4 },
    });
    const [, , third = '', fourth = ''] = lines;
    expect(codeOf(() => readLog(lines.toSpliced(2, 2, fourth, third).join('')))).toEqual({
      ...{ code: 'LOG_DAMAGED', line: 3 },
    });
  });

  it('gives what was before the line', () => {
    const seen: number[] = [];
    const reader = createLogReader({ entry: ({ line }) => seen.push(line) });
    const edited = bytesOf(smallLog().replace('صباح', 'مساء'));
    expect(
      codeOf(() => {
        reader.push(edited);
      }),
    ).toEqual({ code: 'LOG_DAMAGED', line: 5 });
    expect(seen).toEqual([2, 3, 4]);
  });
});

describe('a log that was cut', () => {
  it('is read up to its last whole line, wherever it was cut', () => {
    const text = smallLog();
    const bytes = bytesOf(text);
    const firstEnd = bytes.indexOf(10);
    for (let length = firstEnd + 1; length < bytes.length; length++) {
      const { entries, end } = readLog(bytes.slice(0, length));
      const whole = bytes.slice(0, length).filter((byte) => byte === 10).length;
      // the last byte of a line may be all that is missing
      const isSound = bytes[length] === 10;
      expect(end).toMatchObject({
        lines: whole + (isSound ? 1 : 0),
        isComplete: length === bytes.length - 1,
        isTruncated: !isSound && bytes[length - 1] !== 10,
      });
      expect(entries).toHaveLength(Math.max(0, end.lines - (end.isComplete ? 2 : 1)));
    }
  });

  it('is no log without a whole first line', () => {
    expect(codeOf(() => readLog(smallLog().slice(0, 40)))).toEqual({
      code: 'LOG_INVALID',
      line: 1,
    });
    expect(codeOf(() => readLog(''))).toEqual({ code: 'LOG_INVALID', line: 1 });
  });
});

describe('what is no log', () => {
  it.each(['{}\n', 'hello\n', '[1]\n{}\n', '\n', '\0\0\n'])('%j is refused', (text) => {
    expect(codeOf(() => readLog(text))).toEqual({ code: 'LOG_INVALID', line: 1 });
  });

  /** A log whose lines are sealed as they should be, whatever is in them. */
  function sealed(...lines: ((writer: LogWriter) => string)[]): string {
    const writer = new LogWriter();
    return lines.map((line) => line(writer)).join('');
  }
  const header = (writer: LogWriter) => writer.header(about);
  const start = (writer: LogWriter) => writer.keyframe(0, 'start', '{}');
  const action = (i: number) => (writer: LogWriter) => writer.action(i, 0, '{"type":"a"}');
  const end = (writer: LogWriter) => writer.footer();

  it.each<[string, string, number]>([
    ['an action before the state', sealed(header, action(0)), 2],
    ['an action that is no object', sealed(header, start, (w) => w.action(0, 0, '1')), 3],
    ['an action without a type', sealed(header, start, (w) => w.action(0, 0, '{}')), 3],
    ['a state that is no object', sealed(header, (w) => w.keyframe(0, 'start', '[]')), 2],
    ['a number that was left out', sealed(header, start, action(0), action(2)), 4],
    ['a line behind the last', sealed(header, start, end, action(0)), 4],
    ['a checkpoint of another place', sealed(header, start, (w) => w.checkpoint(1, {})), 3],
    ['no JSON', sealed(header, start, (w) => w.action(0, 0, 'x')), 3],
    ['two headers', sealed(header, start, header), 3],
    ['a hash that is not known', sealed(header).replace('murmur', 'mormur'), 1],
  ])('%s is refused', (_, text, line) => {
    const failure = codeOf(() => readLog(text));
    expect(failure?.line).toBe(line);
  });
});

describe('versions', () => {
  const inVersion = (version: number): Uint8Array => {
    const writer = new LogWriter();
    const seal = (writer as unknown as { chain: { seal: (json: string) => string } }).chain;
    const header = { ...about, format: 'hudhud-log', version, hash: 'murmur3-128' };
    return bytesOf(
      seal.seal(JSON.stringify(header)) +
        writer.keyframe(0, 'start', '{}') +
        seal.seal('{"i":0,"time":5,"a":{"type":"a"}}'),
    );
  };

  it('of the future are refused', () => {
    expect(codeOf(() => readLog(inVersion(2)))).toEqual({ code: 'LOG_VERSION', line: 1 });
  });

  it('of the past are refused where nobody knows how to read them', () => {
    expect(codeOf(() => readLog(inVersion(0)))).toEqual({ code: 'LOG_VERSION', line: 1 });
  });

  it('of the past are brought up to date where somebody does', () => {
    const entries: LogEntry[] = [];
    const reader = createReaderOf(
      { entry: (entry) => entries.push(entry) },
      { 0: ({ time, ...line }) => (time === undefined ? line : { ...line, t: time }) },
    );
    reader.push(inVersion(0));
    expect(entries.at(-1)).toMatchObject({ kind: 'action', entry: { i: 0, t: 5 } });
  });
});
