import type { MessageRow } from '@hudhud/state';
import { useState } from 'react';

interface StableIndex {
  /** Number of the first row. */
  readonly firstIndex: number;
  /** The newest row is another one than before. */
  readonly hasGrownAtEnd: boolean;
}

interface Known extends StableIndex {
  readonly rows: readonly MessageRow[];
}

/** Far enough from zero for all messages that can come before the first ones. */
const startIndex = 1_000_000;

/** A row that both lists have, if possible the wanted one: where it stands in each. */
function findShared(
  before: readonly MessageRow[],
  after: readonly MessageRow[],
  wantedKey: string | null,
): readonly [number, number] | null {
  if (wantedKey !== null) {
    const places = [before, after].map((list) =>
      list.findLastIndex(({ key }) => key === wantedKey),
    );
    const [from = -1, to = -1] = places;
    if (from !== -1 && to !== -1) return [from, to];
  }
  // what is on its way may still move: only what is confirmed says where the others are
  const placeOf = new Map(after.map(({ key }, place) => [key, place]));
  for (let from = before.length - 1; from >= 0; from--) {
    const row = before[from];
    const to = row === undefined || row.id === null ? undefined : placeOf.get(row.key);
    if (to !== undefined) return [from, to];
  }
  return null;
}

function advance(known: Known, rows: readonly MessageRow[], anchorKey: string | null): Known {
  const [from, to] = findShared(known.rows, rows, anchorKey) ?? [0, 0];
  return {
    rows,
    firstIndex: known.firstIndex + from - to,
    hasGrownAtEnd: rows.at(-1)?.key !== known.rows.at(-1)?.key,
  };
}

/**
 * Numbers rows so that the anchor keeps its number whatever comes before it: a virtual list can then tell what was put
 * in front from what was put behind. A row keeps its key while it goes from its sender's end to its place.
 */
export function useStableIndex(rows: readonly MessageRow[], anchorKey: string | null): StableIndex {
  const [known, setKnown] = useState<Known>({
    rows,
    firstIndex: startIndex,
    hasGrownAtEnd: false,
  });
  if (known.rows === rows) return known;
  const next = advance(known, rows, anchorKey);
  setKnown(next);
  return next;
}
