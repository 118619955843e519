import type { Dispatch, UnknownAction } from '@reduxjs/toolkit';
import type { Runtime, StoreApi } from './runtime';

/**
 * The store for what works on its own. A subscriber of the host that throws does so after the state has the action, a
 * reducer of the host that throws keeps the action out of it: neither stops a stream, a load or a wish. It is counted.
 *
 * @internal
 */
export function createSafeStore(
  { counters, platform }: Pick<Runtime, 'counters' | 'platform'>,
  { dispatch, getState }: StoreApi,
): StoreApi {
  const safely = <A extends UnknownAction>(action: A): A => {
    try {
      return dispatch(action);
    } catch (error) {
      counters.inc('handlerErrors', 'store');
      platform.logger.debug('the store failed', { type: action.type, error });
      return action;
    }
  };
  return { getState, dispatch: safely as Dispatch };
}
