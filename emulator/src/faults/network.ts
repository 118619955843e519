import type { Faults } from './faults.ts';
import type { Piece } from './line.ts';
import type { StreamDraws } from './streamDraws.ts';

/** The end of a line: a connection, seen as bytes. */
export interface Outlet {
  /** A chunk, whole and at once. */
  pass(chunk: string): void;
  /** What `pass` would put on the connection. */
  bytesOf(chunk: string): Uint8Array;
  /** Some of these bytes. */
  write(bytes: Uint8Array): void;
  /** The connection breaks, and what is under way with it. */
  reset(): void;
  /** The connection ends when what was written has gone out; `clean`: as if all had been said. */
  cut(clean: boolean): void;
}

/** The last stretch to one reader, on which the faults of the moment happen to bytes. */
export interface Network {
  send(piece: Piece): void;
  close(): void;
}

const isInsideCharacter = (byte: number | undefined) =>
  byte !== undefined && (byte & 0xc0) === 0x80;

/** Where to cut: inside of a character that is more than one byte, if there is one. */
function cutPlace(bytes: Uint8Array, pick: (least: number, most: number) => number): number {
  const places = Array.from(bytes.keys()).filter((at) => isInsideCharacter(bytes[at]));
  if (places.length === 0) return pick(1, bytes.length - 1);
  return places[pick(0, places.length - 1)] ?? 1;
}

export function makeNetwork(faults: Faults, draws: StreamDraws, outlet: Outlet): Network {
  let isDead = false;
  /** Bytes that come one by one, and what came behind them meanwhile. */
  const dripping: { readonly bytes: Uint8Array; readonly everyMs: number; next: number }[] = [];
  let cancel: (() => void) | undefined;

  function soon(run: () => void, ms: number): () => void {
    if (ms === 0) {
      const turn = setImmediate(run);
      return () => {
        clearImmediate(turn);
      };
    }
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  }

  /** All of them have struck before anything of the piece is on its way. */
  function struckBy({ isConversation }: Piece): 'stall' | 'reset' | 'halfFrame' | undefined {
    const names = ['stall', 'reset', 'halfFrame'] as const;
    return names.find((name) => draws.strikes(name, faults.set[name], isConversation));
  }

  function drip(): void {
    cancel = undefined;
    const head = dripping[0];
    if (head === undefined) return;
    const isLast = head.everyMs < 0;
    outlet.write(isLast ? head.bytes : head.bytes.subarray(head.next, head.next + 1));
    head.next += 1;
    if (isLast || head.next >= head.bytes.length) dripping.shift();
    if (dripping.length > 0) cancel = soon(drip, Math.max(0, head.everyMs));
  }

  function pass({ chunk, isConversation }: Piece): void {
    const { slowDrip } = faults.set;
    const slow = draws.strikes('slowDrip', slowDrip, isConversation) ? slowDrip : undefined;
    if (slow === undefined && dripping.length === 0) {
      outlet.pass(chunk);
      return;
    }
    dripping.push({ bytes: outlet.bytesOf(chunk), everyMs: slow?.everyMs ?? -1, next: 0 });
    cancel ??= soon(drip, 0);
  }

  function close(): void {
    isDead = true;
    cancel?.();
    dripping.length = 0;
  }

  return {
    send: (piece) => {
      if (isDead) return;
      const fault = struckBy(piece);
      if (fault === undefined) {
        pass(piece);
        return;
      }
      close();
      if (fault === 'reset') outlet.reset();
      if (fault === 'halfFrame') {
        const bytes = outlet.bytesOf(piece.chunk);
        const place = cutPlace(bytes, (least, most) =>
          draws.between('halfFrame', piece.isConversation, least, most),
        );
        outlet.write(bytes.subarray(0, place));
        outlet.cut(faults.set.halfFrame?.clean === true);
      }
    },
    close,
  };
}
