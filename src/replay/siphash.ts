/**
 * SipHash-2-4: a keyed hash of 64 bits for short inputs. Who does not know the key cannot tell whether a text that they
 * have in mind is the one behind a hash. Words of 64 bits are held as two halves, `h` the higher and `l` the lower one.
 */

/** 128 bits: four words, the lowest first. @internal */
export type SipKey = readonly [number, number, number, number];

/** One computation at a time: nothing waits inside of one, so that all share the state. */
let h0 = 0;
let l0 = 0;
let h1 = 0;
let l1 = 0;
let h2 = 0;
let l2 = 0;
let h3 = 0;
let l3 = 0;

function round(): void {
  let l = (l0 >>> 0) + (l1 >>> 0);
  h0 = (h0 + h1 + (l > 0xffffffff ? 1 : 0)) | 0;
  l0 = l | 0;
  l = (l2 >>> 0) + (l3 >>> 0);
  h2 = (h2 + h3 + (l > 0xffffffff ? 1 : 0)) | 0;
  l2 = l | 0;
  let h = (h1 << 13) | (l1 >>> 19);
  l1 = ((l1 << 13) | (h1 >>> 19)) ^ l0;
  h1 = h ^ h0;
  h = (h3 << 16) | (l3 >>> 16);
  l3 = ((l3 << 16) | (h3 >>> 16)) ^ l2;
  h3 = h ^ h2;
  h = h0;
  h0 = l0;
  l0 = h;
  l = (l2 >>> 0) + (l1 >>> 0);
  h2 = (h2 + h1 + (l > 0xffffffff ? 1 : 0)) | 0;
  l2 = l | 0;
  l = (l0 >>> 0) + (l3 >>> 0);
  h0 = (h0 + h3 + (l > 0xffffffff ? 1 : 0)) | 0;
  l0 = l | 0;
  h = (h1 << 17) | (l1 >>> 15);
  l1 = ((l1 << 17) | (h1 >>> 15)) ^ l2;
  h1 = h ^ h2;
  h = (h3 << 21) | (l3 >>> 11);
  l3 = ((l3 << 21) | (h3 >>> 11)) ^ l0;
  h3 = h ^ h0;
  h = h2;
  h2 = l2;
  l2 = h;
}

function compress(high: number, low: number): void {
  h3 ^= high;
  l3 ^= low;
  round();
  round();
  h0 ^= high;
  l0 ^= low;
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

/** 16 digits, of the text's UTF-16 code units with the lower byte first. @internal */
export function sipHash(text: string, [k0, k1, k2, k3]: SipKey): string {
  h0 = k1 ^ 0x736f6d65;
  l0 = k0 ^ 0x70736575;
  h1 = k3 ^ 0x646f7261;
  l1 = k2 ^ 0x6e646f6d;
  h2 = k1 ^ 0x6c796765;
  l2 = k0 ^ 0x6e657261;
  h3 = k3 ^ 0x74656462;
  l3 = k2 ^ 0x79746573;
  const { length } = text;
  const pair = (i: number): number => text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16);
  let i = 0;
  for (; i + 4 <= length; i += 4) compress(pair(i + 2), pair(i));
  // past the end a code unit is NaN, which counts as 0 here
  const last = (length * 2) << 24;
  compress(last | text.charCodeAt(i + 2), pair(i));
  l2 ^= 0xff;
  for (let n = 0; n < 4; n++) round();
  return hex(h0 ^ h1 ^ h2 ^ h3) + hex(l0 ^ l1 ^ l2 ^ l3);
}
