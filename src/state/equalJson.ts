/**
 * Tells whether two plain JSON values are the same. Short values only: it walks both.
 *
 * @internal
 */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((value, index) => equalJson(value, b[index]));
  }
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  let ahead = 0;
  // no list of the keys is made: most that differ do so early on. Plain JSON inherits nothing that is listed.
  for (const key in one) {
    if (!Object.hasOwn(other, key) || !equalJson(one[key], other[key])) return false;
    ahead += 1;
  }
  for (const _key in other) ahead -= 1;
  return ahead === 0;
}
