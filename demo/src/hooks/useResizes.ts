import type { RefObject } from 'react';
import { useCallback, useEffect, useEffectEvent, useRef } from 'react';

interface Resizes {
  /** The element that is watched. */
  readonly frame: RefObject<HTMLDivElement | null>;
  /** Whether its content is still finding its new size. */
  readonly isSettling: () => boolean;
}

/** In another width every message has another height, and they are measured over some frames. */
const settleMs = 400;

/** Tells for how long after a resize a list has to be held where it was; `holds` is asked at its beginning. */
export function useResizes(holds: () => boolean): Resizes {
  const frame = useRef<HTMLDivElement>(null);
  const settlesAt = useRef(0);
  const onResize = useEffectEvent(() => {
    const isSettling = performance.now() < settlesAt.current;
    if (isSettling || holds()) settlesAt.current = performance.now() + settleMs;
  });
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      onResize();
    });
    if (frame.current !== null) observer.observe(frame.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  const isSettling = useCallback(() => performance.now() < settlesAt.current, []);
  return { frame, isSettling };
}
