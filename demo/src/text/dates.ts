/** Midnight before a moment, by the calendar of this machine. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

const two = (value: number) => String(value).padStart(2, '0');

/** As a date field writes it: 2026-03-01. */
export function toDateField(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
