import { configureStore } from '@reduxjs/toolkit';
import { createHudhud, hudhudCheckOptions } from '@hudhud/state';
import { createRecorder } from '@hudhud/state/replay';
import { draftsReducer } from './drafts';
import { readKeeping } from './keeping';
import { maxMessageLength, maxUploadBytes } from './limits';
import { sessionReducer } from './session';

/** The one chat back end of this page; the page's own server passes `/api` on to it. */
export const hudhud = createHudhud({
  baseUrl: '/api',
  maxUploadBytes,
  outbox: { maxMessageLength },
  persistence: { messageText: readKeeping() === 'messages' },
});

/** What reducers saw last, without a word of what people wrote: short enough to be pasted into a report. */
export const recorder = createRecorder({ app: 'hudhud demo', maxBytes: 256 * 1_024 });

/** The host's own store: the chat is one slice of it, beside what only this client knows. */
export const store = configureStore({
  reducer: {
    hudhud: hudhud.reducer,
    session: sessionReducer,
    drafts: draftsReducer,
  },
  middleware: (getDefault) =>
    getDefault(hudhudCheckOptions()).prepend(hudhud.middleware).concat(recorder.middleware),
  devTools: { name: 'Hudhud demo', maxAge: 200 },
});

export type RootState = ReturnType<typeof store.getState>;
export type AppDispatch = typeof store.dispatch;
