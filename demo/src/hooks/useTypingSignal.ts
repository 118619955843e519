import { useHudhud } from '@hudhud/state/react';
import { useCallback, useRef } from 'react';

const everyMs = 2_000;

/** Tells the others that one is typing, at most every two seconds. That it fails now and then does not matter. */
export function useTypingSignal(channelId: string): () => void {
  const { rest } = useHudhud();
  const lastAt = useRef(0);
  return useCallback(() => {
    const now = Date.now();
    if (now - lastAt.current < everyMs) return;
    lastAt.current = now;
    rest.typing(channelId).catch(() => undefined);
  }, [rest, channelId]);
}
