import { expect, it } from '@jest/globals';
import {
  frame,
  ids,
  initFrame,
  jwt,
  me,
  messageFrame,
  omar,
  refuse,
} from '../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../support/hudhudWorld';

const sendRoute = 'POST /chat/messages';
const tokenOf = (userId: string) => jwt({ userId, exp: 1_900_000_000 });

it("nothing that one person wished goes out under another's token, where a host swaps tokens", async () => {
  let token = tokenOf(ids.me);
  const world = createHudhudWorld({ options: { tokens: { getToken: () => token } } });
  const { hudhud, store, platform } = world;
  hudhud.start();
  await platform.settle();
  await world.push(initFrame());
  platform.setOnline(false);
  store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: "lina's words" }));
  await platform.settle();
  hudhud.stop();
  token = tokenOf(ids.omar);
  platform.setOnline(true);
  hudhud.start();
  await platform.advance(60_000);
  expect(world.asked(sendRoute)).toEqual([]);
  expect(hudhud.selectors.selectTimeline(store.getState(), ids.general)).toEqual([]);
  expect(hudhud.selectors.selectViewerId(store.getState())).toBe(ids.omar);
  expect(hudhud.selectors.selectConnectionPhase(store.getState())).toBe('open');
  hudhud.stop();
  expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
});

it('nor under the cookie of another, who signed in in another window', async () => {
  const world = createHudhudWorld({
    routes: {
      'POST /auth/refresh': (request) => {
        request.json({ success: true, accessToken: tokenOf(ids.omar) });
      },
      [sendRoute]: (request) => {
        request.json({ success: false }, { status: 401 });
      },
    },
  });
  const { hudhud, store, platform } = world;
  await enter(world);
  await world.push(initFrame());
  store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: "lina's words" }));
  await platform.advance(60_000);
  // the one that was refused, with her own token
  expect(world.asked(sendRoute)).toHaveLength(1);
  expect(hudhud.selectors.selectConnectionPhase(store.getState())).toBe('authRequired');
  expect(hudhud.selectors.selectViewerId(store.getState())).toBe(ids.me);
  hudhud.stop();
  expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
});

it('a new token of the same person changes nothing', async () => {
  let token = tokenOf(ids.me);
  const world = createHudhudWorld({ options: { tokens: { getToken: () => token } } });
  const { hudhud, store, platform } = world;
  hudhud.start();
  await platform.settle();
  await world.push(initFrame());
  platform.setOnline(false);
  store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
  token = jwt({ userId: ids.me, exp: 1_900_000_900 });
  platform.setOnline(true);
  await platform.settle();
  expect(world.asked(sendRoute)).toHaveLength(1);
  hudhud.stop();
});

it('where tokens say nothing of their owner, the stream does: what was another’s is gone', async () => {
  const world = createHudhudWorld({ options: { tokens: { getToken: () => 'opaque' } } });
  const { hudhud, store, platform } = world;
  hudhud.start();
  await platform.settle();
  await world.push(initFrame(), messageFrame(1));
  expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toHaveLength(1);
  hudhud.stop();
  hudhud.start();
  await platform.settle();
  const init = { userId: ids.omar, username: 'omar', channels: [ids.general] };
  await world.push(frame('init', init));
  await platform.settle();
  await world.push(frame('init', init));
  expect(hudhud.selectors.selectMessages(store.getState(), ids.general)).toEqual([]);
  expect(hudhud.selectors.selectViewerId(store.getState())).toBe(ids.omar);
  expect(hudhud.selectors.selectConnectionPhase(store.getState())).toBe('open');
  hudhud.stop();
});

it('a plain request that is refused after somebody else signed in is not sent again in their name', async () => {
  let isOmar = false;
  const world = createHudhudWorld({
    routes: {
      'POST /auth/login': (request) => {
        const accessToken = tokenOf(isOmar ? ids.omar : ids.me);
        const user = isOmar ? omar : me;
        request.json({ success: true, user, tokens: { accessToken, expiresIn: 900 } });
      },
      [sendRoute]: () => undefined,
    },
  });
  const { hudhud, platform } = world;
  await enter(world);
  const sent = hudhud.rest.send({ channelId: ids.general, content: "lina's words" });
  const failure = expect(sent).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await platform.settle();
  isOmar = true;
  const leaving = hudhud.auth.logout();
  await platform.settle();
  await leaving;
  const login = hudhud.auth.login({ username: 'omar', password: 'x' });
  await platform.settle();
  await login;
  world.asked(sendRoute).forEach(refuse(401));
  await platform.settle();
  expect(world.asked(sendRoute)).toHaveLength(1);
  await failure;
  hudhud.stop();
});
