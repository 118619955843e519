import type { RefObject } from 'react';
import { useCallback, useRef, useState } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';

interface ListScroll {
  readonly list: RefObject<VirtuosoHandle | null>;
  readonly scroller: HTMLElement | null;
  /** For the list to say what it scrolls. */
  readonly setScroller: (scroller: unknown) => void;
  readonly toEnd: () => void;
  /** Puts a place of the list at the top, as far as it goes; calls back if that is the end. */
  readonly to: (place: number, onEnd?: () => void) => void;
}

const nearPx = 24;

function isAtEnd({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean {
  return scrollTop + clientHeight >= scrollHeight - nearPx;
}

/** Ways to go in a list. */
export function useListScroll(): ListScroll {
  const list = useRef<VirtuosoHandle>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const take = useCallback((element: unknown) => {
    setScroller(element instanceof HTMLElement ? element : null);
  }, []);
  return {
    list,
    scroller,
    setScroller: take,
    toEnd() {
      list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
    },
    to(place, onEnd) {
      // the list first makes up for what has just been put in front
      requestAnimationFrame(() => {
        list.current?.scrollToIndex({ index: place, align: 'start' });
        requestAnimationFrame(() => {
          if (scroller !== null && isAtEnd(scroller)) onEnd?.();
        });
      });
    },
  };
}
