import type { ServerEvent } from '../protocol/serverEvents';

/** Whether a connection goes on where the last one ended, without a hole. @internal */
export interface Continuity {
  /**
   * A connection begins.
   *
   * @param asked - The id that it asks to go on after; `null`: none.
   * @param source - Name of what it hears by; how one greets says nothing about another.
   */
  begin(epoch: number, asked: string | null, source: string): void;
  /** Whether this connection will tell, or be silent for too long. */
  readonly isDue: () => boolean;
  /** An id was taken: what is asked for next goes on after what this connection has told. */
  moved(): void;
  /** The source itself says so. */
  said(isWhole: boolean): void;
  /** A frame came; `event` is what it was understood as. */
  note(id: string | null, event: ServerEvent | null): void;
  /**
   * What was found out since the last call: the first connection since which nothing is missing, or `null`: something may
   * be. `undefined`: nothing new.
   */
  take(): number | null | undefined;
}

const isGreeting = (event: ServerEvent | null): boolean =>
  event?.type === 'init' || event?.type === 'connection' || event?.type === 'channel_init';

/**
 * Looks for proof. There is none in a server that takes a `Last-Event-ID`: it may not even know what that is. Proof is:
 *
 * - that the source says so, as long polling does;
 * - that the very id comes again: who repeats it knows what came after it;
 * - that the greeting moves no id, of a source whose greetings do where they begin anew.
 *
 * A greeting that moves to another id, and an event without proof before it, say that something may be missing.
 *
 * @internal
 */
export function createContinuity(): Continuity {
  let epoch = 0;
  let asked: string | null = null;
  /** Connection that told the id which was taken last; `null`: that was in another life. */
  let movedIn: number | null = null;
  /** Connection that told the id which this one asks to go on after. */
  let since: number | null = null;
  let isKnown = true;
  let found: number | null | undefined;
  let heardBy = '';
  /** Sources of which a greeting that began anew has moved the id. */
  const greetsWithId = new Set<string>();

  const settle = (isWhole: boolean) => {
    if (isKnown) return;
    isKnown = true;
    found = isWhole ? since : null;
  };
  return {
    begin(next, id, source) {
      epoch = next;
      heardBy = source;
      asked = id;
      since = movedIn;
      // who asks for nothing hears everything anew; of another life nothing is open here
      isKnown = id === null || since === null;
      found = undefined;
    },
    isDue: () => !isKnown,
    moved() {
      movedIn = epoch;
    },
    said: settle,
    note(id, event) {
      const isHello = isGreeting(event);
      if (isHello && id !== null && id !== asked) greetsWithId.add(heardBy);
      if (isKnown) return;
      if (id !== null && id === asked) settle(true);
      else if (isHello && id !== null) settle(false);
      else if (isHello) {
        if (greetsWithId.has(heardBy)) settle(true);
      } else if (event !== null && event.type !== 'ping') settle(false);
    },
    take() {
      const told = found;
      found = undefined;
      return told;
    },
  };
}
