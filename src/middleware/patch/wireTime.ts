import type { EpochMs } from '../../protocol/models';

const msPerDay = 86_400_000;
/** Two digits each, as far as minutes and seconds go. */
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** The date that was written last, since a list is mostly of one day; and its day, counted from 1970. */
let written: { readonly day: number; readonly date: string } = { day: 0, date: '1970-01-01' };

function dateOf(day: number): string {
  if (written.day !== day) {
    const [date = ''] = new Date(day * msPerDay).toISOString().split('T');
    written = { day, date };
  }
  return written.date;
}

/** A time as the backend writes it; `null` where there is none. A fifth of what `toISOString` costs. @internal */
export function wireTime(at: EpochMs | null | undefined): string | null {
  if (at === null || at === undefined) return null;
  const whole = Math.trunc(at);
  const day = Math.floor(whole / msPerDay);
  const ms = whole - day * msPerDay;
  const hours = twoDigits[Math.floor(ms / 3_600_000)] ?? '';
  const minutes = twoDigits[Math.floor(ms / 60_000) % 60] ?? '';
  const seconds = twoDigits[Math.floor(ms / 1_000) % 60] ?? '';
  const rest = ms % 1_000;
  const padded = rest < 10 ? `00${rest}` : rest < 100 ? `0${rest}` : rest;
  return `${dateOf(day)}T${hours}:${minutes}:${seconds}.${padded}Z`;
}
