/**
 * Ids of the Hudhud backend are lower-case UUIDs, but nothing here depends on it: an id is a short opaque string.
 * What is refused is what would hurt a table keyed by it (L15): the names that every object inherits.
 */
const hostileIds = new Set(Object.getOwnPropertyNames(Object.prototype));
/** A look-up hashes the whole id, and every message has three of 36 characters: too long ones need none. */
const longestHostile = Math.max(...[...hostileIds].map((name) => name.length));

/** Longest id that is taken; a UUID has 36 characters. */
export const maxIdLength = 128;

/**
 * Tells whether a value can be used as an id.
 *
 * @internal
 */
export function isId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= maxIdLength &&
    (value.length > longestHostile || !hostileIds.has(value))
  );
}
