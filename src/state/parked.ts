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

/** @internal */
export function isDelete(fact: ParkedFact): boolean {
  return fact.event.type !== 'reaction' && fact.event.op === 'delete';
}

/** What still matters once a message is deleted: its tombstone says where it stands and how many replies it has. */
function outlivesDelete({ event }: ParkedFact): boolean {
  if (event.type === 'reaction') return false;
  const { threadCount, createdAt, parentId, deletedAt } = event.message;
  return [threadCount, createdAt, parentId, deletedAt].some((said) => said !== undefined);
}

/** @internal */
export interface Parking {
  readonly parked: readonly ParkedMessage[];
  /** What had to be let go to keep the ring bounded. */
  readonly dropped: readonly ParkedFact[];
}

const nothingDropped: readonly ParkedFact[] = [];

/** Lets a fact wait for its message. @internal */
export function park(parked: readonly ParkedMessage[], id: string, fact: ParkedFact): Parking {
  const known = parked.find((message) => message.id === id);
  if (known === undefined) {
    const all = [...parked, { id, facts: [fact] }];
    return {
      parked: all.slice(-maxMessages),
      dropped: all.slice(0, -maxMessages).flatMap((message) => message.facts),
    };
  }
  if (known.facts.some(({ o }) => o === fact.o)) return { parked, dropped: nothingDropped };
  const { facts, dropped } = addFact(known.facts, fact);
  if (facts === known.facts) return { parked, dropped };
  return {
    parked: parked.map((message) => (message === known ? { id, facts } : message)),
    dropped,
  };
}

interface Added {
  readonly facts: readonly ParkedFact[];
  readonly dropped: readonly ParkedFact[];
}

function addFact(facts: readonly ParkedFact[], fact: ParkedFact): Added {
  const final = facts.find(isDelete) ?? (isDelete(fact) ? fact : undefined);
  if (final !== undefined && fact !== final && !outlivesDelete(fact)) {
    return { facts, dropped: nothingDropped };
  }
  const kept =
    final === undefined ? facts : facts.filter((held) => held === final || outlivesDelete(held));
  const all = [...kept, fact];
  if (all.length <= maxFacts) return { facts: all, dropped: nothingDropped };
  const oldest = all.find((held) => held !== final);
  return {
    facts: all.filter((held) => held !== oldest),
    dropped: oldest === undefined ? nothingDropped : [oldest],
  };
}
