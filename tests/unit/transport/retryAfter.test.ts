import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

import { parseRetryAfter } from '../../../src/transport/retryAfter';

const now = Date.UTC(2025, 8, 1, 8, 0, 0);

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['Mon, 01 Sep 2025 08:01:30 GMT', 90_000],
    ['Monday, 01-Sep-25 08:00:10 GMT', 10_000],
    ['Mon Sep  1 08:00:05 2025 GMT', 5_000],
    ['Mon, 01 Sep 2025 07:00:00 GMT', 0],
    ['99999999999', 2 ** 31 - 1],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 2 ** 31 - 1],
  ])('reads %p as %p ms', (value, ms) => {
    expect(parseRetryAfter(value, now)).toBe(ms);
  });

  it.each([[null], [''], ['soon'], ['-5'], ['1.5'], ['3000x'], ['0x10'], ['1e3']])(
    'takes nothing from %p',
    (value) => {
      expect(parseRetryAfter(value, now)).toBeNull();
    },
  );

  it('takes a date without a zone for GMT, wherever it is read', () => {
    const program = `
      import { parseRetryAfter } from './src/transport/retryAfter.ts';
      console.log(parseRetryAfter('Mon Sep  1 08:00:05 2025', ${now}));
    `;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { encoding: 'utf8', env: { ...process.env, TZ: 'Asia/Riyadh' } },
    );
    expect([stdout.trim(), stderr]).toEqual(['5000', '']);
  });
});
