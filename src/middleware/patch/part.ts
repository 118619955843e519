import type { HudhudAction } from '../../actions/define';
import { isList, isObject, isRaw } from '../../protocol/raw';
import type { PatchAsked, PatchRule, PatchSource, PatchTopic, PatchView } from './patchRule';

/** Where something lies in an answer: keys from the outside in; empty for the answer itself. @public */
export type PatchPath = readonly (string | number)[];

/**
 * One thing in an answer, and the rule for it: most answers are one list, a workspace snapshot is several things.
 *
 * @internal
 */
export interface Part {
  readonly at: PatchPath;
  readonly topics: (value: unknown, source: PatchSource) => readonly PatchTopic[];
  readonly facts: (
    value: unknown,
    source: PatchSource,
    asked: PatchAsked,
  ) => readonly HudhudAction[];
  readonly project: (
    value: unknown,
    source: PatchSource,
    view: PatchView,
    last: unknown,
  ) => unknown;
  /** See `PatchRule`. */
  readonly isLoaded?: (value: unknown, source: PatchSource, view: PatchView) => boolean;
}

/** @internal */
export function readAt(data: unknown, path: PatchPath): unknown {
  let value = data;
  for (const key of path) {
    if (!isRaw(value) && !isList(value)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return value;
}

/** A copy with another value at a place that exists. @internal */
export function writeAt(data: unknown, path: PatchPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = writeAt(readAt(data, [key]), rest, value);
  if (isList(data)) return data.map((item, i) => (i === key ? inner : item));
  return { ...(data as object), [key]: inner };
}

/**
 * A rule made of parts. A part that the answer does not have is left alone.
 *
 * @internal
 */
export function ruleOf<Endpoint extends string>(
  endpoint: Endpoint,
  parts: readonly Part[],
): PatchRule<Endpoint> {
  const partsIn = ({ data }: PatchSource) =>
    parts.flatMap((part) => {
      const value = readAt(data, part.at);
      return value === undefined || value === null ? [] : [{ part, value }];
    });
  /** Which answer a result was made of: what lies beside the parts is as that one says it. */
  const madeOf = new WeakMap<object, unknown>();
  return {
    endpoint,
    topics: (source) => partsIn(source).flatMap(({ part, value }) => part.topics(value, source)),
    facts: (source, asked) =>
      partsIn(source).flatMap(({ part, value }) => part.facts(value, source, asked)),
    project(source, view, last) {
      let next = source.data;
      let isSame = last !== undefined;
      for (const { part, value } of partsIn(source)) {
        const held = last === undefined ? undefined : readAt(last, part.at);
        const made = part.project(value, source, view, held);
        isSame &&= made === held;
        if (made !== value) next = writeAt(next, part.at, made);
      }
      if (isSame && isObject(last) && madeOf.get(last) === source.data) return last;
      if (isObject(next)) madeOf.set(next, source.data);
      return next;
    },
    isLoaded: (source, view) =>
      partsIn(source).every(({ part, value }) => part.isLoaded?.(value, source, view) ?? true),
  };
}
