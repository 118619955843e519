import { freeze } from '@reduxjs/toolkit';
import { isList, isRaw } from '../../protocol/raw';
import { nameOf } from './rowName';

/** One step from one value to another, as `api.util.patchQueryData` takes it. @internal */
export interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: (string | number)[];
  readonly value?: unknown;
}

type Path = readonly (string | number)[];

/**
 * From so many steps on the whole is written: Immer copies what a step carries and looks through the copy, but takes a
 * patch of the root as it is, and looks into nothing that is frozen. All of 50 rows cost four times as much row by row.
 */
const maxSteps = 8;

function objectPatches(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
  path: Path,
): Patch[] {
  const removed = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  const patches: Patch[] = removed.map((key) => ({ op: 'remove', path: [...path, key] }));
  for (const [key, value] of Object.entries(to)) {
    const place = [...path, key];
    if (Object.hasOwn(from, key)) patches.push(...stepsBetween(from[key], value, place));
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
  return middlePatches(
    from.slice(start, from.length - end),
    to.slice(start, to.length - end),
    path,
    start,
  );
}

/**
 * Row by row, from the first one that differs on: one that stays is not named, wherever others come and go. Ends where
 * the whole is written anyway.
 */
function middlePatches(
  from: readonly unknown[],
  to: readonly unknown[],
  path: Path,
  start: number,
): Patch[] {
  const patches: Patch[] = [];
  let names: { readonly known: Set<unknown>; readonly wanted: Set<unknown> } | null = null;
  let at = start;
  let [i, j] = [0, 0];
  while ((i < from.length || j < to.length) && patches.length < maxSteps) {
    const [held, value] = [from[i], to[j]];
    const place = [...path, at];
    const [heldName, name] = [nameOf(held), nameOf(value)];
    if (i < from.length && j < to.length && heldName === name) {
      // written as one, which is cheaper than field by field
      if (name === undefined) patches.push(...stepsBetween(held, value, place));
      else if (value !== held) patches.push({ op: 'replace', path: place, value });
      i++;
      j++;
      at++;
      continue;
    }
    // what stays makes way for what is new, and what has moved is taken out first
    names ??= { known: new Set(from.map(nameOf)), wanted: new Set(to.map(nameOf)) };
    const isAdded = i === from.length || (names.wanted.has(heldName) && !names.known.has(name));
    if (isAdded && j < to.length) {
      patches.push({ op: 'add', path: place, value });
      j++;
      at++;
    } else {
      patches.push({ op: 'remove', path: place });
      i++;
    }
  }
  return patches;
}

function stepsBetween(from: unknown, to: unknown, path: Path): Patch[] {
  if (Object.is(from, to)) return [];
  if (isList(from) && isList(to)) return listPatches(from, to, path);
  if (isRaw(from) && isRaw(to)) return objectPatches(from, to, path);
  return [{ op: 'replace', path: [...path], value: to }];
}

/**
 * The steps from one plain JSON value to another. Parts that are the same by reference are not looked into, and rows that
 * did not change stay the same objects: few changes are told row by row, many by one step that carries the whole.
 *
 * @internal
 */
export function patchesBetween(from: unknown, to: unknown): Patch[] {
  const steps = stepsBetween(from, to, []);
  if (steps.length < maxSteps) return steps;
  return [{ op: 'replace', path: [], value: freeze(to, true) }];
}
