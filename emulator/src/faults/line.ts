import type { Caller } from '../caller.ts';
import type { Frame } from '../realtime/encoding.ts';
import type { Draws } from './dice.ts';
import type { Faults } from './faults.ts';

type FrameFault = 'delayFrames' | 'doubleFrames' | 'reorderFrames' | 'dropEchoes' | 'dropFrames';

/** The way from the hub to one reader, on which the faults of the moment happen. */
export interface Line {
  /** In its turn, and otherwise as it is: greetings and pings. */
  send(chunk: string): void;
  deliver(frame: Frame, chunk: string): void;
  close(): void;
}

/** Hands chunks on in their order, each no sooner than it is due. */
function makeQueue(write: (chunk: string) => void) {
  const waiting: { readonly chunk: string; readonly due: number }[] = [];
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
      write(head.chunk);
    }
  }

  return {
    add: (chunk: string, delayMs: number) => {
      waiting.push({ chunk, due: Date.now() + delayMs });
      if (timer === undefined) drain();
    },
    close: () => {
      clearTimeout(timer);
      waiting.length = 0;
    },
  };
}

/** `ordinal`: a person's first, second … stream; each has a series of decisions of its own. */
export function makeLine(
  faults: Faults,
  { userId, username }: Caller,
  ordinal: number,
  write: (chunk: string) => void,
): Line {
  const queue = makeQueue(write);
  let { dice } = faults;
  let drawsOf = new Map<string, Draws>();
  /** A conversation frame that lets the next one pass. */
  let held: readonly string[] = [];
  let release: NodeJS.Timeout | undefined;

  /** Presence and the like come when they come: they have a series apart, so that no message's luck hangs on them. */
  function draws(isConversation: boolean): Draws {
    if (dice !== faults.dice) drawsOf = new Map();
    dice = faults.dice;
    const name = `stream ${username} ${ordinal}${isConversation ? '' : ' aside'}`;
    const known = drawsOf.get(name) ?? dice.series(name);
    drawsOf.set(name, known);
    return known;
  }

  function strikes(name: FrameFault, isConversation: boolean): boolean {
    const fault = faults.set[name];
    if (fault === undefined || fault.users?.includes(username) === false) return false;
    return draws(isConversation).strikes(name, fault);
  }

  function delay(isConversation: boolean): number {
    const { delayFrames } = faults.set;
    if (delayFrames === undefined || !strikes('delayFrames', isConversation)) return 0;
    const { minMs, maxMs } = delayFrames;
    return draws(isConversation).random('delayFrames').between(minMs, maxMs);
  }

  function pass(chunks: readonly string[], isConversation: boolean): void {
    const delayMs = delay(isConversation);
    for (const chunk of chunks) queue.add(chunk, delayMs);
  }

  function passHeld(): void {
    clearTimeout(release);
    const chunks = held;
    held = [];
    if (chunks.length > 0) pass(chunks, true);
  }

  return {
    send: (chunk) => {
      queue.add(chunk, 0);
    },
    deliver: ({ by }, chunk) => {
      const isConversation = by !== undefined;
      if (by === userId && strikes('dropEchoes', isConversation)) return;
      if (strikes('dropFrames', isConversation)) return;
      const chunks = strikes('doubleFrames', isConversation) ? [chunk, chunk] : [chunk];
      if (isConversation && held.length === 0 && strikes('reorderFrames', true)) {
        held = chunks;
        // in a quiet channel there is no next one to wait for
        release = setTimeout(passHeld, faults.set.reorderFrames?.waitMs);
        return;
      }
      pass(chunks, isConversation);
      if (isConversation) passHeld();
    },
    close: () => {
      clearTimeout(release);
      queue.close();
    },
  };
}
