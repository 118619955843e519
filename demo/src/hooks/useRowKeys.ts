import type { KeyboardEvent } from 'react';
import { useConversation } from '../components/messages/conversation';
import { rowBeside } from '../dom/rowFocus';

/** The arrow keys go from message to message; Escape, and the way down past the last one, lead to the composer. */
export function useRowKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const { focusComposer } = useConversation();
  return (event) => {
    const { key, currentTarget, altKey, ctrlKey, metaKey } = event;
    const target = event.target as Element;
    const isRow = target.matches('.message-row');
    if (altKey || ctrlKey || metaKey) return;
    if (!isRow && !target.matches('[data-virtuoso-scroller]')) return;
    if (key === 'Escape' && isRow) {
      event.stopPropagation();
      focusComposer();
    } else if (key === 'ArrowUp' || key === 'ArrowDown') {
      event.preventDefault();
      const next = rowBeside(currentTarget, target, key === 'ArrowDown' ? 1 : -1);
      if (next === 'end') focusComposer();
      else next?.focus();
    }
  };
}
