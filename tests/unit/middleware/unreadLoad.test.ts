import { expect, it } from '@jest/globals';
import { ids, initFrame, messageFrame, refuse } from '../../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

const route = 'GET /chat/messages/unread/count';

it('asks how much is unread, once at a time, and tells it with what is held at that moment', async () => {
  const world = createHudhudWorld({
    routes: {
      [route]: (request) => {
        const channels = { [ids.general]: 3, [ids.random]: 0 };
        request.json({ success: true, data: { total: 3, channels } });
      },
    },
  });
  const { hudhud, store, platform } = world;
  await enter(world);
  await world.push(initFrame(), messageFrame(1));
  store.dispatch(hudhud.actions.loadUnread());
  store.dispatch(hudhud.actions.loadUnread());
  await platform.settle();
  expect(world.asked(route)).toHaveLength(1);
  const unread = (id: string) => hudhud.selectors.selectUnread(store.getState(), id);
  expect(unread(ids.general)).toMatchObject({ count: 3 });
  expect(unread(ids.random)).toMatchObject({ count: 0 });
  expect(hudhud.selectors.selectLoad(store.getState(), 'unread')).toBeNull();
});

it('says that it could not be asked', async () => {
  const world = createHudhudWorld({ routes: { [route]: refuse(503) } });
  const { hudhud, store, platform } = world;
  await enter(world);
  store.dispatch(hudhud.actions.loadUnread());
  await platform.settle();
  expect(hudhud.selectors.selectLoad(store.getState(), 'unread')).toMatchObject({
    code: 'SERVER_ERROR',
  });
});
