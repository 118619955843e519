import { isList, isRaw } from '../../protocol/raw';
import type { Patch } from './patches';

/** A copy in which one step was taken. */
function withStep(data: unknown, [key, ...rest]: Patch['path'], step: Patch): unknown {
  const { op, value } = step;
  if (key === undefined) return value;
  if (isList(data)) {
    const copy = [...data];
    if (key === 'length') copy.length = Number(value);
    else if (rest.length > 0) copy[Number(key)] = withStep(copy[Number(key)], rest, step);
    else if (op === 'replace') copy[Number(key)] = value;
    else if (op === 'remove') copy.splice(Number(key), 1);
    else copy.splice(Number(key), 0, value);
    return copy;
  }
  if (!isRaw(data)) throw new TypeError(`There is nothing at "${key}".`);
  if (rest.length > 0) return { ...data, [key]: withStep(data[key], rest, step) };
  if (op !== 'remove') return { ...data, [key]: value };
  const { [key]: _, ...others } = data;
  return others;
}

/**
 * What a value is after patches, as RTK Query would apply them.
 *
 * @internal
 * @throws TypeError where a place is not there.
 */
export function withPatches(data: unknown, patches: readonly Patch[]): unknown {
  return patches.reduce((held, step) => withStep(held, step.path, step), data);
}
