import type { EnhancedStore } from '@reduxjs/toolkit';
import { configureStore } from '@reduxjs/toolkit';
import type { HudhudState } from '../state/rootReducer';
import type { Hudhud } from './createHudhud';
import { createHudhud } from './createHudhud';
import { hudhudCheckOptions } from './hudhudCheckOptions';
import type { HudhudOptions } from './options';

/** A store that holds nothing but the chat. @public */
export interface HudhudStore {
  readonly store: EnhancedStore<Readonly<Record<string, HudhudState>>>;
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
  const store = configureStore({
    reducer: { [hudhud.reducerPath]: hudhud.reducer },
    middleware: (getDefault) =>
      getDefault(hudhudCheckOptions(hudhud.reducerPath)).prepend(hudhud.middleware),
    devTools: { name: 'Hudhud', maxAge: 200 },
  });
  return { store, hudhud };
}
