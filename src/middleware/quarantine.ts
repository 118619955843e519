import type { RejectedFrame } from '../protocol/batch';

/**
 * The last frames and rows that were not understood, for a look at them (L16). Bounded, in memory only, and no part of
 * the state.
 *
 * @internal
 */
export interface Quarantine {
  add(rejected: readonly RejectedFrame[]): void;
  list(): readonly RejectedFrame[];
}

const maxHeld = 100;

/** @internal */
export function createQuarantine(): Quarantine {
  let held: readonly RejectedFrame[] = [];
  return {
    add(rejected) {
      if (rejected.length > 0) held = [...held, ...rejected].slice(-maxHeld);
    },
    list: () => held,
  };
}
