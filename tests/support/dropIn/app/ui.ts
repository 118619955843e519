// app/ui.ts
import type { PayloadAction } from '@reduxjs/toolkit';
import { createSlice } from '@reduxjs/toolkit';
import { sessionEnded } from '@hudhud/state';

interface UiState {
  readonly channelId: string | null;
}

const initialState: UiState = { channelId: null };

export const ui = createSlice({
  name: 'ui',
  initialState,
  reducers: {
    channelChosen: (_state, { payload }: PayloadAction<string>): UiState => ({
      channelId: payload,
    }),
  },
  // new: what belonged to somebody goes with them
  extraReducers: (builder) => builder.addCase(sessionEnded, () => initialState),
});

export const { channelChosen } = ui.actions;
