import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import {
  channelClosed,
  channelOpened,
  historyRequested,
  threadOpened,
} from '../../../src/actions/command';
import type { HudhudAction } from '../../../src/actions/define';
import type { HistoryEvicted } from '../../../src/actions/eviction';
import { historyEvicted } from '../../../src/actions/eviction';
import { sessionEnded } from '../../../src/actions/session';
import type { Protection } from '../../../src/middleware/eviction';
import { createEviction } from '../../../src/middleware/eviction';
import { createOrdinals } from '../../../src/middleware/ordinals';
import type { Runtime } from '../../../src/middleware/runtime';
import { createSelectors } from '../../../src/selectors/createSelectors';
import { createRootReducer } from '../../../src/state/rootReducer';
import {
  connection,
  created,
  design,
  general,
  heard,
  messageOf,
  minute,
  page,
} from '../../support/exampleData';
import { began, editWished, failedBy } from '../../support/wishes';

/** A store with this middleware alone, and a wish for it to hold little. */
function setup(protection: Protection = {}, maxChannelsHeld = 50) {
  const reduce = createRootReducer('hudhud');
  let state = { hudhud: reduce(undefined, { type: 'start' }) };
  const evicted: HistoryEvicted[] = [];
  const ordinals = createOrdinals(0);
  // what it takes of the rest of the client
  const runtime = {
    ...{ selectors: createSelectors(), instance: 'hudhud', ordinals },
    ...{ maxMessagesPerChannel: 200, maxChannelsHeld },
  } as unknown as Runtime;
  const store = {
    getState: () => state,
    dispatch: <A extends UnknownAction>(action: A): A => {
      state = { hudhud: reduce(state.hudhud, action) };
      if (historyEvicted.match(action)) evicted.push(action.payload);
      eviction.note(action as unknown as HudhudAction);
      return action;
    },
  };
  const eviction = createEviction(runtime, store, protection);
  store.dispatch(connection('open'));
  let n = 0;
  const tell = (count: number, channelId: string = general, parentId: string | null = null) => {
    for (let i = 0; i < count; i++) {
      const o = ordinals.next();
      ordinals.take(o + 1, 0);
      n += 1;
      store.dispatch(heard(o, created(`m${n}`, { channelId, parentId, createdAt: minute(n) })));
    }
  };
  const sizeOf = (channelId: string = general): number =>
    state.hudhud.messages.channels.find((log) => log.channelId === channelId)?.size ?? 0;
  const held = () => state.hudhud.messages.channels.map(({ channelId }) => channelId);
  return { ...store, evicted, tell, sizeOf, held, ordinals };
}

const older = historyRequested({ channelId: general, parentId: null, side: 'older' });
const ref = { channelId: general };

describe('a channel that holds too much', () => {
  it('is cut to the bound once it is passed by a tenth: once per so many messages', () => {
    const { tell, sizeOf, evicted } = setup();
    tell(220);
    expect(evicted).toEqual([]);
    tell(1);
    expect(evicted).toMatchObject([{ channels: [{ channelId: general, before: minute(22) }] }]);
    expect(sizeOf()).toBe(200);
    tell(20);
    expect(evicted).toHaveLength(1);
  });

  it('may grow while somebody reads further back in it, up to four times the bound, and is cut when it is closed', () => {
    const { dispatch, tell, sizeOf, evicted } = setup();
    dispatch(channelOpened(ref));
    dispatch(older);
    tell(800);
    expect(evicted).toEqual([]);
    tell(1);
    expect(sizeOf()).toBeLessThan(800);
    expect(sizeOf()).toBeGreaterThan(700);
    dispatch(channelClosed(ref));
    expect(sizeOf()).toBe(200);
  });

  it('is cut while it is open, if nothing but its newest side was loaded since', () => {
    const { dispatch, tell, sizeOf } = setup();
    dispatch(channelOpened(ref));
    dispatch(older);
    dispatch(channelClosed(ref));
    dispatch(channelOpened(ref));
    tell(221);
    expect(sizeOf()).toBe(200);
  });

  it('counts replies, and lets them go with their parents, but for a thread that is on screen', () => {
    const { dispatch, tell, evicted, getState } = setup();
    dispatch(channelOpened(ref));
    dispatch(threadOpened({ channelId: general, parentId: 'm1' }));
    tell(2);
    tell(10, general, 'm1');
    tell(10, general, 'm2');
    tell(199);
    expect(evicted).toHaveLength(1);
    const { selectReplies, selectMessage } = createSelectors();
    expect(selectMessage(getState(), general, 'm1')).toBeNull();
    expect(selectReplies(getState(), general, 'm1')).toHaveLength(10);
    expect(selectReplies(getState(), general, 'm2')).toHaveLength(0);
  });

  it('keeps what is protected, and is not looked through again for each message', () => {
    let asked = 0;
    const world = setup({
      selectEarliestPendingTarget: () => {
        asked += 1;
        return minute(1);
      },
      selectFirstUnreadAt: () => minute(50),
    });
    world.tell(230);
    expect(world.evicted).toEqual([]);
    expect(asked).toBe(1);
    expect(world.sizeOf()).toBe(230);
  });
});

describe('a wish that is about an old message', () => {
  const edited = [editWished('e1', 'm1', 'x'), began('e1', 10_000)];

  it('keeps it and all that is newer while it waits for its turn', () => {
    const { dispatch, tell, sizeOf } = setup({
      selectEarliestPendingTarget: createSelectors().selectEarliestPendingTarget,
    });
    tell(1);
    dispatch(editWished('e1', 'm1', 'x'));
    tell(1_200);
    expect(sizeOf()).toBe(1_201);
  });

  it('and failed keeps them up to four times the bound; then its row comes back with its page', () => {
    const { selectEarliestPendingTarget, selectTimeline } = createSelectors();
    const { dispatch, tell, sizeOf, getState, ordinals } = setup({ selectEarliestPendingTarget });
    tell(1);
    for (const action of [...edited, failedBy('e1')]) dispatch(action);
    tell(600);
    expect(sizeOf()).toBe(601);
    tell(400);
    expect(sizeOf()).toBeLessThan(300);
    expect(getState().hudhud.outbox.channels[0]?.operations).toMatchObject([{ opId: 'e1' }]);
    const o = ordinals.next();
    ordinals.take(o + 1, 0);
    dispatch(page(o, [messageOf('m1', { createdAt: minute(1) })]));
    expect(selectTimeline(getState(), general).find(({ id }) => id === 'm1')).toMatchObject({
      ...{ content: 'x', status: 'failed', pending: { opId: 'e1' } },
    });
  });
});

describe('channels', () => {
  it('are let go when there are too many, the least recently viewed first, and never one that is open', () => {
    const world = setup({}, 3);
    world.dispatch(channelOpened({ channelId: 'a' }));
    world.tell(1, 'a');
    world.tell(1, 'b');
    world.dispatch(channelOpened({ channelId: 'c' }));
    world.dispatch(channelClosed({ channelId: 'c' }));
    world.tell(1, 'c');
    world.tell(1, design);
    expect(world.evicted).toMatchObject([{ channels: [{ channelId: 'b', before: null }] }]);
    expect(world.held()).toEqual(['a', 'c', design]);
    world.tell(1, 'b');
    expect(world.held()).toEqual(['a', 'c', 'b']);
    // of those that were never viewed the first that was heard of
    world.tell(1, 'd');
    expect(world.held()).toEqual(['a', 'c', 'd']);
  });

  it('stay if all of them are open, and what is on screen outlives the session', () => {
    const world = setup({}, 1);
    for (const channelId of ['a', 'b']) {
      world.dispatch(channelOpened({ channelId }));
      world.tell(1, channelId);
    }
    expect(world.held()).toEqual(['a', 'b']);
    world.dispatch(sessionEnded({ reason: 'logout' }));
    world.dispatch(connection('open', 2));
    expect(world.held()).toEqual([]);
  });

  it('that were let go are heard of again from the next message on', () => {
    const world = setup({}, 1);
    world.dispatch(channelOpened({ channelId: 'a' }));
    world.tell(1, 'b');
    world.tell(1, 'a');
    expect(world.held()).toEqual(['a']);
    const { selectTimelineInfo, selectTrustedFrom } = createSelectors();
    expect(selectTimelineInfo(world.getState(), 'b').isKnown).toBe(false);
    expect(selectTrustedFrom(world.getState(), 'b')).toBe(world.evicted[0]?.ordinal);
    expect(world.evicted[0]?.ordinal).toBe(world.ordinals.next());
  });
});
