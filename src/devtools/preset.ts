import type { Action, DevToolsEnhancerOptions } from '@reduxjs/toolkit';
import { isOfInstance } from '../actions/define';
import type { HudhudState } from '../state/rootReducer';
import { ChannelNames } from './channelNames';
import { payloadOf, titleOf } from './rows';
import { stateView } from './stateView';

/** How the panel shows the chat. Everything has a default. @public */
export interface DevToolsPresetOptions {
  /** The instance. Default `'hudhud'`. */
  readonly reducerPath?: string;
  /** Name of the store in the panel. Default `'Hudhud'`. */
  readonly name?: string;
  /** Actions that the panel keeps. It computes states of all of them: more is slower. Default 200. */
  readonly maxAge?: number;
  /** Whether what people wrote is left out. Default `true`. */
  readonly hidesContent?: boolean;
}

/**
 * Options for the `devTools` of `configureStore`: rows say how much came and where, long lists are cut, tables are shown
 * as lists and histories as their sizes. Only what the panel shows is changed. What it exports is what it shows: to play
 * a session again, record it (`@hudhud/state/replay`).
 *
 * @public
 * @example
 * ```ts
 * configureStore({ reducer, middleware, devTools: hudhudDevTools() });
 * ```
 */
export function hudhudDevTools(options: DevToolsPresetOptions = {}): DevToolsEnhancerOptions {
  const { reducerPath = 'hudhud', name = 'Hudhud', maxAge = 200, hidesContent = true } = options;
  const names = new ChannelNames();
  return {
    name,
    maxAge,
    actionSanitizer: <A extends Action>(action: A): A => {
      if (!isOfInstance(action, reducerPath)) return action;
      names.learn(action);
      const payload = payloadOf(action, hidesContent);
      return { ...(action as A), type: titleOf(action, names), payload };
    },
    stateSanitizer: <S>(state: S): S => {
      const root = state as Readonly<Record<string, HudhudState | undefined>>;
      const own = root[reducerPath];
      // what the panel shows has the type of what it is of, and not its form
      return own === undefined ? state : ({ ...root, [reducerPath]: stateView(own) } as S);
    },
  };
}
