/** A place where two values differ. @public */
export interface Difference {
  /** Names and numbers that lead there, such as `messages.channels.c1.size`; items of lists by their id, where they have one. */
  readonly path: string;
  /** `undefined` where there is nothing. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What tells the items of a list apart, the first of these that all of them have. */
const keys = ['id', 'opId', 'messageId', 'userId', 'channelId', 'scopeId', 'stream', 'key'];

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function keyOf(items: readonly unknown[]): string | undefined {
  return keys.find((key) => {
    const names = items.map((item) => (isObject(item) ? item[key] : undefined));
    return names.every((name) => typeof name === 'string') && new Set(names).size === items.length;
  });
}

/** A list as fields: by the ids of its items, or by their numbers. */
function toFields(list: readonly unknown[], key: string | undefined): Fields {
  if (key === undefined) return Object.fromEntries(list.entries());
  return Object.fromEntries(list.map((item) => [String((item as Fields)[key]), item]));
}

function fieldsOf(before: object, after: object): readonly [Fields, Fields] {
  if (!Array.isArray(before) || !Array.isArray(after)) return [before as Fields, after as Fields];
  const key = before.length > 0 && after.length > 0 ? keyOf(before) : undefined;
  const shared = key !== undefined && key === keyOf(after) ? key : undefined;
  return [toFields(before, shared), toFields(after, shared)];
}

/**
 * Finds where two plain JSON values differ. Parts that are the same object are not looked at, so that two states of one
 * store cost what changed between them.
 *
 * @public
 * @param most - Differences to find; default 100.
 * @example
 * ```ts
 * compareJson({ a: [1, 2] }, { a: [1, 3] }); // [{ path: 'a.1', before: 2, after: 3 }]
 * ```
 */
export function compareJson(before: unknown, after: unknown, most = 100): Difference[] {
  const found: Difference[] = [];
  const visit = (path: string, a: unknown, b: unknown): void => {
    if (found.length >= most || a === b) return;
    if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) {
      found.push({ path, before: a, after: b });
      return;
    }
    const [left, right] = fieldsOf(a, b);
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const inner = path === '' ? key : `${path}.${key}`;
      visit(
        inner,
        Object.hasOwn(left, key) ? left[key] : undefined,
        Object.hasOwn(right, key) ? right[key] : undefined,
      );
    }
  };
  visit('', before, after);
  return found;
}
