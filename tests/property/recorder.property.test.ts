import { expect, it } from '@jest/globals';
import type { LiftedStore } from '@redux-devtools/instrument';
import { ActionCreators, instrument } from '@redux-devtools/instrument';
import type { UnknownAction } from '@reduxjs/toolkit';
import { configureStore, Tuple } from '@reduxjs/toolkit';
import fc from 'fast-check';
import { createPlayer } from '../../src/replay/player';
import { readLog } from '../../src/replay/readLog';
import { createRecorder } from '../../src/replay/recorder';
import type { RecorderOptions } from '../../src/replay/recorderOptions';
import { createMemorySink } from '../../src/replay/sinks';
import { createRootReducer } from '../../src/state/rootReducer';
import { anyAction } from '../support/anyActions';
import { anyWish } from '../support/anyWishes';
import { expectEqual } from '../support/quickExpect';
import { createRecordedStore, jumped } from '../support/recordedStore';
import { withoutChance } from '../support/withoutChance';

const step = fc.oneof(
  { weight: 8, arbitrary: anyAction(2) },
  { weight: 4, arbitrary: anyWish },
  fc.constant(jumped()),
  fc.constant({ type: 'todos/added', payload: 1 }),
  fc.constant('flush' as const),
);
const options = fc.record({
  checkpointEvery: fc.integer({ min: 1, max: 9 }),
  maxActions: fc.constantFrom(8, 40, 1_000),
  level: fc.constantFrom('domain' as const, 'full' as const),
  redaction: fc.constantFrom('none' as const, 'pseudonyms' as const),
});

/** Plays a log, with every clock and every source of chance throwing. */
function replay(text: string) {
  const log = readLog(text);
  return withoutChance(() => {
    const player = createPlayer(log);
    expectEqual(player.verify(), []);
    player.seek(player.last);
    return player;
  });
}

it('whatever happened, a log can be replayed and comes to the same (L13)', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50, size: 'max' }), options, (steps, chosen) => {
      const sink = createMemorySink();
      const { recorder, store, live } = createRecordedStore({ ...chosen, sink });
      for (const one of steps) {
        if (one === 'flush') recorder.flush();
        else store.dispatch(one);
      }
      const player = replay(recorder.export());
      expect(recorder.stats().held).toBeLessThanOrEqual(chosen.maxActions);
      if (chosen.redaction === 'none') expectEqual(player.state, live());
      expectEqual(replay(sink.text()).state, player.state);
    }),
    { numRuns: 80 },
  );
});

/** What somebody does in the DevTools, where a number picks one of what is there. */
const travel = fc.oneof(
  fc.record({ to: fc.constant('jump' as const), n: fc.nat(30) }),
  fc.record({ to: fc.constant('toggle' as const), n: fc.nat(30) }),
  fc.constantFrom(
    ...(['commit', 'rollback', 'reset', 'export', 'flush'] as const).map((to) => ({ to, n: 0 })),
  ),
);

/** A store as the extension instruments it, without the middleware that lets wishes wait while it shows the past. */
function travelled(chosen: RecorderOptions) {
  const recorder = createRecorder(chosen);
  const store = configureStore({
    reducer: { hudhud: createRootReducer('hudhud') },
    middleware: () => new Tuple(recorder.middleware),
    devTools: false,
    enhancers: (getDefault) => getDefault().concat(instrument()),
  });
  const { liftedStore } = store as unknown as {
    readonly liftedStore: LiftedStore<unknown, UnknownAction, null>;
  };
  const live = () => store.getState().hudhud;
  const jump = (n: number): void => {
    const { length } = liftedStore.getState().stagedActionIds;
    liftedStore.dispatch(ActionCreators.jumpToState((n + length) % length));
  };
  let seen = live();
  const dispatch = (action: UnknownAction): void => {
    // a past that is the same as what was there last cannot be told from it
    if (live() === seen) jump(-1);
    store.dispatch(action);
    seen = live();
  };
  const exported = () => {
    recorder.export();
    return live();
  };
  const go = ({ to, n }: { readonly to: string; readonly n: number }): void => {
    const [, ...ids] = liftedStore.getState().stagedActionIds;
    const toggled = ids[n % ids.length];
    if (to === 'export') seen = exported();
    else if (to === 'flush') recorder.flush();
    else if (to === 'jump') jump(n);
    else if (to === 'commit') liftedStore.dispatch(ActionCreators.commit());
    else if (to === 'rollback') liftedStore.dispatch(ActionCreators.rollback());
    else if (to === 'reset') liftedStore.dispatch(ActionCreators.reset());
    else if (toggled !== undefined) liftedStore.dispatch(ActionCreators.toggleAction(toggled));
  };
  recorder.start();
  return { recorder, dispatch, go, live };
}

it('so it is whatever the DevTools showed meanwhile, and whatever was dispatched in the past', () => {
  const steps = fc.array(fc.oneof({ weight: 6, arbitrary: anyAction(3) }, travel), {
    ...{ maxLength: 50, size: 'max' },
  });
  fc.assert(
    fc.property(steps, options, (taken, chosen) => {
      const sink = createMemorySink();
      const { recorder, dispatch, go, live } = travelled({ ...chosen, sink });
      for (const one of taken) {
        if ('to' in one) go(one);
        else dispatch(one);
      }
      const player = replay(recorder.export());
      if (chosen.redaction === 'none') expectEqual(player.state, live());
      expectEqual(replay(sink.text()).state, player.state);
    }),
    { numRuns: 60 },
  );
});
