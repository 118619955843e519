import { isList, isObject } from '../../protocol/raw';

/**
 * A place where a host's cached answer says something else than the layer's selectors.
 *
 * @public
 */
export interface CacheMismatch {
  readonly reducerPath: string;
  readonly endpoint: string;
  readonly arg: unknown;
  /** Keys from the outside in, such as `pages.0.messages.3.content`. */
  readonly path: string;
  readonly cached: unknown;
  readonly expected: unknown;
}

/** @internal */
export type Difference = Pick<CacheMismatch, 'path' | 'cached' | 'expected'>;

/** The first place at which two plain JSON values differ; `null`: nowhere. @internal */
export function differenceOf(
  cached: unknown,
  expected: unknown,
  path: readonly (string | number)[] = [],
): Difference | null {
  if (Object.is(cached, expected)) return null;
  if (!isObject(cached) || !isObject(expected) || isList(cached) !== isList(expected)) {
    return { path: path.join('.'), cached, expected };
  }
  const [a, b] = [cached, expected] as Readonly<Record<string, unknown>>[];
  const keys = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})]);
  for (const key of keys) {
    const found = differenceOf(a?.[key], b?.[key], [...path, key]);
    if (found !== null) return found;
  }
  return null;
}
