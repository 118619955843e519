import { describe, expect, it } from '@jest/globals';
import type { ScriptedRequest } from '../../src/testing';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld, enter } from '../support/hudhudWorld';
import {
  frame,
  ids,
  initFrame,
  messageId,
  refuse,
  row,
  snapshotAnswer,
} from '../support/hudhudAnswers';

const sendRoute = 'POST /chat/messages';

interface SentBody {
  readonly content: string;
  readonly metadata: { readonly client_id: string };
}

const bodyOf = (request: ScriptedRequest): SentBody => JSON.parse(request.body ?? '') as SentBody;

/** A world with a stream that covers the channel, and its history loaded. */
async function ready(send: (request: ScriptedRequest) => void): Promise<HudhudWorld> {
  const world = createHudhudWorld({
    routes: {
      [sendRoute]: send,
      'GET /chat/messages': (request) => {
        request.json({ success: true, messages: [row(1), row(2)], has_more: false });
      },
    },
  });
  await enter(world);
  await world.push(initFrame());
  world.store.dispatch(world.hudhud.actions.channelOpened({ channelId: ids.general }));
  await world.platform.settle();
  return world;
}

const statuses = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors
    .selectHudhud(store.getState())
    .outbox.channels.flatMap(({ operations }) => operations.map(({ status }) => status));
const texts = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectMessages(store.getState(), ids.general).map(({ content }) => content);

const own = (n: number, request: ScriptedRequest, over: Record<string, unknown> = {}) =>
  row(n, { ...{ user_id: ids.me, username: 'lina' }, ...bodyOf(request), ...over });

describe('a send', () => {
  it('is settled by its reply', async () => {
    const world = await ready((request) => {
      request.json({ success: true, message: own(3, request) }, { status: 201 });
    });
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    expect(statuses(world)).toEqual(['sending']);
    await platform.settle();
    expect(statuses(world)).toEqual([]);
    expect(texts(world)).toEqual(['message 1', 'message 2', 'hello']);
    expect(world.asked(sendRoute)).toHaveLength(1);
  });

  it('is settled by its echo where the reply is lost, and not sent again', async () => {
    const world = await ready(() => undefined);
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    await platform.settle();
    const [request] = world.asked(sendRoute);
    if (request === undefined) throw new Error('nothing was sent');
    await world.push(frame('channel_message', { action: 'created', ...own(3, request) }));
    expect(statuses(world)).toEqual([]);
    await platform.advance(60_000);
    expect(world.asked(sendRoute)).toHaveLength(1);
    expect(texts(world)).toEqual(['message 1', 'message 2', 'hello']);
  });

  it('that may have worked is looked for, and found', async () => {
    const stored: unknown[] = [row(1), row(2)];
    const world = createHudhudWorld({
      routes: {
        [sendRoute]: (request) => {
          stored.push(own(3, request, { metadata: {} }));
          request.fail();
        },
        'GET /chat/messages': (request) => {
          request.json({ success: true, messages: stored, has_more: false });
        },
        'GET /workspace/hudhud/general': (request) => {
          request.json(snapshotAnswer());
        },
      },
    });
    await enter(world);
    await world.push(initFrame());
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.settle();
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    await platform.settle();
    expect(statuses(world)).toEqual(['uncertain']);
    await platform.advance(6_000);
    expect(statuses(world)).toEqual([]);
    expect(world.asked(sendRoute)).toHaveLength(1);
    expect(
      hudhud.selectors.selectMessage(store.getState(), ids.general, messageId(3)),
    ).toMatchObject({ content: 'hello' });
  });

  it('that is refused for now is sent again, one that is refused for good waits for the person', async () => {
    let answer = refuse(429);
    const world = await ready((request) => {
      answer(request);
    });
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    await platform.settle();
    expect(statuses(world)).toEqual(['queued']);
    answer = refuse(400);
    await platform.advance(2_000);
    expect(statuses(world)).toEqual(['failed']);
    await platform.advance(120_000);
    expect(world.asked(sendRoute)).toHaveLength(2);
  });
});

it('a backend that stops giving nonces back is not sent to twice', async () => {
  const stored: unknown[] = [row(1), row(2)];
  let isStripping = false;
  const world = createHudhudWorld({
    routes: {
      [sendRoute]: (request) => {
        const made = own(stored.length + 1, request, isStripping ? { metadata: {} } : {});
        stored.push(made);
        if (isStripping) request.fail();
        else request.json({ success: true, message: made }, { status: 201 });
      },
      'GET /chat/messages': (request) => {
        request.json({ success: true, messages: stored, has_more: false });
      },
    },
  });
  await enter(world);
  await world.push(initFrame());
  const { hudhud, store, platform } = world;
  const send = async (content: string) => {
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content }));
    await platform.settle();
  };
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
  await platform.settle();
  await send('one');
  expect(hudhud.selectors.selectHudhud(store.getState()).outbox.returnsNonce).toBe('yes');
  isStripping = true;
  await send('two');
  await platform.advance(120_000);
  expect(world.asked(sendRoute)).toHaveLength(2);
  expect(statuses(world)).toEqual(['failed']);
  const shown = hudhud.selectors.selectTimeline(store.getState(), ids.general);
  expect(shown.filter(({ content }) => content === 'two')).toHaveLength(1);
});
