import { createSlice } from '@reduxjs/toolkit';
import { sessionEnded, sessionStarted } from '@hudhud/state';

/** What this page shows: the answer is in the layer's own facts, so that there is one truth. */
interface SessionState {
  /** `restoring`: an earlier visit is being taken up again. */
  readonly status: 'restoring' | 'signedOut' | 'signedIn';
  /** The last session ended on its own. */
  readonly hasExpired: boolean;
}

const signedOut: SessionState = { status: 'signedOut', hasExpired: false };
const restoring: SessionState = { status: 'restoring', hasExpired: false };
const signedIn: SessionState = { status: 'signedIn', hasExpired: false };

const slice = createSlice({
  name: 'session',
  initialState: signedOut,
  reducers: {
    restoreStarted: () => restoring,
    restoreFailed: () => signedOut,
    sessionExpired: (state) => ({ ...state, hasExpired: true }),
  },
  extraReducers: (builder) => {
    builder
      .addCase(sessionStarted, () => signedIn)
      .addCase(sessionEnded, (state) => ({ ...state, status: 'signedOut' }));
  },
});

export const sessionReducer = slice.reducer;
export const { restoreStarted, restoreFailed, sessionExpired } = slice.actions;
