import { isList, isRaw } from '../../protocol/raw';
import { nameOf } from './rowName';

/** One step from one value to another, as `api.util.patchQueryData` takes it. @internal */
export interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: (string | number)[];
  readonly value?: unknown;
}

type Path = readonly (string | number)[];

function objectPatches(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
  path: Path,
): Patch[] {
  const removed = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  const patches: Patch[] = removed.map((key) => ({ op: 'remove', path: [...path, key] }));
  for (const [key, value] of Object.entries(to)) {
    const place = [...path, key];
    if (Object.hasOwn(from, key)) patches.push(...patchesBetween(from[key], value, place));
    else patches.push({ op: 'add', path: place, value });
  }
  return patches;
}

function listPatches(from: readonly unknown[], to: readonly unknown[], path: Path): Patch[] {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start++;
  let end = 0;
  while (end < shorter - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
  const [oldEnd, newEnd] = [from.length - end, to.length - end];
  const patches: Patch[] = [];
  // the same row, changed: it stays where it is, and is written as one, which is cheaper than field by field
  while (start < oldEnd && start < newEnd && nameOf(from[start]) === nameOf(to[start])) {
    const [held, value] = [from[start], to[start]];
    const place = [...path, start];
    if (nameOf(held) === undefined) patches.push(...patchesBetween(held, value, place));
    else if (value !== held) patches.push({ op: 'replace', path: place, value });
    start++;
  }
  for (let i = oldEnd - 1; i >= start; i--) patches.push({ op: 'remove', path: [...path, i] });
  for (let i = start; i < newEnd; i++) {
    patches.push({ op: 'add', path: [...path, i], value: to[i] });
  }
  return patches;
}

/**
 * The steps from one plain JSON value to another. Parts that are the same by reference are not looked into, and rows that
 * did not change are not named: applying patches copies what they carry, so a row that is named loses its identity.
 *
 * @internal
 */
export function patchesBetween(from: unknown, to: unknown, path: Path = []): Patch[] {
  if (Object.is(from, to)) return [];
  if (isList(from) && isList(to)) return listPatches(from, to, path);
  if (isRaw(from) && isRaw(to)) return objectPatches(from, to, path);
  return [{ op: 'replace', path: [...path], value: to }];
}
