import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { LogEntry } from '../../../src/actions/logFormat';
import { numberOf } from '../../../src/replay/logLines';
import { createPlayer } from '../../../src/replay/player';
import { readLog } from '../../../src/replay/readLog';
import { salvageLog } from '../../../src/replay/salvageLog';
import type { LogReducer } from '../../../src/replay/verify';
import { codeOf } from '../../support/codeOf';
import { smallLog } from '../../support/logs';

const golden = readFileSync('tests/replay/failed-send.ndjson', 'utf8');

/** A log with its lines changed, and all of them ended. */
function changed(text: string, change: (lines: string[]) => void): string {
  const lines = text.trimEnd().split('\n');
  change(lines);
  return `${lines.join('\n')}\n`;
}

const order = (entries: readonly LogEntry[]) =>
  entries.map((entry) => `${entry.kind[0] ?? ''}${numberOf(entry)}`).join(' ');

const types = (entries: readonly LogEntry[]) =>
  entries.flatMap(({ kind, entry }) => (kind === 'action' ? [entry.a.type] : []));

describe('a salvaged log', () => {
  it('is the log, where nothing is broken', () => {
    for (const text of [golden, smallLog()]) {
      expect(salvageLog(text)).toEqual({ log: readLog(text), broken: [] });
    }
  });

  it('has its actions counted anew, and tells where each line stood', () => {
    // line 4 is action 0; its digest is what the next line is held to
    const { log, broken } = salvageLog(changed(smallLog(), (lines) => lines.splice(4, 1, '???')));
    expect(broken).toMatchObject([{ line: 5, code: 'LOG_DAMAGED', at: 1 }]);
    expect(order(log.entries)).toBe('k0 a0 c1 c1 a1 c2 k2');
    expect(log.entries.map(({ line }) => line)).toEqual([2, 3, 4, 6, 7, 8, 9]);
    expect(log.end).toMatchObject({ lines: 10, actions: 2, isComplete: true });
  });

  it('tells of what is broken before its first action, and of a cut end', () => {
    const { broken } = salvageLog(changed(smallLog(), (lines) => (lines[1] = 'no keyframe')));
    expect(broken).toMatchObject([{ line: 2, at: 0 }]);
    const cut = salvageLog(smallLog().slice(0, -20));
    expect(cut.broken).toMatchObject([{ line: 10, code: 'LOG_INVALID', at: 3 }]);
  });

  it('is none without its first line, nor if it is no log', () => {
    const headless = changed(smallLog(), (lines) => (lines[0] = 'gone'));
    expect(codeOf(() => salvageLog(headless))).toEqual({ code: 'LOG_INVALID', line: 1 });
    const cut = changed(smallLog(), (lines) => (lines[0] = lines[0]?.slice(0, 40) ?? ''));
    expect(codeOf(() => salvageLog(cut))).toEqual({ code: 'LOG_DAMAGED', line: 1 });
    expect(codeOf(() => salvageLog('hello\nworld\n'))).toEqual({ code: 'LOG_INVALID', line: 1 });
  });

  it('is played as far as it goes, also without its keyframe', () => {
    const { log, broken } = salvageLog(changed(golden, (lines) => lines.splice(1, 1)));
    expect(broken).toMatchObject([{ line: 2, at: 0 }]);
    const player = createPlayer(log);
    player.seek(player.last);
    expect(player.last).toBe(types(readLog(golden).entries).length);
    expect(player.state).toHaveProperty('messages');
    expect(player.verify()).toBeInstanceOf(Array);
  });

  it('goes on over actions that are none any more, where somebody is told', () => {
    const fussy: LogReducer = (state = { said: [] }, { type, payload }) => {
      if (type !== 'said') return state;
      const { text } = payload as { readonly text: string };
      return { said: [...(state['said'] as string[]), text] };
    };
    const text = changed(smallLog(), (lines) => {
      lines[4] = (lines[4] ?? '').replace(/"payload":\{[^}]*\}/, '"payload":null');
    });
    const { log, broken } = salvageLog(text.replace('{"messages":[]}', '{"said":[]}'));
    expect(broken).toMatchObject([{ line: 2 }, { line: 5, at: 1 }]);
    const passed: unknown[] = [];
    const player = createPlayer(log, {
      reducer: fussy,
      onThrow: (_, action) => passed.push(action.type),
    });
    player.seek(2);
    expect(player.state).toEqual({ said: ['good morning'] });
    expect(passed).toEqual(['said']);
    const strict = createPlayer(log, { reducer: fussy });
    strict.seek(2);
    expect(() => strict.state).toThrow(TypeError);
  });
});
