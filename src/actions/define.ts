import type { PayloadActionCreator, UnknownAction } from '@reduxjs/toolkit';
import { createAction, SHOULD_AUTOBATCH } from '@reduxjs/toolkit';

/**
 * Name of the instance that an action belongs to, where an app has one only.
 *
 * @public
 */
export const defaultInstance = 'hudhud';

/**
 * What every action of this package carries: the instance it belongs to (two chat back ends may live in one store), and
 * whether subscribers may wait for the action that ends the batch.
 *
 * @public
 */
export interface HudhudMeta {
  readonly hudhud: string;
  readonly [SHOULD_AUTOBATCH]?: true;
}

/** An action of this package. @public */
export interface HudhudAction<P = unknown, T extends string = string> extends UnknownAction {
  readonly type: T;
  readonly payload: P;
  readonly meta: HudhudMeta;
}

/**
 * A creator of actions: `(payload, instance?, isDeferred?) => action`. A deferred action leaves waking the store's
 * subscribers to the action that ends its batch.
 *
 * @public
 */
export type HudhudActionCreator<P, T extends string = string> = PayloadActionCreator<
  P,
  T,
  (payload: P, instance?: string, isDeferred?: boolean) => { payload: P; meta: HudhudMeta }
>;

/**
 * Makes an action creator whose actions carry their instance.
 *
 * @internal
 */
export function defineAction<P>() {
  return <T extends string>(type: T): HudhudActionCreator<P, T> =>
    createAction(type, (payload: P, instance?: string, isDeferred?: boolean) => ({
      payload,
      meta: metaOf(instance ?? defaultInstance, isDeferred === true),
    }));
}

function metaOf(hudhud: string, isDeferred: boolean): HudhudMeta {
  return isDeferred ? { hudhud, [SHOULD_AUTOBATCH]: true } : { hudhud };
}

/**
 * The same action, which leaves waking the store's subscribers to one that follows.
 *
 * @internal
 */
export function deferred(action: HudhudAction): HudhudAction {
  return { ...action, meta: metaOf(action.meta.hudhud, true) };
}

/**
 * Tells whether an action belongs to an instance.
 *
 * @internal
 */
export function isOfInstance(action: UnknownAction, instance: string): action is HudhudAction {
  // any host action passes here: its meta may be anything
  const meta = action['meta'] as Partial<HudhudMeta> | null | undefined;
  return meta?.hudhud === instance;
}

/**
 * Narrows an action to the one that a creator makes.
 *
 * @internal
 */
export function isType<P, T extends string>(
  action: UnknownAction,
  creator: HudhudActionCreator<P, T>,
): action is HudhudAction<P, T> {
  return action.type === creator.type;
}
