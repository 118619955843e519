import type { Middleware, MiddlewareAPI, UnknownAction } from '@reduxjs/toolkit';
import { isAction } from '@reduxjs/toolkit';
import { HudhudError } from '../errors';
import { isMounted } from '../selectors/root';

/** The queries, as the middleware sees them. @internal */
export interface QueryApi {
  readonly reducerPath: string;
  readonly middleware: Middleware;
  /** The action that empties their cache. */
  readonly reset: () => UnknownAction;
  /** Asks again what was refused for want of a session. `cache` is what is mounted. */
  readonly askRefusedAgain: (cache: unknown, dispatch: MiddlewareAPI['dispatch']) => void;
}

/** @internal */
export interface Queries {
  /** Puts their own middleware before the rest of the chain. */
  readonly mount: (next: (action: unknown) => unknown) => (action: unknown) => unknown;
  /** Empties their cache. */
  reset(): void;
  /** A session is there: what was asked for before it was is asked for again. */
  sessionBegan(): void;
}

/**
 * Runs the middleware of the queries inside of ours, as long as their reducer is mounted: a host that does without them
 * has neither an action nor a timer of theirs.
 *
 * @internal
 */
export function createQueries(
  { reducerPath, middleware, reset, askRefusedAgain }: QueryApi,
  api: MiddlewareAPI,
): Queries {
  const start = middleware(api);
  const hasCache = (): boolean => isMounted(api.getState(), reducerPath);
  return {
    mount(next) {
      const run = start(next);
      return (action) => {
        if (hasCache()) return run(action);
        if (isAction(action) && action.type.startsWith(`${reducerPath}/`)) {
          throw new HudhudError(
            'NOT_MOUNTED',
            `The state has no "${reducerPath}", which hudhud.api needs. Mount its reducer: configureStore({ reducer: { ${reducerPath}: hudhud.api.reducer, … } }).`,
            { field: reducerPath },
          );
        }
        return next(action);
      };
    },
    reset() {
      if (hasCache()) api.dispatch(reset());
    },
    sessionBegan() {
      const root: unknown = api.getState();
      if (isMounted(root, reducerPath)) askRefusedAgain(root[reducerPath], api.dispatch);
    },
  };
}
