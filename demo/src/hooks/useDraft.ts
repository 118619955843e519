import { useCallback } from 'react';
import type { Draft } from '../app/drafts';
import { draftCleared, draftTyped, emptyDraft } from '../app/drafts';
import { useAppDispatch, useAppSelector } from '../app/hooks';

interface DraftControls {
  readonly draft: Draft;
  /** Whether anything was written or attached yet. */
  readonly isBegun: boolean;
  readonly write: (text: string) => void;
  readonly clear: () => void;
}

/** What was written in one place; it stays when the place is left. */
export function useDraft(key: string): DraftControls {
  const dispatch = useAppDispatch();
  const known = useAppSelector((state) => state.drafts[key]);
  const write = useCallback(
    (text: string) => {
      dispatch(draftTyped({ key, text }));
    },
    [dispatch, key],
  );
  const clear = useCallback(() => {
    dispatch(draftCleared(key));
  }, [dispatch, key]);
  return { draft: known ?? emptyDraft, isBegun: known !== undefined, write, clear };
}
