import type { MessageRow } from '@hudhud/state';
import { useState } from 'react';

interface Follow {
  readonly isAtEnd: boolean;
  /** Newest row when the reader left the end; `null` at the end. */
  readonly leftAtKey: string | null;
  readonly leave: () => void;
  readonly arrive: () => void;
  /** Whether the list goes along with what has come at its end. */
  readonly follows: (hasGrownAtEnd: boolean) => boolean;
}

/** Whether the reader is at the end of a list: there they stay, and what they send brings them back. */
export function useFollow(rows: readonly MessageRow[]): Follow {
  const [leftAtKey, setLeftAtKey] = useState<string | null>(null);
  const last = rows.at(-1);
  const isAtEnd = leftAtKey === null;
  return {
    isAtEnd,
    leftAtKey,
    leave() {
      setLeftAtKey((known) => known ?? last?.key ?? null);
    },
    arrive() {
      setLeftAtKey(null);
    },
    follows: (hasGrownAtEnd) => hasGrownAtEnd && (isAtEnd || last?.isOwn === true),
  };
}
