import { describe, expect, it } from '@jest/globals';
import type { LogEntry } from '../../../src/actions/logFormat';
import { LenientReader } from '../../../src/replay/lenientReader';
import { numberOf } from '../../../src/replay/logLines';
import { LogWriter } from '../../../src/replay/logWriter';
import { codeOf } from '../../support/codeOf';
import { about, smallLog } from '../../support/logs';

/** Lines of a log: header, keyframe 0, then an action and a checkpoint for each text, a keyframe, the footer. */
const lines = (): string[] => smallLog().trimEnd().split('\n');

function read(text: string) {
  const found: string[] = [];
  const entries: LogEntry[] = [];
  const reader = new LenientReader({
    broken: ({ code, data }) => found.push(`${data.line} ${code}`),
    entry: (entry) => entries.push(entry),
  });
  // in pieces, as from a file
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 50) reader.push(bytes.subarray(at, at + 50));
  return { found, entries, end: reader.end() };
}

/** The log with its lines changed, and all of them ended. */
function changed(change: (lines: string[]) => void): string {
  const all = lines();
  change(all);
  return `${all.join('\n')}\n`;
}

const order = (entries: readonly LogEntry[]) =>
  entries.map((entry) => `${entry.kind[0] ?? ''}${numberOf(entry)}`).join(' ');

const whole = 'k0 a0 c1 a1 c2 a2 c3 k3';

describe('a lenient reader', () => {
  it('reads what is sound as any reader', () => {
    const { found, entries, end } = read(smallLog());
    expect(found).toEqual([]);
    expect(order(entries)).toBe(whole);
    expect(end).toMatchObject({ lines: 10, actions: 3, broken: 0, isComplete: true });
    expect(read(smallLog().trimEnd()).end).toEqual(end);
  });

  it('reads a log whose ends of lines were changed, and tells that once', () => {
    const { found, entries, end } = read(smallLog().replaceAll('\n', '\r\n'));
    expect(found).toEqual(['1 LOG_DAMAGED']);
    expect(order(entries)).toBe(whole);
    expect(end).toMatchObject({ lines: 10, actions: 3, broken: 1, isComplete: true });
    const mixed = read(changed((all) => all.splice(4, 1, `${all[4]}\r`)));
    expect([mixed.found, order(mixed.entries)]).toEqual([['5 LOG_DAMAGED'], whole]);
  });

  it.each([
    [
      'an edited line',
      ['5 LOG_DAMAGED'],
      whole,
      changed((all) => (all[4] = (all[4] ?? '').replace('صباح', 'مساء'))),
    ],
    [
      'a line with another number',
      ['5 LOG_DAMAGED'],
      'k0 a0 c1 a7 c2 a2 c3 k3',
      changed((all) => (all[4] = (all[4] ?? '').replace('"i":1', '"i":7'))),
    ],
    [
      'another digest',
      ['5 LOG_DAMAGED', '6 LOG_DAMAGED'],
      whole,
      changed((all) => (all[4] = (all[4] ?? '').replace(/.{16}"\}$/, '0123456789abcdef"}'))),
    ],
    [
      'no JSON',
      ['5 LOG_INVALID'],
      'k0 a0 c1 c2 a2 c3 k3',
      changed((all) => (all[4] = (all[4] ?? '').replace('{"i"', '{i'))),
    ],
    [
      'JSON that is no entry',
      ['5 LOG_INVALID'],
      'k0 a0 c1 c2 a2 c3 k3',
      changed((all) => (all[4] = (all[4] ?? '').replace('"i"', '"j"'))),
    ],
    [
      'a line without a digest',
      ['5 LOG_DAMAGED'],
      'k0 a0 c1 c2 a2 c3 k3',
      changed((all) => (all[4] = '{"i":1,"t":40,"a":{"type":"said"}}')),
    ],
    ['an empty line', ['5 LOG_DAMAGED'], whole, changed((all) => all.splice(4, 0, ''))],
    [
      'a line too few',
      ['5 LOG_DAMAGED'],
      'k0 a0 c1 c2 a2 c3 k3',
      changed((all) => all.splice(4, 1)),
    ],
    [
      'lines in another order',
      ['5 LOG_DAMAGED', '6 LOG_DAMAGED', '7 LOG_DAMAGED'],
      'k0 a0 c1 c2 a1 a2 c3 k3',
      changed((all) => all.splice(4, 2, all[5] ?? '', all[4] ?? '')),
    ],
    [
      'a cut line',
      ['9 LOG_INVALID'],
      'k0 a0 c1 a1 c2 a2 c3',
      lines().slice(0, 9).join('\n').slice(0, -5),
    ],
    [
      'an edited header',
      ['1 LOG_DAMAGED'],
      whole,
      changed((all) => (all[0] = (all[0] ?? '').replace('tests 1', 'tests 2'))),
    ],
    ['no header', ['1 LOG_INVALID'], 'a0 c1 a1 c2 a2 c3 k3', changed((all) => all.splice(0, 1))],
    [
      'something behind the end',
      ['11 LOG_DAMAGED', '12 LOG_INVALID'],
      `${whole} k0`,
      changed((all) => all.push('', all[1] ?? '')),
    ],
  ])('tells of %s, and goes on', (_, expected, entries, text) => {
    const result = read(text);
    expect(result.found).toEqual(expected);
    expect(order(result.entries)).toBe(entries);
    expect(result.end.broken).toBe(expected.length);
  });

  it('tells of sound lines that do not follow each other', () => {
    const writer = new LogWriter();
    const action = (i: number) => writer.action(i, 0, '{"type":"said"}');
    const text = [
      writer.header(about),
      writer.keyframe(0, 'start', '{}'),
      ...[action(0), action(2), action(3), writer.footer()],
      action(4),
    ].join('');
    const { found, end } = read(text);
    expect(found).toEqual(['4 LOG_INVALID', '7 LOG_INVALID']);
    expect(end.isComplete).toBe(true);
  });

  it('knows what is no log', () => {
    for (const text of ['', 'hello', 'hello\n', 'hello\nworld\n', '{"a":1}\n{"b":2}\n']) {
      expect(codeOf(() => read(text))).toEqual({ code: 'LOG_INVALID', line: 1 });
    }
    const later = changed((all) => (all[0] = (all[0] ?? '').replace('"version":1', '"version":9')));
    expect(codeOf(() => read(later))).toMatchObject({ code: 'LOG_VERSION' });
  });
});
