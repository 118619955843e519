import { describe, expect, it } from '@jest/globals';

import { toEpochMs } from '../../../src/protocol/times';

const instant = Date.UTC(2025, 7, 16, 10, 4, 31, 240);
const second = Date.UTC(2025, 7, 16, 10, 4, 31);

describe('toEpochMs', () => {
  it.each([
    ['the form of the backend', '2025-08-16T10:04:31.240Z', instant],
    ['without milliseconds', '2025-08-16T10:04:31Z', second],
    ['microseconds', '2025-08-16T10:04:31.240999Z', instant],
    ['PostgreSQL', '2025-08-16 10:04:31.240+00', instant],
    ['an offset', '2025-08-16T12:04:31.240+02:00', instant],
    ['an offset without colon', '2025-08-16T12:04:31.240+0200', instant],
    ['no zone, which is UTC', '2025-08-16T10:04:31.240', instant],
    ['no seconds', '2025-08-16T10:04Z', Date.UTC(2025, 7, 16, 10, 4)],
    ['a date', '2025-08-16', Date.UTC(2025, 7, 16)],
    ['digits', String(instant), instant],
    ['a number', instant, instant],
    ['a number with a fraction', instant + 0.75, instant],
    ['the first instant', '1970-01-01T00:00:00.000Z', 0],
  ])('reads %s', (_name, value, expected) => {
    expect(toEpochMs(value)).toBe(expected);
  });

  it.each([
    ['seconds', 1_756_713_600],
    ['seconds as digits', '1756713600'],
    ['a time after the last one', 9e15],
    ['infinity', Infinity],
    ['words', 'yesterday'],
    ['nothing', ''],
    ['a month too many', '2025-13-16T10:04:31.240Z'],
    ['an hour too many', '2025-08-16T25:04:31.240Z'],
    ['a letter for a digit', '2025-08-16T1O:04:31.240Z'],
    ['a local form', 'Sat Aug 16 2025 10:04:31'],
    ['a flag', true],
    ['an object', {}],
  ])('refuses %s', (_name, value) => {
    expect(toEpochMs(value)).toBeNaN();
  });

  it('keeps the difference between absent and not said', () => {
    expect(toEpochMs(null)).toBeNull();
    expect(toEpochMs(undefined)).toBeUndefined();
  });

  it('reads the short form as Date.parse does', () => {
    for (let time = 0; time < 4e12; time += 86_399_999 * 37) {
      expect(toEpochMs(new Date(time).toISOString())).toBe(time);
    }
  });
});
