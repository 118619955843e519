import type { MessageRow } from '@hudhud/state';
import { pageKey } from '@hudhud/state';
import { useHudhudSelector } from '@hudhud/state/react';
import { useEffect, useEffectEvent } from 'react';

/** A moment that somebody wants to see. What is there was asked for when it was chosen. */
export interface Jump {
  readonly at: number;
}

interface JumpWanted {
  readonly channelId: string;
  readonly jump: Jump | null;
  readonly rows: readonly MessageRow[];
  /** The page is there: the place of the first message from that moment on, or of the last one. */
  readonly onThere: (place: number) => void;
}

/** Waits for the messages around a moment. Tells whether they could not be loaded. */
export function useJump({ channelId, jump, rows, onThere }: JumpWanted): boolean {
  const key = jump === null ? '' : pageKey(channelId, null, 'around', jump.at);
  const status = useHudhudSelector((selectors, root) => selectors.selectLoad(root, key))?.status;
  const arrive = useEffectEvent(({ at }: Jump) => {
    if (rows.length === 0) return;
    const found = rows.findIndex(({ createdAt }) => createdAt >= at);
    onThere(found === -1 ? rows.length - 1 : found);
  });
  useEffect(() => {
    if (jump !== null && status === undefined) arrive(jump);
  }, [jump, status]);
  return status === 'failed';
}
