import type { UIEvent } from 'react';
import { useCallback, useEffect, useRef } from 'react';

interface View {
  readonly bottom: number;
  readonly height: number;
}

const nearPx = 24;
/** How long a scroll may follow on what a reader did. */
const handMs = 1_000;
/** Nothing but a reader, or what reads for them, moves a list of unchanged height so far. */
const farPx = 150;
const hands = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
const keys: readonly string[] = ['ArrowUp', 'PageUp', 'Home', ' '];

/**
 * Makes a scroll handler that calls back when the reader goes up from the end of a list. That the list has grown below
 * them, or that it or its frame has another size, is no going up; nor is what a virtual list does to make up for rows
 * that were measured late. Whoever was at its end still is.
 */
export function useScrolledUp(onLeave: () => void): (event: UIEvent<HTMLElement>) => void {
  const last = useRef<View>({ bottom: 0, height: 0 });
  const handAt = useRef(-Infinity);
  useEffect(() => {
    const listener = (event: Event) => {
      if (event instanceof KeyboardEvent && !keys.includes(event.key)) return;
      handAt.current = event.timeStamp;
    };
    const options = { capture: true, passive: true };
    for (const name of hands) window.addEventListener(name, listener, options);
    return () => {
      for (const name of hands) window.removeEventListener(name, listener, options);
    };
  }, []);
  return useCallback(
    (event) => {
      const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
      const before = last.current;
      const bottom = scrollTop + clientHeight;
      last.current = { bottom, height: scrollHeight };
      const isAway = scrollHeight - bottom > nearPx;
      const isByHand = event.timeStamp - handAt.current < handMs;
      const up = before.bottom - bottom;
      if (!isAway || up <= 0 || scrollHeight < before.height) return;
      if (isByHand || (up >= farPx && scrollHeight === before.height)) onLeave();
    },
    [onLeave],
  );
}
