// app/makeStore.ts
import { configureStore } from '@reduxjs/toolkit';
import type { HudhudOptions } from '@hudhud/state';
import {
  channelList,
  createCachePatcher,
  createHudhud,
  hudhudCheckOptions,
  messageList,
} from '@hudhud/state';
import { api } from './api';
import { listeners, noteBreadcrumb } from './middleware';
import { session } from './session';
import { ui } from './ui';

// 3: what the app's own answers are made of, one rule per endpoint
const patcher = createCachePatcher(api, [
  messageList({
    endpoint: 'getMessages',
    channelId: (channelId: string) => channelId,
    at: ['messages'],
  }),
  channelList({ endpoint: 'getChannels', at: ['channels'] }),
]);

export function makeStore(options: Partial<HudhudOptions> = {}) {
  const hudhud = createHudhud({
    baseUrl: '/api',
    tokens: session,
    cachePatchers: [patcher],
    ...options,
  });
  const store = configureStore({
    reducer: {
      ui: ui.reducer,
      api: api.reducer,
      hudhud: hudhud.reducer, // 1
    },
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions())
        .prepend(listeners.middleware, hudhud.middleware) // 2: before api.middleware
        .concat(api.middleware, noteBreadcrumb),
  });
  return { hudhud, store };
}

export type App = ReturnType<typeof makeStore>;
export type RootState = ReturnType<App['store']['getState']>;
