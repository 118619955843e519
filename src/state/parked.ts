import type { MessageEvent, ReactionEvent } from '../protocol/serverEvents';

/** What the stream said of a message that is not known yet (L3). @internal */
export interface ParkedFact {
  readonly o: number;
  readonly event: MessageEvent | ReactionEvent;
  readonly own: boolean;
}

/** @internal */
export interface ParkedMessage {
  readonly id: string;
  readonly facts: readonly ParkedFact[];
}

/** @internal */
export const nothingParked: readonly ParkedMessage[] = [];

/** Messages that can wait per channel, and facts per message. */
const maxMessages = 256;
const maxFacts = 32;

function isDelete(fact: ParkedFact): boolean {
  return fact.event.type !== 'reaction' && fact.event.op === 'delete';
}

/** What had to be let go to keep the ring bounded. @internal */
export interface Parking {
  readonly parked: readonly ParkedMessage[];
  readonly dropped: ParkedMessage | null;
}

/** Lets a fact wait for its message. A delete makes all others pointless. @internal */
export function park(parked: readonly ParkedMessage[], id: string, fact: ParkedFact): Parking {
  const known = parked.find((message) => message.id === id);
  if (known !== undefined) {
    if (known.facts.some(isDelete)) return { parked, dropped: null };
    const facts = isDelete(fact) ? [fact] : [...known.facts, fact].slice(-maxFacts);
    return {
      parked: parked.map((message) => (message === known ? { id, facts } : message)),
      dropped: null,
    };
  }
  const grown = [...parked, { id, facts: [fact] }];
  if (grown.length <= maxMessages) return { parked: grown, dropped: null };
  const dropped = grown[0] ?? null;
  return { parked: grown.slice(1), dropped };
}

/** Tells whether a tombstone was among what is waiting. @internal */
export function holdsDelete(message: ParkedMessage): boolean {
  return message.facts.some(isDelete);
}
