import type { PayloadAction } from '@reduxjs/toolkit';
import { createSlice } from '@reduxjs/toolkit';
import { sessionEnded } from '@hudhud/state';

/** Up to which moment each channel was read on this page, in epoch ms. */
type ReadsState = Readonly<Record<string, number>>;

const initialState: ReadsState = {};

const slice = createSlice({
  name: 'reads',
  initialState,
  reducers: {
    channelRead: (
      state,
      { payload }: PayloadAction<{ readonly channelId: string; readonly upTo: number }>,
    ) =>
      (state[payload.channelId] ?? 0) >= payload.upTo
        ? state
        : { ...state, [payload.channelId]: payload.upTo },
  },
  extraReducers: (builder) => {
    builder.addCase(sessionEnded, () => initialState);
  },
});

export const readsReducer = slice.reducer;
export const { channelRead } = slice.actions;
