import type { BaseQueryFn } from '@reduxjs/toolkit/query';
import type { HudhudQueryError } from './queryError';
import { toQueryError } from './queryError';
import type { HudhudRead, PerformRead } from './reading';

/** How every query of `hudhud.api` asks: what an endpoint's `query` gives back is the read itself. @public */
export type HudhudBaseQuery = BaseQueryFn<HudhudRead, unknown, HudhudQueryError>;

/**
 * Makes the base query. It runs over the client that everything else uses, with its token, its one refresh at a time
 * and its error codes. What it learns is in the state before it answers, so that whoever sees an id finds its row.
 *
 * @internal
 */
export function createBaseQuery(perform: PerformRead): HudhudBaseQuery {
  return async (read, { signal }) => {
    try {
      return { data: await perform(read, signal) };
    } catch (error) {
      return { error: toQueryError(error) };
    }
  };
}
