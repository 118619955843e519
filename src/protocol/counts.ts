const digits = /^\d{1,15}$/;

/**
 * Reads a count: the backend sends some as strings (wire contract 1.3). `null` counts as not said; what is no count
 * becomes `NaN`, which every schema refuses.
 *
 * @internal
 */
export function toCount(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return digits.test(value) ? Number(value) : NaN;
  // `-0` is JSON too, and would not survive being stored
  return typeof value === 'number' ? value + 0 : NaN;
}

/** Reads a sum that nothing depends on: what is no count is `null`. @internal */
export function toCountOrNull(value: unknown): number | null {
  const count = toCount(value);
  return count !== undefined && Number.isSafeInteger(count) && count >= 0 ? count : null;
}
