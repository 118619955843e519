import { HudhudError } from '../errors';
import type { Lens } from './lens';
import { clear } from './lens';
import type { Hash128 } from './murmur';
import { hashBytes, hashCodeUnits, hashPair, join, toHex } from './murmur';

/**
 * The structural hash of plain JSON, as `docs/replay.md` specifies it: the same for equal values, whatever the order of
 * their keys; a key that is `undefined` counts as missing.
 */

/** What a hash begins with says what it is of. */
const seeds = { text: 1, number: 2, yes: 3, no: 4, nothing: 5, list: 6, entry: 7, object: 8 };

const noBytes = new Uint8Array(0);
const yes = hashBytes(noBytes, seeds.yes);
const no = hashBytes(noBytes, seeds.no);
const nothing = hashBytes(noBytes, seeds.nothing);
const emptyList = hashBytes(noBytes, seeds.list);
const emptyObject = hashBytes(noBytes, seeds.object);

/** No state of this package is a tenth as deep; a circle is deeper than any number. */
const maxDepth = 200;

/**
 * Subtrees of so many leaves are remembered. Fewer are counted again: an entry of a weak map costs more, at each
 * collection of garbage, than the hash of a message does once.
 */
const minRemembered = 64;

/** Names are few, and come again with every value. */
const maxNames = 4096;

function notPlain(path: string, what: string): HudhudError {
  return new HudhudError(
    'NOT_PLAIN_JSON',
    `${path === '' ? 'The value' : path} is ${what}. Only plain JSON can be recorded and compared: keep it out of the state, or turn it into a number or a text first.`,
    { field: path },
  );
}

const number64 = new DataView(new ArrayBuffer(8));

function hashNumber(value: number, path: () => string): Hash128 {
  if (!Number.isFinite(value) || Object.is(value, -0)) {
    throw notPlain(path(), Object.is(value, -0) ? '-0' : String(value));
  }
  number64.setFloat64(0, value, true);
  return hashPair(number64.getInt32(0, true), number64.getInt32(4, true), seeds.number);
}

/** Also of another realm, whose `Object` is another one. */
function isPlain(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value);
  if (proto === Object.prototype) return true;
  return proto === null || Object.getPrototypeOf(proto) === null;
}

/** Objects are seen in the same way under every name, and lists as what their name says. */
interface Memory {
  readonly objects: WeakMap<object, Remembered>;
  readonly lists: Map<string, WeakMap<object, Remembered>>;
}

interface Remembered {
  readonly hash: Hash128;
  readonly leaves: number;
}

/**
 * An entry that a name had last, and its hash. Most rows of a table have the same value under most of their names: then
 * nothing is computed.
 */
interface Recent {
  readonly name: Hash128;
  /** A text, a number, `true`, `false` or `null`, as it is seen; `undefined` before the first one. */
  value: unknown;
  entry: Hash128;
}

/** Hashes values, and remembers those of large parts that do not change. @internal */
export interface Hasher {
  /** @throws HudhudError `NOT_PLAIN_JSON`, with the path in `data.field`. */
  hash(value: unknown): string;
}

function seenLeaf(value: unknown, key: string, lens: Lens): unknown {
  if (typeof value === 'string') return lens.text(key, value);
  return typeof value === 'number' ? lens.number(key, value) : value;
}

class Walk implements Hasher {
  private readonly lens: Lens;
  private readonly memories = new Map<Lens, Memory>();
  private readonly names = new Map<string, Recent>();
  private readonly path: (string | number)[] = [];
  private leaves = 0;

  constructor(lens: Lens) {
    this.lens = lens;
  }

  hash(value: unknown): string {
    this.path.length = 0;
    return toHex(this.visit(value, '', this.lens));
  }

  private visit(value: unknown, key: string, lens: Lens): Hash128 {
    if (typeof value === 'object' && value !== null) return this.remember(value, key, lens);
    this.leaves += 1;
    return this.leaf(seenLeaf(value, key, lens));
  }

  /** The hash of a leaf as it is seen. */
  private leaf(value: unknown): Hash128 {
    if (typeof value === 'string') return hashCodeUnits(value, seeds.text);
    if (typeof value === 'number') return hashNumber(value, () => this.where());
    if (value === null) return nothing;
    if (value === true) return yes;
    if (value === false) return no;
    throw notPlain(this.where(), `a ${typeof value}`);
  }

  private remember(value: object, key: string, lens: Lens): Hash128 {
    this.leaves += 1;
    if (Array.isArray(value) && value.length === 0) return emptyList;
    const memory = this.memory(lens, Array.isArray(value) ? key : null);
    const known = memory.get(value);
    if (known !== undefined) {
      this.leaves += known.leaves;
      return known.hash;
    }
    if (this.path.length > maxDepth) throw notPlain(this.where().slice(0, 200), 'a circle');
    const before = this.leaves;
    const hash = Array.isArray(value) ? this.list(value, key, lens) : this.object(value, lens);
    const leaves = this.leaves - before;
    if (leaves >= minRemembered) memory.set(value, { hash, leaves });
    return hash;
  }

  private memory(lens: Lens, list: string | null): WeakMap<object, Remembered> {
    let memory = this.memories.get(lens);
    if (memory === undefined) {
      memory = { objects: new WeakMap(), lists: new Map() };
      this.memories.set(lens, memory);
    }
    if (list === null) return memory.objects;
    let lists = memory.lists.get(list);
    if (lists === undefined) {
      if (memory.lists.size >= maxNames) memory.lists.clear();
      lists = new WeakMap();
      memory.lists.set(list, lists);
    }
    return lists;
  }

  private list(items: readonly unknown[], key: string, lens: Lens): Hash128 {
    let hash = emptyList;
    const depth = this.path.length;
    for (let i = 0; i < items.length; i++) {
      this.path[depth] = i;
      hash = join(seeds.list, hash, this.visit(items[i], key, lens));
    }
    this.path.length = depth;
    return hash;
  }

  private object(value: object, lens: Lens): Hash128 {
    if (!isPlain(value)) throw notPlain(this.where(), 'no plain object');
    let { a, b, c, d } = emptyObject;
    const depth = this.path.length;
    for (const key of Object.keys(value)) {
      const inner = (value as Readonly<Record<string, unknown>>)[key];
      if (inner === undefined) continue;
      this.path[depth] = key;
      const entry = this.entry(key, inner, lens);
      // a sum: the order of the keys does not matter
      a = (a + entry.a) | 0;
      b = (b + entry.b) | 0;
      c = (c + entry.c) | 0;
      d = (d + entry.d) | 0;
    }
    this.path.length = depth;
    return { a, b, c, d };
  }

  private entry(key: string, value: unknown, lens: Lens): Hash128 {
    const recent = this.recent(lens.name(key));
    if (typeof value === 'object' && value !== null) {
      return join(seeds.entry, recent.name, this.remember(value, key, lens.under(key)));
    }
    this.leaves += 1;
    const seen = seenLeaf(value, key, lens);
    // -0 equals 0 and has no hash: it is never remembered, and 0 must not stand for it
    if (seen === recent.value && !Object.is(seen, -0)) return recent.entry;
    const entry = join(seeds.entry, recent.name, this.leaf(seen));
    recent.value = seen;
    recent.entry = entry;
    return entry;
  }

  private recent(name: string): Recent {
    let recent = this.names.get(name);
    if (recent === undefined) {
      recent = { name: hashCodeUnits(name, seeds.text), value: undefined, entry: nothing };
      if (this.names.size >= maxNames) this.names.clear();
      this.names.set(name, recent);
    }
    return recent;
  }

  private where(): string {
    return this.path.join('.');
  }
}

/**
 * Makes a hasher with a memory of its own: what shares parts with what it has seen costs only what is new. Values must
 * not be changed once they were seen, as it is with everything in a store.
 *
 * @internal
 */
export function createHasher(lens: Lens = clear): Hasher {
  return new Walk(lens);
}

/**
 * The hash of a value: 32 hexadecimal digits, the same for equal values in every environment.
 *
 * @public
 * @throws HudhudError `NOT_PLAIN_JSON`: the value holds what JSON cannot say (`NaN`, -0, a function, a `Date`, a circle).
 * @example
 * ```ts
 * hashJson({ a: 1, b: undefined }) === hashJson({ a: 1 }); // true
 * ```
 */
export function hashJson(value: unknown): string {
  return createHasher().hash(value);
}
