/**
 * An object as `JSON.parse` made it. All names that decoders ask for are fixed in the source, so an own `__proto__`
 * key of hostile input is never reached.
 *
 * @internal
 */
export type Raw = Readonly<Record<string, unknown>>;

/** Tells whether a value is an object with named fields. @internal */
export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells whether a value is a list. @internal */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Tells whether a value is one of both. @internal */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Picks between two aliases of one field: the first that has a value; else `null` if one of them said so ("known to be
 * absent"); else `undefined` ("not said").
 *
 * @internal
 */
export function either(first: unknown, second: unknown): unknown {
  return first ?? (second === undefined ? first : second);
}

/** `null` means nothing where a model has no `null`: the key counts as not said. @internal */
export function unlessNull(value: unknown): unknown {
  return value ?? undefined;
}

/**
 * Looks a word of the wire up, whatever its spelling: `new-message` and `New_Message` are `new_message`. What is no
 * string is looked up as it is, so a table may have an entry for `undefined`.
 *
 * @internal
 */
export function lookUp<T>(table: ReadonlyMap<unknown, T>, word: unknown): T | undefined {
  const found = table.get(word);
  // The usual spelling first: bringing a word to it makes two strings, for each of some thousand events.
  return found !== undefined || typeof word !== 'string' ? found : table.get(toWord(word));
}

/** Brings the spellings of a word to one. */
function toWord(word: string): string {
  return word.toLowerCase().replaceAll('-', '_');
}

/** Sets a field of a candidate if it was said: an absent key must stay absent (L4). @internal */
export function put(candidate: Record<string, unknown>, key: string, value: unknown): void {
  if (value !== undefined) candidate[key] = value;
}

/** Picks among several aliases, as `either` does among two. @internal */
export function anyOf(raw: Raw, ...names: readonly string[]): unknown {
  let found: unknown;
  for (const name of names) found = either(found, raw[name]);
  return found;
}
