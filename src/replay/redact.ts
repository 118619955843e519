import type { Lens } from './lens';

/**
 * A plain JSON value as JSON text, as it is seen through a lens. What JSON cannot say is left out, as `JSON.stringify`
 * leaves it out. A copy is made first: text that is put together piece by piece costs several times as much.
 *
 * @internal
 */
export function toJson(value: unknown, lens: Lens): string {
  return JSON.stringify(seen(value, lens, ''));
}

function seen(value: unknown, lens: Lens, key: string): unknown {
  if (typeof value === 'string') return lens.text(key, value);
  if (typeof value === 'number') return lens.number(key, value);
  if (typeof value !== 'object' || value === null) return isJson(value) ? value : null;
  if (!Array.isArray(value)) return seenObject(value, lens);
  const items: unknown[] = [];
  for (const item of value) items.push(seen(item, lens, key));
  return items;
}

const isJson = (value: unknown): boolean => typeof value === 'boolean' || value === null;

function seenObject(value: object, lens: Lens): object {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    if (inner === undefined) continue;
    const under = typeof inner === 'object' ? lens.under(key) : lens;
    put(copy, lens.name(key), seen(inner, under, key));
  }
  return copy;
}

/** A name like any other, also where an assignment would mean something else. */
function put(copy: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') {
    copy[name] = value;
    return;
  }
  Object.defineProperty(copy, name, {
    ...{ value, enumerable: true, configurable: true, writable: true },
  });
}
