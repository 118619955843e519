import type { ThunkDispatch, UnknownAction } from '@reduxjs/toolkit';
import type { HudhudApi } from './hudhudApi';

interface Entry {
  readonly status?: string;
  readonly endpointName?: string;
  readonly originalArgs?: unknown;
  readonly error?: { readonly code?: unknown };
}

interface Cache {
  readonly queries: Readonly<Record<string, Entry | undefined>>;
}

/** Any of the endpoints, as far as it is needed to ask again. */
interface Endpoint {
  initiate(arg: unknown, how: { subscribe: false; forceRefetch: true }): UnknownAction;
}

/**
 * Asks again what was refused for want of a session, as far as somebody still looks at it: who was there before the
 * sign-in has no reason of their own to ask a second time.
 *
 * @internal
 */
export function askRefusedAgain(
  { endpoints, internalActions }: HudhudApi,
  cache: unknown,
  dispatch: ThunkDispatch<unknown, unknown, UnknownAction>,
): void {
  // what stands under our own key was made by our own reducer
  const { queries } = cache as Cache;
  const refused = Object.entries(queries).flatMap(([key, entry]) =>
    entry?.status === 'rejected' && entry.error?.code === 'UNAUTHORIZED' ? [{ key, entry }] : [],
  );
  if (refused.length === 0) return;
  // the middleware answers in the place of the action
  const answer = dispatch(internalActions.internal_getRTKQSubscriptions()) as unknown;
  const ledger = answer as { getSubscriptionCount(key: string): number };
  for (const { key, entry } of refused) {
    const { endpointName = '', originalArgs } = entry;
    // a host may have injected more than the types know of, and the cache may be of another build
    const endpoint = (endpoints as unknown as Record<string, Endpoint | undefined>)[endpointName];
    if (endpoint === undefined || ledger.getSubscriptionCount(key) === 0) continue;
    dispatch(endpoint.initiate(originalArgs, { subscribe: false, forceRefetch: true }));
  }
}
