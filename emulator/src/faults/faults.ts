import type { Dice } from './dice.ts';
import { makeDice } from './dice.ts';
import type { FaultSet, Switches } from './faultSet.ts';

/** The faults of the moment. They can be exchanged at any time; then all series of decisions begin anew. */
export interface Faults {
  readonly set: FaultSet;
  readonly dice: Dice;
  /** The switches as the command line set them. */
  readonly start: Switches;
  put(set: FaultSet): void;
}

export function makeFaults(first: FaultSet): Faults {
  let set = first;
  let dice = makeDice(first.seed);
  const { stripMetadata, idempotency, longPolling, webSocket } = first;
  return {
    get set() {
      return set;
    },
    get dice() {
      return dice;
    },
    start: { stripMetadata, idempotency, longPolling, webSocket },
    put: (next) => {
      set = next;
      dice = makeDice(next.seed);
    },
  };
}
