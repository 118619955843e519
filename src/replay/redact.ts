import type { Lens } from './lens';

/**
 * A plain JSON value as JSON text, as it is seen through a lens. It is written in one go: a copy first would cost more
 * than the text. What JSON cannot say is left out, as `JSON.stringify` leaves it out.
 *
 * @internal
 */
export function toJson(value: unknown, lens: Lens, key = ''): string {
  if (typeof value === 'string') return JSON.stringify(lens.text(key, value));
  if (typeof value === 'number') return numberToJson(lens.number(key, value));
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value !== 'object' || value === null) return 'null';
  if (Array.isArray(value)) return listToJson(value, lens, key);
  return objectToJson(value, lens);
}

function numberToJson(seen: number): string {
  return Number.isFinite(seen) ? String(seen) : 'null';
}

function listToJson(items: readonly unknown[], lens: Lens, key: string): string {
  if (items.length === 0) return '[]';
  let json = '';
  for (const item of items) json += `${json === '' ? '[' : ','}${toJson(item, lens, key)}`;
  return `${json}]`;
}

function objectToJson(value: object, lens: Lens): string {
  let json = '';
  for (const key of Object.keys(value)) {
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    if (inner === undefined) continue;
    const under = typeof inner === 'object' ? lens.under(key) : lens;
    json += `${json === '' ? '{' : ','}${JSON.stringify(lens.name(key))}:${toJson(inner, under, key)}`;
  }
  return json === '' ? '{}' : `${json}}`;
}
