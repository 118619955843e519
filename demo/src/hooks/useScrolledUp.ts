import type { UIEvent } from 'react';
import { useCallback, useRef } from 'react';

interface View {
  readonly bottom: number;
  readonly height: number;
}

const nearPx = 24;

/**
 * Makes a scroll handler that calls back when the reader goes up from the end of a list. That the list has grown below
 * them, or that it or its frame has another size, is no going up: whoever was at its end still is.
 */
export function useScrolledUp(onLeave: () => void): (event: UIEvent<HTMLElement>) => void {
  const last = useRef<View>({ bottom: 0, height: 0 });
  return useCallback(
    (event) => {
      const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
      const before = last.current;
      const bottom = scrollTop + clientHeight;
      last.current = { bottom, height: scrollHeight };
      const isAway = scrollHeight - bottom > nearPx;
      if (isAway && bottom < before.bottom && scrollHeight >= before.height) onLeave();
    },
    [onLeave],
  );
}
