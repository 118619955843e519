const mask = '[redacted]';
const secretKeys =
  /^(?:proxy-?)?authorization$|^(?:set-?)?cookie$|token$|password$|^secret$|^credentials?$/i;
const maxString = 2_048;
const maxDepth = 6;
const maxEntries = 100;

// What is cut is cut first: each pattern looks at 2,048 characters at most, so none can be slow.
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[^\s"',;]+/gi, `$1 ${mask}`],
  [/((?:token|password)["']?\s*[=:]\s*["']?)[^\s&#"',;]+/gi, `$1${mask}`],
  [/eyJ[\w-]+(?:\.[\w-]*)*/g, mask],
];

function redactString(text: string): string {
  const cut = text.length > maxString ? `${text.slice(0, maxString)}…` : text;
  return secrets.reduce((safe, [pattern, put]) => safe.replace(pattern, put), cut);
}

function redactAt(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactString(value);
  if (typeof value === 'function' || typeof value === 'symbol') return typeof value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '…';
  if (Array.isArray(value))
    return value.slice(0, maxEntries).map((one) => redactAt(one, depth + 1));
  if (value instanceof Error) return { name: value.name, message: redactString(value.message) };
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, maxEntries)
      .map(([key, one]) => [key, secretKeys.test(key) ? mask : redactAt(one, depth + 1)]),
  );
}

/**
 * Makes a value safe to print (L17): masks what looks like a token, whatever sits under a key that names one, and cuts
 * what is long or deep. Returns a copy; the value itself is not touched.
 *
 * @public
 */
export function redact(value: unknown): unknown {
  return redactAt(value, 0);
}
