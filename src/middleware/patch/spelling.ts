import type { Raw } from '../../protocol/raw';

/** Spellings of one field, the usual one first. @internal */
export type Spellings = readonly [string, ...string[]];

/** The spelling that a row has of a field, else the usual one. @internal */
export function spelledIn(row: Raw, names: Spellings): string {
  return names.find((name) => Object.hasOwn(row, name)) ?? names[0];
}
