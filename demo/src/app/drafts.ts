import type { PayloadAction } from '@reduxjs/toolkit';
import { createSlice } from '@reduxjs/toolkit';
import { sessionEnded } from '@hudhud/state';

/** What was written or attached and not sent. */
export interface Draft {
  readonly text: string;
  /** Files that were attached here: a channel and its threads have drafts of their own. */
  readonly uploadIds: readonly string[];
}

/** By what is written: a channel, a thread, or the new text of a message. */
type DraftsState = Readonly<Record<string, Draft>>;

interface Typed {
  readonly key: string;
  readonly text: string;
}

interface Attached {
  readonly key: string;
  readonly uploadIds: readonly string[];
}

export const emptyDraft: Draft = { text: '', uploadIds: [] };
const initialState: DraftsState = {};

const slice = createSlice({
  name: 'drafts',
  initialState,
  reducers: {
    draftTyped: (state, { payload: { key, text } }: PayloadAction<Typed>) => ({
      ...state,
      [key]: { ...(state[key] ?? emptyDraft), text },
    }),
    filesAttached: (state, { payload: { key, uploadIds } }: PayloadAction<Attached>) => {
      const draft = state[key] ?? emptyDraft;
      return { ...state, [key]: { ...draft, uploadIds: [...draft.uploadIds, ...uploadIds] } };
    },
    draftCleared: (state, { payload }: PayloadAction<string>) =>
      Object.fromEntries(Object.entries(state).filter(([key]) => key !== payload)),
  },
  extraReducers: (builder) => {
    builder.addCase(sessionEnded, () => initialState);
  },
});

export const draftsReducer = slice.reducer;
export const { draftTyped, filesAttached, draftCleared } = slice.actions;

export function draftKey(channelId: string, parentId: string | null): string {
  return parentId === null ? channelId : `${channelId}/${parentId}`;
}

/** Key of a message's new text. */
export function editKey(rowKey: string): string {
  return `edit/${rowKey}`;
}
