import { describe, expect, it } from '@jest/globals';
import type { LiftedStore } from '@redux-devtools/instrument';
import { ActionCreators, instrument } from '@redux-devtools/instrument';
import type { UnknownAction } from '@reduxjs/toolkit';
import { configureStore, Tuple } from '@reduxjs/toolkit';
import { createHudhud } from '../../src';
import { createFakePlatform } from '../../src/testing';
import { ids, messageId, typingFrame } from '../support/hudhudAnswers';
import type { OutboxWorld } from '../support/outboxWorld';
import { createOutboxWorld } from '../support/outboxWorld';

type Lifted = LiftedStore<unknown, UnknownAction, null>;

interface Travelled extends OutboxWorld {
  readonly lifted: Lifted;
  /** Lets everything happen that a runner could take for a reason to send. */
  readonly nudge: () => Promise<void>;
}

async function open(): Promise<Travelled> {
  const world = await createOutboxWorld({ outbox: { undoDeleteMs: 1_000 } }, 2, instrument());
  const { liftedStore } = world.store as unknown as { readonly liftedStore: Lifted };
  return Object.assign(world, {
    lifted: liftedStore,
    async nudge() {
      await world.push(typingFrame(ids.omar));
      world.platform.setOnline(false);
      world.platform.setOnline(true);
      await world.platform.advance(100);
    },
  });
}

/** A morning's work: everything that can be wished, done, refused, undone and called off. */
async function work(world: Travelled): Promise<void> {
  const { store, hudhud, platform } = world;
  const { actions } = hudhud;
  const here = { channelId: ids.general };
  let refusals = 0;
  world.fate = ({ body }) => {
    if (body?.includes('three') === true) return (refusals += 1) === 1 ? 409 : 'done';
    return body?.includes('four') === true ? 400 : 'done';
  };
  for (const text of ['one', 'two', 'three', 'four']) world.send(text);
  await platform.advance(2_000);
  store.dispatch(actions.editMessage({ ...here, target: messageId(3), content: 'better' }));
  store.dispatch(actions.addReaction({ ...here, target: messageId(1), emoji: '👍' }));
  store.dispatch(actions.deleteMessage({ ...here, target: messageId(4) }));
  await platform.advance(2_000);
  const undone = actions.deleteMessage({ ...here, target: messageId(3) });
  store.dispatch(undone);
  store.dispatch(actions.discard({ opId: undone.payload.opId }));
  platform.setOnline(false);
  const never = world.send('never');
  store.dispatch(actions.editMessage({ ...here, target: never, content: 'not at all' }));
  store.dispatch(actions.addReaction({ ...here, target: messageId(2), emoji: '👍' }));
  await platform.advance(100);
  store.dispatch(actions.removeReaction({ ...here, target: messageId(2), emoji: '👍' }));
  store.dispatch(actions.deleteMessage({ ...here, target: never }));
  platform.setOnline(true);
  await platform.advance(60_000);
  expect(world.statuses()).toEqual(['failed']);
}

const counted = (world: OutboxWorld): readonly string[] => [...world.written()];

describe('developer tools (L19)', () => {
  it('send nothing by going to every earlier state, whatever happens there', async () => {
    const world = await open();
    await work(world);
    const sent = counted(world);
    expect(sent).toHaveLength(8);
    const { lifted } = world;
    const states = lifted.getState().computedStates.length;
    expect(states).toBeGreaterThan(40);
    for (let at = states - 1; at >= 0; at -= 1) {
      lifted.dispatch(ActionCreators.jumpToState(at));
      await world.nudge();
    }
    await world.platform.advance(120_000);
    expect(counted(world)).toEqual(sent);
    // and back: what is wished from here on is sent
    lifted.dispatch(ActionCreators.jumpToState(lifted.getState().computedStates.length - 1));
    world.send('five');
    await world.platform.advance(1_000);
    expect(counted(world)).toHaveLength(sent.length + 1);
    expect(world.texts()).toContain('five');
  });

  it('send nothing by leaving actions out, or by another order of them', async () => {
    const world = await open();
    await work(world);
    const sent = counted(world);
    const { lifted } = world;
    const staged = [...lifted.getState().stagedActionIds].filter((id) => id > 0);
    for (const id of staged) {
      lifted.dispatch(ActionCreators.toggleAction(id));
      await world.nudge();
      lifted.dispatch(ActionCreators.toggleAction(id));
    }
    for (const id of staged.slice(1)) {
      lifted.dispatch(ActionCreators.reorderAction(id, staged[0] ?? 1));
    }
    await world.nudge();
    await world.platform.advance(120_000);
    expect(counted(world)).toEqual(sent);
  });

  it('send nothing by an import into a client that never saw the wishes', async () => {
    const world = await open();
    await work(world);
    const other = await open();
    other.lifted.dispatch(ActionCreators.importState(world.lifted.getState()));
    const states = other.lifted.getState().computedStates.length;
    expect(states).toBeGreaterThan(40);
    other.hudhud.stop();
    other.hudhud.start();
    for (let at = states - 1; at >= 0; at -= 1) {
      other.lifted.dispatch(ActionCreators.jumpToState(at));
      await other.nudge();
    }
    await other.platform.advance(120_000);
    expect(other.writes()).toEqual([]);
  });

  it('send nothing by a log that is replayed', async () => {
    const world = await open();
    await work(world);
    const sent = counted(world);
    const platform = createFakePlatform();
    const player = createHudhud({ baseUrl: '/api', platform });
    const store = configureStore({
      reducer: { hudhud: player.reducer },
      middleware: () => new Tuple(),
    });
    world.actions.forEach((action) => store.dispatch(action));
    expect(store.getState()).toEqual(world.store.getState());
    await world.platform.advance(120_000);
    await platform.advance(120_000);
    expect(counted(world)).toEqual(sent);
  });

  it('and wishes that are dispatched once more are the same wishes', async () => {
    const world = await open();
    await work(world);
    const sent = counted(world);
    const wishes = world.actions.filter(({ type }) => type === 'outbox/sendRequested');
    expect(wishes).toHaveLength(5);
    for (const wish of wishes) world.store.dispatch(wish);
    await world.platform.advance(120_000);
    expect(counted(world)).toEqual(sent);
  });

  it('send nothing by code that is exchanged while it runs', async () => {
    const world = await open();
    await work(world);
    const sent = counted(world);
    const store = world.store as unknown as {
      replaceReducer(reducer: unknown): void;
    };
    const before = world.texts();
    const { reducer } = world.hudhud;
    store.replaceReducer((state: { hudhud?: never } | undefined, action: UnknownAction) => ({
      hudhud: reducer(state?.hudhud, action),
    }));
    await world.nudge();
    await world.platform.advance(120_000);
    expect(counted(world)).toEqual(sent);
    expect(world.texts()).toEqual(before);
    world.send('six');
    await world.platform.advance(1_000);
    expect(counted(world)).toHaveLength(sent.length + 1);
  });
});
