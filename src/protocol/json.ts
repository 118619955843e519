import { isId } from './ids';
import type { Json } from './models';
import { isRaw } from './raw';
import type { Raw } from './raw';

/** How deep `metadata` and its like are kept; what lies deeper becomes `null`. */
const maxDepth = 8;

/** A JSON object. @internal */
export type JsonObject = Readonly<Record<string, Json>>;

const emptyObject: JsonObject = Object.freeze({});

/**
 * Copies unknown JSON into plain JSON that state can hold: keys that every object inherits are dropped (L15), depth is
 * bounded, and numbers that JSON cannot write (`1e999` parses to Infinity) become `null`.
 *
 * @internal
 */
export function toPlainJson(value: unknown, depth = 1): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (depth > maxDepth) return null;
  if (Array.isArray(value)) return value.map((item) => toPlainJson(item, depth + 1));
  return isRaw(value) ? toPlainObject(value, depth) : null;
}

/**
 * The same for a value that must be an object. Anything else is handed back for the schema to refuse.
 *
 * @internal
 */
export function toMetadata(value: unknown): unknown {
  return isRaw(value) ? toPlainObject(value) : value;
}

/** Copies an object into plain JSON, as `toPlainJson` does. @internal */
export function toPlainObject(value: Raw, depth = 1): JsonObject {
  let copy: Record<string, Json> | undefined;
  for (const key in value) {
    if (!isId(key)) continue;
    copy ??= {};
    copy[key] = toPlainJson(value[key], depth + 1);
  }
  return copy ?? emptyObject;
}
