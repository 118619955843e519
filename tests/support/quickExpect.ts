import { expect } from '@jest/globals';

/**
 * What Jest's matchers say, for places that ask thousands of times: there Jest takes
 * several times as long as what is tested. It is asked where the quick answer is no, so that it has the last word and
 * tells the difference.
 */

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const hasSymbols = (value: object): boolean => Object.getOwnPropertySymbols(value).length > 0;

/** A list, or what `{}` makes: of everything else only Jest knows what is equal. */
function hasSameForm(a: object, b: object): boolean {
  const form: unknown = Object.getPrototypeOf(a);
  if (form !== Object.getPrototypeOf(b)) return false;
  if (form !== Object.prototype && form !== Array.prototype) return false;
  return !hasSymbols(a) && !hasSymbols(b);
}

/** Says yes only where `toEqual` does. */
function isSurelyEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || !hasSameForm(a, b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  if (Array.isArray(a) && a.length !== (b as readonly unknown[]).length) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key of keys) {
    if (!Object.hasOwn(right, key) || !isSurelyEqual(left[key], right[key])) return false;
  }
  return true;
}

/** Fails unless `expect(actual).toEqual(expected)`. */
export function expectEqual(actual: unknown, expected: unknown): void {
  if (!isSurelyEqual(actual, expected)) expect(actual).toEqual(expected);
}

/** Fails unless `expect(actual).toBe(expected)`. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (!Object.is(actual, expected)) expect(actual).toBe(expected);
}

/** Fails unless `expect(actual).toBeLessThanOrEqual(most)`. */
export function expectAtMost(actual: number, most: number): void {
  if (!(actual <= most)) expect(actual).toBeLessThanOrEqual(most);
}

/** Fails if `expect(text).toContain(part)`. */
export function expectWithout(text: string | readonly unknown[], part: string): void {
  if (text.includes(part)) expect(text).not.toContain(part);
}
