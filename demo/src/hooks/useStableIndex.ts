import type { MessageRecord } from '@hudhud/state';
import { useState } from 'react';

interface StableIndex {
  /** Number of the first message. */
  readonly firstIndex: number;
  /** The newest message is another one than before. */
  readonly hasGrownAtEnd: boolean;
}

interface Known extends StableIndex {
  readonly messages: readonly MessageRecord[];
}

/** Far enough from zero for all messages that can come before the first ones. */
const startIndex = 1_000_000;

/** A message that both lists have, if possible the wanted one: where it stands in each. */
function findShared(
  before: readonly MessageRecord[],
  after: readonly MessageRecord[],
  wantedId: string | null,
): readonly [number, number] | null {
  if (wantedId !== null) {
    const places = [before, after].map((list) => list.findLastIndex(({ id }) => id === wantedId));
    const [from = -1, to = -1] = places;
    if (from !== -1 && to !== -1) return [from, to];
  }
  const placeOf = new Map(after.map(({ id }, place) => [id, place]));
  for (let from = before.length - 1; from >= 0; from--) {
    const to = placeOf.get(before[from]?.id ?? '');
    if (to !== undefined) return [from, to];
  }
  return null;
}

function advance(known: Known, messages: readonly MessageRecord[], anchorId: string | null): Known {
  const [from, to] = findShared(known.messages, messages, anchorId) ?? [0, 0];
  return {
    messages,
    firstIndex: known.firstIndex + from - to,
    hasGrownAtEnd: messages.at(-1)?.id !== known.messages.at(-1)?.id,
  };
}

/**
 * Numbers messages so that the anchor keeps its number whatever comes before it: a virtual list can then tell what was
 * put in front from what was put behind.
 */
export function useStableIndex(
  messages: readonly MessageRecord[],
  anchorId: string | null,
): StableIndex {
  const [known, setKnown] = useState<Known>({
    messages,
    firstIndex: startIndex,
    hasGrownAtEnd: false,
  });
  if (known.messages === messages) return known;
  const next = advance(known, messages, anchorId);
  setKnown(next);
  return next;
}
