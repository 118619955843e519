import { hashBytes, toShortHex } from './murmur';

/**
 * Digests of lines, each over the one before it: a byte that was edited is found at its line, even where it changes
 * nothing of the state; so is a line that was taken out, put in or moved.
 */

const seed = 9;
/** Digits of a digest: the first half of the hash. */
const digits = 16;
const first = '0'.repeat(digits);
const key = ',"d":"';
const tail = '"}';
/** Length of what a digest adds to a line: its key, itself, and the end of the object. */
const sealLength: number = key.length + digits + tail.length;

const encoder = new TextEncoder();
const brace = '}'.charCodeAt(0);

/** Puts digests to lines. @internal */
export class ChainWriter {
  private digest = first;
  private buffer = new Uint8Array(4096);

  /** Gives an object, as JSON, its digest as the last entry, and ends the line. */
  seal(json: string): string {
    const body = json.slice(0, -1);
    // a code unit is at most three bytes
    const most = digits + body.length * 3;
    if (this.buffer.length < most) this.buffer = new Uint8Array(most * 2);
    encoder.encodeInto(this.digest, this.buffer);
    const { written } = encoder.encodeInto(body, this.buffer.subarray(digits));
    this.digest = toShortHex(hashBytes(this.buffer, seed, digits + written));
    return `${body}${key}${this.digest}${tail}\n`;
  }
}

/** @param expected - ASCII. */
function saysAt(bytes: Uint8Array, at: number, expected: string): boolean {
  for (let i = 0; i < expected.length; i++) {
    if (bytes[at + i] !== expected.charCodeAt(i)) return false;
  }
  return true;
}

/** Of a `Buffer` of Node, `slice` is no copy. */
function copyOf(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return new Uint8Array(bytes.subarray(from, to));
}

/** Where the digest of a line begins; `null` if it has none. */
function endOfBody(line: Uint8Array): number | null {
  const end = line.length - sealLength;
  if (end < 1 || !saysAt(line, end, key)) return null;
  return saysAt(line, line.length - tail.length, tail) ? end : null;
}

const carriageReturn = '\r'.charCodeAt(0);

/** Whether a line ends with `\r\n`: something took the file for a text, and changed its ends of lines. @internal */
export function hasForeignEnd(line: Uint8Array): boolean {
  return line.at(-1) === carriageReturn;
}

/** Checks digests of lines, and takes them off. @internal */
export class ChainReader {
  private digest: Uint8Array = encoder.encode(first);
  private buffer = new Uint8Array(4096);

  /**
   * The line as it was before it got its digest; `null` if it is not the one that was written here. Nothing is kept of
   * a line that is refused. What is given back is good until the next line is opened.
   */
  open(line: Uint8Array): Uint8Array | null {
    const end = endOfBody(line);
    if (end === null) return null;
    const length = digits + end;
    if (this.buffer.length <= length) this.buffer = new Uint8Array(length * 2);
    this.buffer.set(this.digest);
    this.buffer.set(line.subarray(0, end), digits);
    const from = end + key.length;
    if (!saysAt(line, from, toShortHex(hashBytes(this.buffer, seed, length)))) return null;
    this.digest = copyOf(line, from, from + digits);
    // a line is copied once: the digest before it stood in front of it to be hashed
    this.buffer[length] = brace;
    return this.buffer.subarray(digits, length + 1);
  }

  /**
   * Takes a line whose digest is wrong as it stands, and goes on from the digest that it names; `null` if it names none:
   * then nothing is known of what comes before the next one.
   */
  adopt(line: Uint8Array): Uint8Array | null {
    const end = endOfBody(line);
    if (end === null) return null;
    this.digest = copyOf(line, end + key.length, end + key.length + digits);
    const body = copyOf(line, 0, end + 1);
    body[end] = brace;
    return body;
  }
}
