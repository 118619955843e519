import { isObject } from '../../protocol/raw';
import { equalJson } from '../../state/equalJson';
import type { CachePatcher } from './createCachePatcher';
import type { Entry } from './entries';

/**
 * Tells whether an answer provides other tags than before. Computing them anew costs the host's own code and an action
 * more, so RTK Query is asked to do it only then.
 *
 * @internal
 * @param from - What it was; `undefined`: nobody knows.
 */
export type TagsChange = (entry: Entry, from: unknown, to: unknown) => boolean;

/** @internal */
export function createTagsChange(
  { tagsOf }: Pick<CachePatcher, 'tagsOf'>,
  failed: (error: unknown) => void,
): TagsChange {
  /** What an answer provides is asked for once: it is never written to. */
  const known = new WeakMap<object, unknown>();
  const tags = ({ rule, arg }: Entry, data: unknown): unknown => {
    if (!isObject(data)) return tagsOf(rule.endpoint, data, arg);
    if (!known.has(data)) known.set(data, tagsOf(rule.endpoint, data, arg));
    return known.get(data);
  };
  return (entry, from, to) => {
    try {
      const next = tags(entry, to);
      if (next === null) return false;
      return from === undefined || !equalJson(tags(entry, from), next);
    } catch (error) {
      failed(error);
      return false;
    }
  };
}
