import type { EpochMs } from './models';

/** A number below is no plausible millisecond time (March 1973); most likely it is in seconds, and is refused. */
const earliestEpochMs = 1e11;
/** Last instant that a `Date` can name. */
const latestEpochMs = 8.64e15;

const isoTime =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
const digits = /^\d{12,16}$/;

/**
 * Reads a server time: ISO-8601 (without a zone: UTC, as the backend speaks it), or epoch milliseconds as a number or
 * as digits. `null` and `undefined` stay. Whatever cannot be read becomes `NaN`, which every schema refuses.
 *
 * @internal
 */
export function toEpochMs(value: unknown): EpochMs | null | undefined {
  if (typeof value === 'string') return readUtc(value) ?? readIso(value) ?? readDigits(value);
  if (typeof value === 'number') return readNumber(value);
  return value === null || value === undefined ? value : NaN;
}

/**
 * The one form that the backend was seen to send, `2025-08-16T10:04:31.240Z`, without a pattern and without
 * `Date.parse`: every message carries at least one.
 */
function readUtc(iso: string): EpochMs | undefined {
  if (iso.length !== 24 || iso[23] !== 'Z' || iso[4] !== '-' || iso[7] !== '-') return undefined;
  if (iso[10] !== 'T' || iso[13] !== ':' || iso[16] !== ':' || iso[19] !== '.') return undefined;
  const year = two(iso, 0) * 100 + two(iso, 2);
  const month = two(iso, 5);
  const day = two(iso, 8);
  const hour = two(iso, 11);
  const minute = two(iso, 14);
  const ms = two(iso, 17) * 1000 + two(iso, 20) * 10 + one(iso, 22);
  // a character that is no digit made its part NaN; the general reader has the last word on it
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined;
  if (!(hour < 24 && minute < 60 && ms < 60_000 && year >= 1970)) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, 0, ms);
}

/** One digit as a number, or `NaN`. */
function one(iso: string, at: number): number {
  const digit = iso.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : NaN;
}

function two(iso: string, at: number): number {
  return one(iso, at) * 10 + one(iso, at + 1);
}

function readIso(iso: string): EpochMs | undefined {
  const match = isoTime.exec(iso);
  if (match === null) return undefined;
  const zone = match[1];
  let standard = iso.replace(' ', 'T');
  if (iso.length > 10 && zone === undefined) standard += 'Z';
  // PostgreSQL writes `+00`; the standard wants minutes
  if (zone?.length === 3) standard += ':00';
  return Date.parse(standard);
}

function readDigits(text: string): EpochMs {
  return digits.test(text) ? readNumber(Number(text)) : NaN;
}

function readNumber(ms: number): EpochMs {
  const whole = Math.trunc(ms);
  return whole >= earliestEpochMs && whole <= latestEpochMs ? whole : NaN;
}
