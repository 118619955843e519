import type { MessageFact } from '../../protocol/models';
import { compareKeys } from '../../state/segments';

/** Where a row stands in a list, oldest first: what is on its way stands last. @internal */
export interface RowPlace {
  readonly at: number;
  readonly id: string;
}

/** One row of a list as it is to be. @internal */
export interface PlacedRow extends RowPlace {
  readonly row: unknown;
}

/** @internal */
export function comparePlaces(a: RowPlace, b: RowPlace): number {
  return compareKeys(a.at, a.id, b.at, b.id);
}

/** A row of an answer; `null`: nobody understands it. */
interface GivenRow extends PlacedRow {
  readonly fact: MessageFact | null;
}

/** One that is understood. @internal */
export interface GivenMessage extends GivenRow {
  readonly fact: MessageFact;
}

/** What an answer's own rows say, taken together: made once per answer. @internal */
export interface Given {
  /** Oldest first. What has no time of its own stands where the one before it stands. */
  readonly rows: readonly GivenRow[];
  readonly byId: ReadonlyMap<string, GivenMessage>;
  /** The oldest and the newest row that have a time: between them the answer has everything. */
  readonly first: RowPlace | null;
  readonly last: RowPlace | null;
  /** Every row was understood. */
  readonly isWhole: boolean;
  /** Each of them has a time as well. */
  readonly isTimed: boolean;
}

/** @internal @param held - Oldest first. */
export function givenRows(
  held: readonly unknown[],
  factOf: (row: unknown) => MessageFact | null,
): Given {
  const byId = new Map<string, GivenMessage>();
  let first: RowPlace | null = null;
  let last: RowPlace | null = null;
  let place: RowPlace = { at: -Infinity, id: '' };
  const rows = held.map((row): GivenRow => {
    const fact = factOf(row);
    if (fact === null) return { ...place, row, fact };
    if (fact.createdAt !== undefined) {
      place = { at: fact.createdAt, id: fact.id };
      if (first === null || comparePlaces(place, first) < 0) first = place;
      if (last === null || comparePlaces(place, last) > 0) last = place;
    }
    const given = { ...place, row, fact };
    byId.set(fact.id, given);
    return given;
  });
  return {
    ...{ rows, byId, first, last },
    isWhole: rows.every(({ fact }) => fact !== null),
    isTimed: rows.every(({ fact }) => fact?.createdAt !== undefined),
  };
}
