/** A place where two values differ. @public */
export interface Difference {
  /** Names and numbers that lead there, such as `messages.channels.c1.size`; items of lists by their id, where they have one. */
  readonly path: string;
  /** `undefined` where there is nothing; ids of a list's items where they are the same in another order. */
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

/** Two lists by the ids of their items, if both have them. */
function sharedKey(before: readonly unknown[], after: readonly unknown[]): string | undefined {
  const key = before.length > 0 && after.length > 0 ? keyOf(before) : undefined;
  return key !== undefined && key === keyOf(after) ? key : undefined;
}

/** Ids of the items that two lists share, as each has them: what was only moved is in no field. */
function ordersOf(
  before: readonly unknown[],
  after: readonly unknown[],
  key: string,
): readonly [readonly unknown[], readonly unknown[]] {
  const idsOf = (list: readonly unknown[]) => list.map((item) => (item as Fields)[key]);
  const [left, right] = [new Set(idsOf(before)), new Set(idsOf(after))];
  return [[...left].filter((id) => right.has(id)), [...right].filter((id) => left.has(id))];
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
  const compareOrder = (path: string, [before, after]: ReturnType<typeof ordersOf>): void => {
    if (before.some((id, i) => id !== after[i])) found.push({ path, before, after });
  };
  const visit = (path: string, a: unknown, b: unknown): void => {
    if (found.length >= most || a === b) return;
    if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) {
      found.push({ path, before: a, after: b });
      return;
    }
    let [left, right]: readonly [Fields, Fields] = [a, b];
    if (Array.isArray(a) && Array.isArray(b)) {
      const shared = sharedKey(a, b);
      [left, right] = [toFields(a, shared), toFields(b, shared)];
      if (shared !== undefined) compareOrder(path, ordersOf(a, b, shared));
    }
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
