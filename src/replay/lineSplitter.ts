import { HudhudError } from '../errors';

const newline = '\n'.charCodeAt(0);

/** No line is longer: the whole state of a client is a hundredth of it. */
const maxLineBytes: number = 256 * 1_024 * 1_024;

/** Cuts bytes at ends of lines, whatever pieces they come in. @internal */
export class LineSplitter {
  private pieces: Uint8Array[] = [];
  private length = 0;

  push(bytes: Uint8Array, take: (line: Uint8Array) => void): void {
    let from = 0;
    for (;;) {
      const at = bytes.indexOf(newline, from);
      if (at < 0) break;
      const piece = bytes.subarray(from, at);
      from = at + 1;
      if (this.pieces.length === 0) {
        take(piece);
      } else {
        this.keep(piece);
        const line = this.rest();
        this.pieces = [];
        this.length = 0;
        take(line);
      }
    }
    // a copy: whoever gave the bytes may use their place again
    if (from < bytes.length) this.keep(new Uint8Array(bytes.subarray(from)));
  }

  /** What came after the last end of line. */
  rest(): Uint8Array {
    const line = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.pieces) {
      line.set(piece, at);
      at += piece.length;
    }
    return line;
  }

  private keep(piece: Uint8Array): void {
    this.length += piece.length;
    if (this.length > maxLineBytes) {
      throw new HudhudError(
        'LOG_INVALID',
        `This is no log: it has a line of more than ${maxLineBytes} bytes.`,
      );
    }
    this.pieces.push(piece);
  }
}
