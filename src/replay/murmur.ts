/**
 * MurmurHash3 x86/128 in pieces, over words of 32 bits. Why this one: it runs synchronously wherever JavaScript runs and
 * costs a tenth of a SHA-256 in JavaScript (`docs/decisions/0008-recorded-logs.md`). It finds what was damaged or edited
 * by hand; it is no proof against somebody who computes it anew.
 */

/** Looked up once: where globals are watched over, as in tests, each look-up costs more than a block. */
const { imul } = Math;

const c1 = 0x239b961b;
const c2 = 0xab0e9789 | 0;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93 | 0;

/** 128 bits, as four words. @internal */
export interface Hash128 {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** The state of one computation; there is no waiting inside of one, so that all share it. */
let h1 = 0;
let h2 = 0;
let h3 = 0;
let h4 = 0;

function begin(seed: number): void {
  h1 = h2 = h3 = h4 = seed;
}

const mix1 = (word: number): number => {
  const k = imul(word, c1);
  return imul((k << 15) | (k >>> 17), c2);
};
const mix2 = (word: number): number => {
  const k = imul(word, c2);
  return imul((k << 16) | (k >>> 16), c3);
};
const mix3 = (word: number): number => {
  const k = imul(word, c3);
  return imul((k << 17) | (k >>> 15), c4);
};
const mix4 = (word: number): number => {
  const k = imul(word, c4);
  return imul((k << 18) | (k >>> 14), c1);
};

/** Takes in 16 bytes, as four little-endian words. */
function block(a: number, b: number, c: number, d: number): void {
  h1 ^= mix1(a);
  h1 = (h1 << 19) | (h1 >>> 13);
  h1 = (imul((h1 + h2) | 0, 5) + 0x561ccd1b) | 0;
  h2 ^= mix2(b);
  h2 = (h2 << 17) | (h2 >>> 15);
  h2 = (imul((h2 + h3) | 0, 5) + 0x0bcaa747) | 0;
  h3 ^= mix3(c);
  h3 = (h3 << 15) | (h3 >>> 17);
  h3 = (imul((h3 + h4) | 0, 5) + 0x96cd1c35) | 0;
  h4 ^= mix4(d);
  h4 = (h4 << 13) | (h4 >>> 19);
  h4 = (imul((h4 + h1) | 0, 5) + 0x32ac3b17) | 0;
}

function avalanche(word: number): number {
  let h = imul(word ^ (word >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Ends with at most 15 bytes that are left, as four words with zeros behind them. */
function end(a: number, b: number, c: number, d: number, length: number): Hash128 {
  if (d !== 0) h4 ^= mix4(d);
  if (c !== 0) h3 ^= mix3(c);
  if (b !== 0) h2 ^= mix2(b);
  if (a !== 0) h1 ^= mix1(a);
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  spread();
  h1 = avalanche(h1);
  h2 = avalanche(h2);
  h3 = avalanche(h3);
  h4 = avalanche(h4);
  spread();
  return { a: h1, b: h2, c: h3, d: h4 };
}

function spread(): void {
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
}

/** The hash of a string's UTF-16 code units, each as two bytes, the lower one first. @internal */
export function hashCodeUnits(text: string, seed: number): Hash128 {
  begin(seed);
  const { length } = text;
  const pair = (i: number): number => text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16);
  let i = 0;
  for (; i + 8 <= length; i += 8) block(pair(i), pair(i + 2), pair(i + 4), pair(i + 6));
  // behind the end there are zeros
  const rest = (at: number): number =>
    (at < length ? text.charCodeAt(at) : 0) | (at + 1 < length ? text.charCodeAt(at + 1) << 16 : 0);
  return end(rest(i), rest(i + 2), rest(i + 4), rest(i + 6), length * 2);
}

/** The hash of 8 bytes, as two little-endian words. @internal */
export function hashPair(low: number, high: number, seed: number): Hash128 {
  begin(seed);
  return end(low, high, 0, 0, 8);
}

/** Whether words lie in memory as they are read here: so it is wherever browsers and Node run today. */
const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** As `block` over and over, with the state in locals: it is most of what a long line costs. */
function wordBlocks(words: Int32Array): void {
  let [a, b, c, d] = [h1, h2, h3, h4];
  for (let i = 0; i < words.length; i += 4) {
    a ^= mix1(words[i] ?? 0);
    a = (a << 19) | (a >>> 13);
    a = (imul((a + b) | 0, 5) + 0x561ccd1b) | 0;
    b ^= mix2(words[i + 1] ?? 0);
    b = (b << 17) | (b >>> 15);
    b = (imul((b + c) | 0, 5) + 0x0bcaa747) | 0;
    c ^= mix3(words[i + 2] ?? 0);
    c = (c << 15) | (c >>> 17);
    c = (imul((c + d) | 0, 5) + 0x96cd1c35) | 0;
    d ^= mix4(words[i + 3] ?? 0);
    d = (d << 13) | (d >>> 19);
    d = (imul((d + a) | 0, 5) + 0x32ac3b17) | 0;
  }
  h1 = a;
  h2 = b;
  h3 = c;
  h4 = d;
}

/** Takes in whole blocks of bytes, four words at a time; how many bytes that were. */
function blocks(bytes: Uint8Array, length: number): number {
  const whole = length & ~15;
  if (whole === 0) return 0;
  if (isLittleEndian && bytes.byteOffset % 4 === 0) {
    wordBlocks(new Int32Array(bytes.buffer, bytes.byteOffset, whole >> 2));
    return whole;
  }
  const at = (i: number): number => bytes[i] ?? 0;
  const word = (i: number): number =>
    at(i) | (at(i + 1) << 8) | (at(i + 2) << 16) | (at(i + 3) << 24);
  for (let i = 0; i < whole; i += 16) block(word(i), word(i + 4), word(i + 8), word(i + 12));
  return whole;
}

/** The hash of the first `length` bytes. @internal */
export function hashBytes(bytes: Uint8Array, seed: number, length: number = bytes.length): Hash128 {
  begin(seed);
  const i = blocks(bytes, length);
  // behind the end there are zeros
  const at = (k: number): number => (k < length ? (bytes[k] ?? 0) : 0);
  const rest = (k: number): number =>
    at(k) | (at(k + 1) << 8) | (at(k + 2) << 16) | (at(k + 3) << 24);
  return end(rest(i), rest(i + 4), rest(i + 8), rest(i + 12), length);
}

/** The hash of two hashes, one behind the other: of 32 bytes. @internal */
export function join(seed: number, first: Hash128, second: Hash128): Hash128 {
  begin(seed);
  block(first.a, first.b, first.c, first.d);
  block(second.a, second.b, second.c, second.d);
  return end(0, 0, 0, 0, 32);
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

/** The first 16 of its digits. @internal */
export function toShortHex({ a, b }: Hash128): string {
  return hex(a) + hex(b);
}

/** 32 digits. @internal */
export function toHex({ a, b, c, d }: Hash128): string {
  return hex(a) + hex(b) + hex(c) + hex(d);
}
