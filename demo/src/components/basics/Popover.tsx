import type { ReactNode } from 'react';
import { useLayoutEffect, useRef } from 'react';
import './Popover.css';

interface PopoverProps {
  /** What it was opened from: it stands beside it, and the focus goes back to it. */
  readonly anchor: HTMLElement;
  readonly label: string;
  readonly role?: 'dialog' | 'menu';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const marginPx = 8;
const distancePx = 6;

/** Below its anchor, or above it where there is no room; within the page in any case. */
function place(box: HTMLElement, anchor: HTMLElement): void {
  const { top, bottom, left, right } = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const isBelow = bottom + distancePx + height + marginPx <= window.innerHeight;
  const start = getComputedStyle(anchor).direction === 'rtl' ? left : right - width;
  const most = window.innerWidth - width - marginPx;
  box.style.left = `${Math.max(marginPx, Math.min(start, most))}px`;
  box.style.top = `${Math.max(marginPx, isBelow ? bottom + distancePx : top - distancePx - height)}px`;
}

/**
 * A small box over the page. The browser closes it on Escape and on a click beside it, and gives the focus back; a press
 * of any button in it closes it too.
 */
export function Popover({ anchor, label, role = 'dialog', onClose, children }: PopoverProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null) return;
    box.showPopover();
    place(box, anchor);
    box.querySelector<HTMLElement>('button, input')?.focus();
  }, [anchor]);
  return (
    <div
      ref={ref}
      popover="auto"
      className="popover"
      role={role}
      aria-label={label}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
      onKeyDown={(event) => {
        // Escape is the popover's alone
        event.stopPropagation();
      }}
      onClick={(event) => {
        event.stopPropagation();
        if ((event.target as Element).closest('button') !== null) ref.current?.hidePopover();
      }}
    >
      {children}
    </div>
  );
}
