// chat/makeChat.ts
import { configureStore } from '@reduxjs/toolkit';
import { configFromEnv, createHudhud, hudhudCheckOptions } from '@hudhud/state';

export function makeChat() {
  const hudhud = createHudhud({ baseUrl: '/api', ...configFromEnv() });
  const store = configureStore({
    reducer: {
      // the key is the option `reducerPath`, 'hudhud' by default; your own slices go beside it
      hudhud: hudhud.reducer,
    },
    middleware: (getDefault) => getDefault(hudhudCheckOptions()).prepend(hudhud.middleware),
  });
  return { hudhud, store };
}
