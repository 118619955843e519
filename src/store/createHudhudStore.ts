import type {
  EnhancedStore,
  Reducer,
  StoreEnhancer,
  ThunkDispatch,
  Tuple,
  UnknownAction,
} from '@reduxjs/toolkit';
import { combineReducers, configureStore } from '@reduxjs/toolkit';
import type { HudhudApi } from '../api/hudhudApi';
import type { HudhudRootState } from '../selectors/root';
import type { Hudhud } from './createHudhud';
import { createHudhud } from './createHudhud';
import { hudhudCheckOptions } from './hudhudCheckOptions';
import type { HudhudOptions } from './options';

/** The state of such a store: the chat's under `reducerPath`, its queries' under their own key. @public */
export type HudhudStoreState = HudhudRootState & {
  readonly hudhudApi: ReturnType<HudhudApi['reducer']>;
};

/** A store that holds nothing but the chat. @public */
export interface HudhudStore {
  readonly store: EnhancedStore<
    HudhudStoreState,
    UnknownAction,
    Tuple<
      [
        StoreEnhancer<{ dispatch: ThunkDispatch<HudhudStoreState, undefined, UnknownAction> }>,
        StoreEnhancer,
      ]
    >
  >;
  readonly hudhud: Hudhud;
}

/**
 * Makes a store with everything mounted, for a host that has none.
 *
 * @public
 * @throws HudhudError `INVALID_OPTION`.
 * @example
 * ```ts
 * const { store, hudhud } = createHudhudStore({ baseUrl: '/api' });
 * ```
 */
export function createHudhudStore(options: HudhudOptions): HudhudStore {
  const hudhud = createHudhud(options);
  const slices = {
    [hudhud.reducerPath]: hudhud.reducer as Reducer<unknown>,
    [hudhud.api.reducerPath]: hudhud.api.reducer as Reducer<unknown>,
  };
  // which keys there are is said at run time
  const reducer = combineReducers(slices) as unknown as Reducer<HudhudStoreState>;
  const store = configureStore({
    reducer,
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions(hudhud.reducerPath)).prepend(hudhud.middleware),
    devTools: { name: 'Hudhud', maxAge: 200 },
  });
  return { store, hudhud };
}
