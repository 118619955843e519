import { isObject } from '../../protocol/raw';

/**
 * Compares what is cached with what was to be written there. Pairs that were found to be the same are remembered: both
 * sides are never written to, so comparing a list again costs what of it is new.
 *
 * @internal
 */
export type Sameness = (held: unknown, wanted: unknown) => boolean;

type Named = Readonly<Record<string, unknown>>;

/** @internal */
export function createSameness(): Sameness {
  const known = new WeakMap<object, object>();
  const sameParts = (held: object, wanted: object): boolean => {
    if (Array.isArray(held) || Array.isArray(wanted)) {
      if (!Array.isArray(held) || !Array.isArray(wanted)) return false;
      const [a, b]: readonly (readonly unknown[])[] = [held, wanted];
      return a?.length === b?.length && a?.every((item, i) => isSame(item, b?.[i])) === true;
    }
    const names = Object.keys(held);
    if (names.length !== Object.keys(wanted).length) return false;
    return names.every(
      (name) =>
        Object.hasOwn(wanted, name) && isSame((held as Named)[name], (wanted as Named)[name]),
    );
  };
  const isSame: Sameness = (held, wanted) => {
    if (Object.is(held, wanted)) return true;
    if (!isObject(held) || !isObject(wanted)) return false;
    if (known.get(held) === wanted) return true;
    if (!sameParts(held, wanted)) return false;
    known.set(held, wanted);
    return true;
  };
  return isSame;
}
