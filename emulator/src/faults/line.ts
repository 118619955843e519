import type { Caller } from '../caller.ts';
import type { Frame } from '../realtime/encoding.ts';
import type { Faults } from './faults.ts';
import { copiesOf, isConversation } from './sieve.ts';
import type { StreamDraws } from './streamDraws.ts';

/** A frame as its reader will get it. */
export interface Piece {
  readonly chunk: string;
  readonly isConversation: boolean;
}

/** The way from the hub to one reader, on which the faults of the moment happen to whole frames. */
export interface Line {
  /** In its turn, and otherwise as it is: greetings and pings. */
  send(chunk: string): void;
  deliver(frame: Frame, chunk: string): void;
  close(): void;
}

/** Hands pieces on in their order, each no sooner than it is due. */
function makeQueue(write: (piece: Piece) => void) {
  const waiting: { readonly piece: Piece; readonly due: number }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function drain(): void {
    timer = undefined;
    for (let head = waiting[0]; head !== undefined; head = waiting[0]) {
      const left = head.due - Date.now();
      if (left > 0) {
        timer = setTimeout(drain, left);
        return;
      }
      waiting.shift();
      write(head.piece);
    }
  }

  return {
    add: (piece: Piece, delayMs: number) => {
      waiting.push({ piece, due: Date.now() + delayMs });
      if (timer === undefined) drain();
    },
    close: () => {
      clearTimeout(timer);
      waiting.length = 0;
    },
  };
}

export function makeLine(
  faults: Faults,
  draws: StreamDraws,
  caller: Caller,
  write: (piece: Piece) => void,
): Line {
  const queue = makeQueue(write);
  /** A conversation frame that lets the next one pass. */
  let held: readonly string[] = [];
  let release: NodeJS.Timeout | undefined;

  function delay(isTalk: boolean): number {
    const { delayFrames } = faults.set;
    if (delayFrames === undefined || !draws.strikes('delayFrames', delayFrames, isTalk)) return 0;
    return draws.between('delayFrames', isTalk, delayFrames.minMs, delayFrames.maxMs);
  }

  function pass(chunks: readonly string[], isTalk: boolean): void {
    const delayMs = delay(isTalk);
    for (const chunk of chunks) queue.add({ chunk, isConversation: isTalk }, delayMs);
  }

  function passHeld(): void {
    clearTimeout(release);
    const chunks = held;
    held = [];
    if (chunks.length > 0) pass(chunks, true);
  }

  return {
    send: (chunk) => {
      queue.add({ chunk, isConversation: false }, 0);
    },
    deliver: (frame, chunk) => {
      const copies = copiesOf(faults, draws, caller, frame);
      if (copies === 0) return;
      const chunks = copies === 2 ? [chunk, chunk] : [chunk];
      const isTalk = isConversation(frame);
      const { reorderFrames } = faults.set;
      if (isTalk && held.length === 0 && draws.strikes('reorderFrames', reorderFrames, true)) {
        held = chunks;
        // in a quiet channel there is no next one to wait for
        release = setTimeout(passHeld, reorderFrames?.waitMs);
        return;
      }
      pass(chunks, isTalk);
      if (isTalk) passHeld();
    },
    close: () => {
      clearTimeout(release);
      queue.close();
    },
  };
}
