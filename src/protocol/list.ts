import type { Decoded } from './fault';
import { Fault } from './fault';
import { isList } from './raw';

const empty: readonly never[] = Object.freeze([]);

/**
 * Decodes the items of a list that belongs to a row. One bad item refuses the row: half a message would be shown as
 * if it were whole. A missing list is `undefined`.
 *
 * @internal
 */
export function decodeList<T>(
  value: unknown,
  name: string,
  decodeItem: (item: unknown) => Decoded<T>,
): Decoded<readonly T[]> | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isList(value)) return new Fault('invalid_field', name);
  if (value.length === 0) return empty;
  const items: T[] = [];
  for (const [index, raw] of value.entries()) {
    const item = decodeItem(raw);
    if (item instanceof Fault) return item.below(`${name}.${index}`);
    items.push(item);
  }
  return items;
}
