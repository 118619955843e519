import type { Strings } from './strings';

/** Times, numbers and lists as the language writes them. */
export interface Formats {
  readonly number: (value: number) => string;
  /** 14:32 */
  readonly time: (at: number) => string;
  /** Day, date and time, for a tooltip. */
  readonly full: (at: number) => string;
  /** Today, Yesterday, a weekday, else a date. */
  readonly day: (at: number, now: number) => string;
  /** Short and relative, for a list: now, 5 min, a time, a weekday, a date. */
  readonly brief: (at: number, now: number) => string;
  /** "3 hours ago" */
  readonly ago: (at: number, now: number) => string;
  readonly list: (names: readonly string[]) => string;
  /** 340 kB, 1.2 MB */
  readonly bytes: (size: number) => string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Days between two moments by the calendar of this machine. */
function daysBetween(earlier: number, later: number): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(later) - midnight(earlier)) / day);
}

export function makeFormats(locale: string, words: Strings['time']): Formats {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, options);
    return (at: number) => formatter.format(at);
  };
  const time = format({ hour: 'numeric', minute: '2-digit' });
  const weekday = format({ weekday: 'long' });
  const shortWeekday = format({ weekday: 'short' });
  const date = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const dateOfYear = format({ day: 'numeric', month: 'long', year: 'numeric' });
  const shortDate = format({ day: 'numeric', month: 'short' });
  const full = format({ dateStyle: 'full', timeStyle: 'short' });
  const numbers = new Intl.NumberFormat(locale);
  const minutes = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'minute',
    unitDisplay: 'short',
  });
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const names = new Intl.ListFormat(locale);
  const bytesIn = (unit: 'byte' | 'kilobyte' | 'megabyte', maximumFractionDigits: number) => {
    const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits } as const;
    return new Intl.NumberFormat(locale, options);
  };
  const [bytes, kilobytes, megabytes] = [
    bytesIn('byte', 0),
    bytesIn('kilobyte', 0),
    bytesIn('megabyte', 1),
  ];

  const dayName = (at: number, now: number): string => {
    const days = daysBetween(at, now);
    if (days <= 0) return words.today;
    if (days === 1) return words.yesterday;
    if (days < 7) return weekday(at);
    return new Date(at).getFullYear() === new Date(now).getFullYear() ? date(at) : dateOfYear(at);
  };

  return {
    number: (value) => numbers.format(value),
    time,
    full,
    day: dayName,
    brief(at, now) {
      const passed = now - at;
      if (passed < minute) return words.now;
      if (passed < hour) return minutes.format(Math.floor(passed / minute));
      const days = daysBetween(at, now);
      if (days <= 0) return time(at);
      return days < 7 ? shortWeekday(at) : shortDate(at);
    },
    ago(at, now) {
      const passed = Math.max(0, now - at);
      if (passed < hour) return ago.format(-Math.floor(passed / minute), 'minute');
      if (passed < day) return ago.format(-Math.floor(passed / hour), 'hour');
      return ago.format(-daysBetween(at, now), 'day');
    },
    list: (values) => names.format(values),
    bytes(size) {
      if (size < 1_000) return bytes.format(size);
      return size < 1_000_000 ? kilobytes.format(size / 1_000) : megabytes.format(size / 1_000_000);
    },
  };
}
