import { describe, expect, it } from '@jest/globals';
import type { ScriptedRequest } from '../../src/testing';
import { ids, initFrame, row } from '../support/hudhudAnswers';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld, enter } from '../support/hudhudWorld';

/** What schedules of the convergence proof have found, each reduced to its shortest. */

const sendRoute = 'POST /chat/messages';
const pageRoute = 'GET /chat/messages';

const pageOf = (rows: readonly unknown[]) => (request: ScriptedRequest) => {
  request.json({ success: true, messages: rows, has_more: false });
};

const statuses = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors
    .selectHudhud(store.getState())
    .outbox.channels.flatMap(({ operations }) => operations.map(({ status }) => status));

describe('a send that may have worked', () => {
  it('is not sent again after a look that failed, though its page is asked for again at once', async () => {
    let answerPage: (request: ScriptedRequest) => void = pageOf([row(1), row(2)]);
    const world = createHudhudWorld({
      routes: {
        [sendRoute]: () => undefined,
        [pageRoute]: (request) => {
          answerPage(request);
        },
      },
    });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame());
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.settle();
    answerPage = () => undefined;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    await platform.advance(36_000);
    expect(statuses(world)).toEqual(['uncertain']);
    // the stream comes back while the look is under way: the page is wanted anew when the look has failed
    world.stream().fail();
    await platform.advance(2_000);
    await world.push(initFrame());
    await platform.advance(30_000);
    expect(world.asked(pageRoute)).toHaveLength(3);
    expect(statuses(world)).toEqual(['uncertain']);
    expect(world.asked(sendRoute)).toHaveLength(1);
  });
});
