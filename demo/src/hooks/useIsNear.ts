import type { FocusEvent } from 'react';
import { useMemo, useState } from 'react';

interface Near {
  /** The pointer or the focus is in it. */
  readonly isNear: boolean;
  /** For the element itself. */
  readonly handlers: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
}

/** Whether somebody is at an element: what only they need is made then, and not for each of a thousand rows. */
export function useIsNear(): Near {
  const [isPointed, setIsPointed] = useState(false);
  const [hasFocus, setHasFocus] = useState(false);
  const handlers = useMemo(
    (): Near['handlers'] => ({
      onPointerEnter() {
        setIsPointed(true);
      },
      onPointerLeave() {
        setIsPointed(false);
      },
      onFocus() {
        setHasFocus(true);
      },
      onBlur({ currentTarget, relatedTarget }) {
        if (!currentTarget.contains(relatedTarget)) setHasFocus(false);
      },
    }),
    [],
  );
  return { isNear: isPointed || hasFocus, handlers };
}
