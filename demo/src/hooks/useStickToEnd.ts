import { useEffect } from 'react';

/**
 * Keeps a scroller at its end, whatever grows or shrinks in it or around it: a virtual list follows what is added at its
 * end, but messages also come in before those that are on their way, and any row may change its height.
 */
export function useStickToEnd(scroller: HTMLElement | null, isAtEnd: boolean): void {
  useEffect(() => {
    if (scroller === null || !isAtEnd) return undefined;
    const observer = new ResizeObserver(() => {
      scroller.scrollTop = scroller.scrollHeight;
    });
    observer.observe(scroller);
    const items = scroller.querySelector('[role="list"]');
    // what is not on the page is padding
    if (items !== null) observer.observe(items, { box: 'border-box' });
    return () => {
      observer.disconnect();
    };
  }, [scroller, isAtEnd]);
}
