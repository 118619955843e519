import { useCallback } from 'react';
import { useDispatch } from 'react-redux';
import { isType } from '../../actions/define';
import type { HudhudAction } from '../../actions/define';
import type { OperationRef } from '../../actions/outbox';
import { operationRejected } from '../../actions/outbox';
import type { HudhudErrorCode } from '../../errors';

/** What became of a wish at once: it is shown, or nobody can fulfil it. @public */
export type WishResult =
  | { readonly ok: true; readonly opId: string }
  | { readonly ok: false; readonly code: HudhudErrorCode };

/**
 * Dispatches a wish and tells whether it was taken.
 *
 * @internal
 */
export function useWish(): (wish: HudhudAction<OperationRef>) => WishResult {
  const dispatch = useDispatch();
  return useCallback(
    (wish) => {
      // the middleware gives back what it put in the place of a wish that it refused
      const taken: HudhudAction = dispatch(wish);
      return isType(taken, operationRejected)
        ? { ok: false, code: taken.payload.code }
        : { ok: true, opId: wish.payload.opId };
    },
    [dispatch],
  );
}
