import type { PayloadAction } from '@reduxjs/toolkit';
import { createSlice } from '@reduxjs/toolkit';
import { sessionEnded } from '@hudhud/state';

/** What was typed and not sent, by channel. */
type DraftsState = Readonly<Record<string, string>>;

const initialState: DraftsState = {};

const slice = createSlice({
  name: 'drafts',
  initialState,
  reducers: {
    draftChanged: (
      state,
      { payload }: PayloadAction<{ readonly channelId: string; readonly text: string }>,
    ) => ({ ...state, [payload.channelId]: payload.text }),
  },
  extraReducers: (builder) => {
    builder.addCase(sessionEnded, () => initialState);
  },
});

export const draftsReducer = slice.reducer;
export const { draftChanged } = slice.actions;
