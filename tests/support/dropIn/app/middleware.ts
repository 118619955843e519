// app/middleware.ts
import type { Middleware } from '@reduxjs/toolkit';
import { createListenerMiddleware, isAction } from '@reduxjs/toolkit';
import { sessionEnded } from '@hudhud/state';
import { api } from './api';

export const listeners = createListenerMiddleware();

// new: the app's cache is the app's to empty
listeners.startListening({
  actionCreator: sessionEnded,
  effect: (_action, { dispatch }) => {
    dispatch(api.util.resetApiState());
  },
});

/** The last actions, for crash reports. */
export const breadcrumbs: string[] = [];

export const noteBreadcrumb: Middleware = () => (next) => (action) => {
  if (isAction(action)) breadcrumbs.push(action.type);
  if (breadcrumbs.length > 50) breadcrumbs.shift();
  return next(action);
};
