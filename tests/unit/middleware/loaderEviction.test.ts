import { expect, it } from '@jest/globals';
import { ids, initFrame, row } from '../../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

const route = 'GET /chat/messages';

it('a page that is too much by itself is asked for once', async () => {
  let n = 2_000;
  const world = createHudhudWorld({
    options: { maxMessagesPerChannel: 200, pageSize: 100 },
    routes: {
      [route]: (request) => {
        n -= 100;
        const messages = Array.from({ length: 100 }, (_unused, i) => row(n + i));
        request.json({ success: true, messages, has_more: true });
      },
    },
  });
  const { hudhud, store, platform } = world;
  await enter(world);
  await world.push(initFrame());
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
  await platform.settle();
  for (let page = 1; page <= 12; page++) {
    const older = { channelId: ids.general, parentId: null, side: 'older' } as const;
    store.dispatch(hudhud.actions.loadHistory(older));
    await platform.settle();
  }
  expect(world.asked(route)).toHaveLength(13);
});
