import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createPlayer } from '../../src/replay/player';
import type { Log } from '../../src/replay/readLog';
import { readLog } from '../../src/replay/readLog';
import { codeOf } from '../support/codeOf';
import { root } from '../support/documents';
import { withoutChance } from '../support/withoutChance';

const folder = join(root, 'tests/replay');
const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(folder, `${name}.ndjson`)));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ndjson'))
  .map((file) => file.replace('.ndjson', ''));

/** How often an action of a type is in a log, and fits. */
function countOf(
  { entries }: Log,
  type: string,
  fits: (payload: Readonly<Record<string, unknown>>) => boolean = () => true,
): number {
  return entries.filter(
    ({ kind, entry }) =>
      kind === 'action' &&
      entry.a.type === type &&
      fits(entry.a['payload'] as Readonly<Record<string, unknown>>),
  ).length;
}

describe.each(names)('the log %s', (name) => {
  it('comes to the same, without a clock and without chance (L13)', () => {
    const log = readLog(bytesOf(name));
    expect(log.end).toMatchObject({ isComplete: true, isTruncated: false });
    expect(log.entries.filter(({ kind }) => kind === 'checkpoint').length).toBeGreaterThan(3);
    withoutChance(() => {
      expect(createPlayer(log).verify()).toEqual([]);
    });
  });

  it('is caught at the line where one byte of it is edited', () => {
    const bytes = bytesOf(name);
    for (let at = 7; at < bytes.length - 1; at += Math.ceil(bytes.length / 23)) {
      const edited = bytes.slice();
      edited[at] = (edited[at] ?? 0) ^ 1;
      const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
      expect(codeOf(() => readLog(edited))).toEqual({ code: 'LOG_DAMAGED', line });
    }
  });

  it('is small, and has no secret in it', () => {
    const bytes = bytesOf(name);
    expect(bytes.length).toBeLessThan(300_000);
    const text = new TextDecoder().decode(bytes);
    expect(text).not.toMatch(/eyJ[\w-]{8}|hudhud-demo|[Bb]earer|refreshToken/);
  });
});

describe('the golden logs', () => {
  const log = (name: string): Log => readLog(bytesOf(name));
  const isOpen = ({ phase }: Readonly<Record<string, unknown>>) => phase === 'open';

  it('are of what their names say', () => {
    expect(names.sort()).toEqual([
      ...['failed-send', 'quiet-day', 'quiet-day.redacted', 'storm', 'ten-reconnects'],
      ...['two-tabs.left', 'two-tabs.right'],
    ]);
    expect(countOf(log('ten-reconnects'), 'connection/changed', isOpen)).toBeGreaterThan(10);
    expect(countOf(log('storm'), 'stream/conversationReceived')).toBeGreaterThan(20);
    const failed = log('failed-send');
    expect(countOf(failed, 'outbox/failed')).toBeGreaterThan(1);
    expect(countOf(failed, 'outbox/uncertain')).toBeGreaterThan(1);
    expect(countOf(failed, 'outbox/retryRequested')).toBe(1);
    expect(countOf(failed, 'outbox/discardRequested')).toBe(1);
    expect(countOf(log('quiet-day'), 'session/ended')).toBe(1);
    for (const tab of ['two-tabs.left', 'two-tabs.right']) {
      expect(countOf(log(tab), 'outbox/sendRequested')).toBe(4);
    }
  });

  it('come to the same where they were redacted', () => {
    const plain = log('quiet-day');
    const redacted = log('quiet-day.redacted');
    expect(redacted.end.actions).toBe(plain.end.actions);
    const texts = new TextDecoder().decode(bytesOf('quiet-day.redacted'));
    expect(texts).not.toMatch(/morning|lunch|lina|omar|general"/);
    const last = (one: Log) => {
      const player = createPlayer(one);
      player.seek(player.last - 2);
      return JSON.stringify(player.state['reads']);
    };
    // of reads a log keeps all: ids, times and numbers
    expect(last(redacted)).toBe(last(plain));
  });
});
