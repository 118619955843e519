import { describe, expect, it, jest } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import { isOfInstance } from '../../../src/actions/define';
import { metricsSampled } from '../../../src/actions/metrics';
import { noticesReceived } from '../../../src/actions/stream';
import { connectionChanged } from '../../../src/actions/connection';
import { createTimeTravel } from '../../../src/middleware/timeTravel';
import type { HudhudState } from '../../../src/state/rootReducer';
import { createRootReducer } from '../../../src/state/rootReducer';
import { connection } from '../../support/exampleData';

const reducer = createRootReducer('hudhud');
const start = reducer(undefined, { type: 'start' });
const notice = (ordinal: number) =>
  noticesReceived({
    ...{ stream: 'main', epoch: 1, ordinal, receivedAt: ordinal },
    events: [{ type: 'broadcast', op: 'notice', level: 'system', text: 'hi', timestamp: null }],
  });

/** A store by hand: `shown` is what it shows, `newest` what its actions came to. */
function setUp(hasTools = false) {
  const first = reducer(start, connection('open', 1, 'main'));
  const store = { root: { hudhud: first, n: 0 } as { hudhud?: HudhudState; n: number } };
  const reduce = jest.fn(reducer);
  const travel = createTimeTravel(
    { instance: 'hudhud', reduce },
    { getState: () => store.root },
    hasTools,
  );
  const show = (hudhud: HudhudState | undefined, n = store.root.n) => {
    store.root = { ...(hudhud === undefined ? {} : { hudhud }), n };
  };
  /** Lets an action through; the store follows it, or not. */
  const dispatch = (action: UnknownAction, follows = true) =>
    travel.pass(action, () => {
      const { hudhud, n } = store.root;
      if (follows) show(reducer(hudhud, action), n + (action.type === 'host/counted' ? 1 : 0));
      if (isOfInstance(action, 'hudhud')) travel.noteReduced(action, hudhud);
      return action;
    });
  return { store, travel, reduce, show, dispatch, now: () => store.root.hudhud };
}

describe('a store shows the present', () => {
  it('while every change comes by an action, nested ones too', () => {
    const { travel, dispatch, reduce, show, store } = setUp();
    dispatch(notice(1));
    expect(travel.isAway()).toBe(false);
    travel.pass(notice(2), () => {
      show(reducer(store.root.hudhud, notice(2)));
      // a subscriber asks and dispatches before the outer one is over
      expect(travel.isAway()).toBe(false);
      dispatch(notice(3));
    });
    expect(travel.isAway()).toBe(false);
    // nothing is computed twice where the store follows
    expect(reduce).not.toHaveBeenCalled();
  });

  it('also where a dispatch throws after the state has it', () => {
    const { travel, show, store } = setUp();
    expect(() =>
      travel.pass(notice(1), () => {
        show(reducer(store.root.hudhud, notice(1)));
        throw new Error('a subscriber');
      }),
    ).toThrow('a subscriber');
    expect(travel.isAway()).toBe(false);
  });

  it('where it was computed anew and is the same', () => {
    const { travel, dispatch, show, now } = setUp();
    dispatch(notice(1));
    show(structuredClone(now()));
    expect(travel.isAway()).toBe(false);
  });

  it('where the reducer is mounted late, or taken out', () => {
    const { travel, show, now } = setUp();
    const state = now();
    show(undefined);
    expect(travel.isAway()).toBe(false);
    show(state);
    expect(travel.isAway()).toBe(false);
  });
});

describe('a store is away', () => {
  it('where the state changed without an action, until it is back', () => {
    const { travel, dispatch, show, now } = setUp();
    const past = now();
    dispatch(notice(1));
    const newest = now();
    show(past);
    expect(travel.isAway()).toBe(true);
    expect(travel.isAway()).toBe(true);
    show(newest);
    expect(travel.isAway()).toBe(false);
  });

  it('for whoever dispatches inside of a host’s action too', () => {
    const { travel, dispatch, show, now } = setUp();
    const past = now();
    dispatch(notice(1));
    show(past);
    travel.pass({ type: 'host/looked' }, () => {
      expect(travel.isAway()).toBe(true);
    });
    expect(travel.isAdopted()).toBe(false);
  });

  it('and what passes meanwhile belongs to the newest state', () => {
    const { travel, dispatch, show, now } = setUp();
    const past = now();
    dispatch(notice(1));
    const newest = now();
    show(past);
    dispatch(notice(2), false);
    show(newest);
    expect(travel.isAway()).toBe(true);
    show(reducer(newest, notice(2)));
    expect(travel.isAway()).toBe(false);
  });

  it('no more where it follows an action: it goes on from there', () => {
    const { travel, dispatch, show, now } = setUp();
    dispatch(notice(1));
    show(start);
    expect(travel.isAway()).toBe(true);
    dispatch({ type: 'host/counted' });
    expect(travel.isAway()).toBe(false);
    expect(travel.isAdopted()).toBe(true);
    travel.clearAdopted();
    expect(travel.isAdopted()).toBe(false);
    expect(now()).toBe(start);
  });
});

describe('an action that the store does not follow', () => {
  it('is a host’s business where nothing tells of tools', () => {
    const { travel, dispatch } = setUp();
    dispatch(notice(1), false);
    dispatch(notice(2), false);
    expect(travel.isAway()).toBe(false);
    dispatch(connectionChanged({ ...connection('waiting', 1, 'main').payload }));
    expect(travel.isAway()).toBe(false);
  });

  it('tells that the state is an earlier one, where there are tools', () => {
    const { travel, dispatch, show, now } = setUp(true);
    const shown = now();
    dispatch(notice(1), false);
    expect(travel.isAway()).toBe(true);
    show(reducer(shown, notice(1)));
    expect(travel.isAway()).toBe(false);
  });

  it('counts once a jump has told of tools', () => {
    const { travel, dispatch, show, now } = setUp();
    const shown = now();
    dispatch(notice(1), false);
    dispatch(notice(2), false);
    show(start);
    expect(travel.isAway()).toBe(true);
    show(reducer(reducer(shown, notice(1)), notice(2)));
    expect(travel.isAway()).toBe(false);
  });

  it('tells nothing where it had nothing to do', () => {
    const { travel, dispatch } = setUp(true);
    dispatch({ type: 'host/looked' }, false);
    dispatch(notice(1));
    dispatch(metricsSampled({ at: 1, metrics: {} as never }, 'another instance'), false);
    expect(travel.isAway()).toBe(false);
  });
});

describe('what cannot wait', () => {
  it('reads the newest state, until the store shows the present again', () => {
    const { travel, dispatch, show, now, store } = setUp();
    const past = now();
    dispatch(notice(1));
    const newest = now();
    show(past);
    expect(travel.isAway()).toBe(true);
    expect(travel.view(store.root)).toBe(store.root);
    travel.insist();
    expect(travel.view(store.root)).toEqual({ n: 0, hudhud: newest });
    dispatch(notice(2), false);
    expect(travel.view(store.root)['hudhud']).toEqual(reducer(newest, notice(2)));
    show(reducer(newest, notice(2)));
    expect(travel.isAway()).toBe(false);
    expect(travel.isInsisting()).toBe(false);
    expect(travel.view(store.root)).toBe(store.root);
  });
});
