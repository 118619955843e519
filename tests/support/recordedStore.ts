import type { Reducer, UnknownAction } from '@reduxjs/toolkit';
import { configureStore } from '@reduxjs/toolkit';
import { createRecorder } from '../../src/replay/recorder';
import type { RecorderOptions } from '../../src/replay/recorderOptions';
import type { HudhudState } from '../../src/state/rootReducer';
import { createRootReducer } from '../../src/state/rootReducer';
import type { FakePlatform } from '../../src/testing';
import { createFakePlatform } from '../../src/testing';
import { connection } from './exampleData';

/** An action of the test that puts the chat's state into another one, as time travel or a host's reset do. */
export const jumped = (state?: HudhudState) => ({ type: 'test/jumped', state });

/** A store with the chat's reducer, a host's and a recorder that is started, in virtual time. */
export function createRecordedStore(
  options: RecorderOptions = {},
  platform: FakePlatform = createFakePlatform(),
) {
  const recorder = createRecorder({ platform, ...options });
  const reduce = createRootReducer('hudhud');
  const hudhud: Reducer<HudhudState> = (state, action: UnknownAction) =>
    action.type === 'test/jumped'
      ? ((action['state'] as HudhudState | undefined) ?? reduce(undefined, action))
      : reduce(state, action);
  const todos = (state: number | undefined = 0, action: UnknownAction): number =>
    action.type === 'todos/added' ? state + 1 : state;
  const store = configureStore({
    reducer: { hudhud, todos },
    middleware: (getDefault) =>
      getDefault({ serializableCheck: false, immutableCheck: false }).concat(recorder.middleware),
    devTools: false,
  });
  recorder.start();
  for (const stream of ['main', 'channel:general'] as const) {
    store.dispatch(connection('open', 1, stream));
  }
  return { recorder, store, platform, live: () => store.getState().hudhud };
}
