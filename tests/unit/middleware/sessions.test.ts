import { describe, expect, it } from '@jest/globals';
import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { createHudhud, hudhudCheckOptions, sessionStarted } from '../../../src';
import { ids, initFrame, me, messageFrame, omar, grant } from '../../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

describe('one session after another', () => {
  it('whoever signs in over someone else finds nothing of theirs', async () => {
    let isOmar = false;
    const world = createHudhudWorld({
      routes: {
        'POST /auth/login': (request) => {
          request.json({ success: true, user: isOmar ? omar : me, tokens: grant() });
        },
      },
    });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame(), messageFrame(1));
    expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(1);
    isOmar = true;
    await hudhud.auth.login({ username: 'omar', password: 'x' });
    await platform.settle();
    expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toEqual([]);
    expect(hudhud.selectors.selectViewerId(store.getState())).toBe(ids.omar);
    expect(world.streams.map((body) => body.isOpen())).toEqual([false, true]);
  });

  it('whoever signs in again keeps what is there', async () => {
    const world = createHudhudWorld();
    const { hudhud, store } = world;
    await enter(world);
    await world.push(initFrame(), messageFrame(1));
    await hudhud.auth.login({ username: 'lina', password: 'x' });
    expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(1);
    expect(world.streams).toHaveLength(1);
  });

  it("another instance's sessions are its own", async () => {
    const world = createHudhudWorld();
    const { hudhud, store } = world;
    await enter(world);
    await world.push(initFrame(), messageFrame(1));
    store.dispatch(sessionStarted({ user: { id: ids.omar } }, 'other'));
    expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(1);
  });
});

it('what was wished while nobody was signed in is not shown to somebody else', async () => {
  let isOmar = false;
  const world = createHudhudWorld({
    routes: {
      'POST /auth/login': (request) => {
        request.json({ success: true, user: isOmar ? omar : me, tokens: grant() });
      },
    },
  });
  const { hudhud, store, platform } = world;
  await enter(world);
  const leaving = hudhud.auth.logout();
  await platform.settle();
  await leaving;
  store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'mine' }));
  await platform.settle();
  isOmar = true;
  await hudhud.auth.login({ username: 'omar', password: 'x' });
  await platform.settle();
  expect(hudhud.selectors.selectTimeline(store.getState(), ids.general)).toEqual([]);
});

it('a store that was made with the state of one person is not shown to another one', async () => {
  const before = createHudhudWorld();
  await enter(before);
  await before.push(initFrame(), messageFrame(1));
  before.store.dispatch(
    before.hudhud.actions.sendMessage({ channelId: ids.general, content: 'of lina' }),
  );
  const preloadedState: unknown = JSON.parse(JSON.stringify(before.store.getState()));
  const after = createHudhudWorld({
    routes: {
      'POST /auth/login': (request) => {
        request.json({ success: true, user: omar, tokens: grant() });
      },
    },
  });
  const { platform } = after;
  const hudhud = createHudhud({ baseUrl: 'https://hudhud.test/api', platform });
  const store = configureStore({
    reducer: combineReducers({ hudhud: hudhud.reducer }),
    preloadedState: preloadedState as never,
    middleware: (getDefault) => getDefault(hudhudCheckOptions()).prepend(hudhud.middleware),
  });
  const shown = () => hudhud.selectors.selectTimeline(store.getState(), ids.general);
  expect(shown()).toHaveLength(2);
  const login = hudhud.auth.login({ username: 'omar', password: 'x' });
  await platform.settle();
  await login;
  expect(shown()).toEqual([]);
  expect(hudhud.selectors.selectViewerId(store.getState())).toBe(ids.omar);
});
