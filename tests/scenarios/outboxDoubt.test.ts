import { describe, expect, it } from '@jest/globals';
import type { ScriptedRequest } from '../../src/testing';
import {
  frame,
  ids,
  initFrame,
  messageId,
  refuse,
  row,
  snapshotAnswer,
  success,
} from '../support/hudhudAnswers';
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

const textsOf = ({ hudhud, store }: HudhudWorld) =>
  hudhud.selectors.selectTimeline(store.getState(), ids.general).map(({ content }) => content);

/** Signed in, with a stream that is open and a channel on screen. */
async function openGeneral(world: HudhudWorld): Promise<void> {
  const { hudhud, store, platform } = world;
  await enter(world);
  await world.push(initFrame());
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
  await platform.settle();
}

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
    await openGeneral(world);
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

  it('and is repeated with its key stands behind the message that looks like it, and is one row', async () => {
    const world = createHudhudWorld({
      options: { outbox: { idempotencyHeader: 'Idempotency-Key' } },
      routes: {
        [sendRoute]: (request) => {
          request.text('<html>Welcome</html>');
        },
        [pageRoute]: pageOf([row(1), row(2)]),
      },
    });
    const { hudhud, store, platform } = world;
    await openGeneral(world);
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    await platform.settle();
    expect(statuses(world)).toEqual(['queued']);
    const echo = row(3, { ...{ user_id: ids.me, username: 'lina' }, content: 'hello' });
    await world.push(frame('channel_message', { action: 'created', ...echo }));
    // while it waits for its next try, and while that is under way
    for (let i = 0; i < 4; i++) {
      expect(textsOf(world)).toEqual(['message 1', 'message 2', 'hello']);
      await platform.advance(700);
    }
  });
});

describe('a send that the server takes in after it has read a page that was asked for later', () => {
  it.each(['reply', 'page'] as const)('stays on screen with its %s', async (means) => {
    const waiting: ScriptedRequest[] = [];
    let pages: (request: ScriptedRequest) => void = pageOf([row(1)]);
    const world = createHudhudWorld({
      routes: {
        [sendRoute]: (request) => {
          waiting.push(request);
        },
        [pageRoute]: (request) => {
          pages(request);
        },
        'GET /workspace/hudhud/general': (request) => {
          waiting.push(request);
        },
      },
    });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame());
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    const [snapshot] = waiting;
    const wish = hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' });
    store.dispatch(wish);
    await platform.settle();
    pages = pageOf([row(1), row(2)]);
    store.dispatch(
      hudhud.actions.loadHistory({ channelId: ids.general, parentId: null, side: 'newest' }),
    );
    await platform.settle();
    const own = row(3, {
      ...{ user_id: ids.me, username: 'lina', content: 'hello' },
      metadata: { client_id: wish.payload.opId },
    });
    if (means === 'reply') waiting[1]?.json({ success: true, message: own });
    else snapshot?.json(snapshotAnswer({ messages: [row(1), row(2), own] }));
    await platform.settle();
    expect(textsOf(world)).toEqual(['message 1', 'message 2', 'hello']);
    expect(statuses(world)).toEqual([]);
  });
});

describe('a send that is to be deleted as soon as it is there', () => {
  const deletedWhileSending = async (send: (request: ScriptedRequest) => void) => {
    const requests: ScriptedRequest[] = [];
    const world = createHudhudWorld({
      options: { outbox: { uncertain: 'ask' } },
      routes: {
        [sendRoute]: (request) => {
          requests.push(request);
        },
        [pageRoute]: pageOf([row(1)]),
      },
    });
    const { hudhud, store, platform } = world;
    await openGeneral(world);
    const wish = hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' });
    store.dispatch(wish);
    await platform.settle();
    const target = wish.payload.opId;
    store.dispatch(hudhud.actions.deleteMessage({ channelId: ids.general, target }));
    expect(statuses(world)).toEqual(['sending', 'queued']);
    for (const request of requests) send(request);
    await platform.advance(10_000);
    return world;
  };

  it('is given up if it fails', async () => {
    const world = await deletedWhileSending(refuse(400));
    expect(statuses(world)).toEqual([]);
    expect(textsOf(world)).toEqual(['message 1']);
  });

  it('comes back to the person if nobody can know whether it worked', async () => {
    const world = await deletedWhileSending((request) => {
      request.fail();
    });
    expect(statuses(world)).toEqual(['failed']);
    expect(textsOf(world)).toEqual(['message 1', 'hello']);
  });
});

describe('a delete whose reply comes without an echo', () => {
  it('ends what else was wished of the message, such as an edit that failed', async () => {
    const world = createHudhudWorld({
      routes: {
        [pageRoute]: pageOf([row(1, { user_id: ids.me, username: 'lina' })]),
        [`PUT /chat/messages/${messageId(1)}`]: refuse(400),
        [`DELETE /chat/messages/${messageId(1)}`]: success,
      },
    });
    const { hudhud, store, platform } = world;
    await openGeneral(world);
    const message = { channelId: ids.general, target: messageId(1) };
    store.dispatch(hudhud.actions.editMessage({ ...message, content: 'hello' }));
    await platform.settle();
    expect(statuses(world)).toEqual(['failed']);
    store.dispatch(hudhud.actions.deleteMessage(message));
    await platform.advance(6_000);
    expect(textsOf(world)).toEqual([]);
    expect(statuses(world)).toEqual([]);
  });
});

describe('a send that is in doubt', () => {
  it.each([
    ['worked', 1],
    ['did not work', 2],
  ])(
    'and %s is looked for behind what the stream has told since, more than a page of it',
    async (outcome, sends) => {
      const rows = [row(1), row(2)];
      const others = Array.from({ length: 5 }, (_, i) => row(i + 4));
      const world = createHudhudWorld({
        options: { pageSize: 3 },
        routes: {
          [sendRoute](request) {
            const { metadata } = JSON.parse(request.body ?? '{}') as { metadata: object };
            const own = { user_id: ids.me, username: 'lina', content: 'hello', metadata };
            if (outcome === 'worked') rows.push(row(3, own));
            request.fail();
          },
          [pageRoute](request) {
            const before = new URL(request.url).searchParams.get('before') ?? '~';
            const fitting = rows.filter(({ created_at }) => created_at < before);
            const messages = fitting.slice(-3);
            request.json({ success: true, messages, has_more: fitting.length > 3 });
          },
        },
      });
      const { hudhud, store, platform } = world;
      await openGeneral(world);
      store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
      await platform.settle();
      rows.push(...others);
      for (const one of others) {
        await world.push(frame('channel_message', { action: 'created', ...one }));
      }
      expect(statuses(world)).toEqual(['uncertain']);
      await platform.advance(8_000);
      expect(world.asked(sendRoute)).toHaveLength(sends);
      expect(textsOf(world).filter((text) => text === 'hello')).toEqual(['hello']);
      expect(statuses(world)).toEqual(outcome === 'worked' ? [] : ['uncertain']);
    },
  );

  it('is not taken for an equal message without a nonce once the backend is known to give them back', async () => {
    const sends: ScriptedRequest[] = [];
    const world = createHudhudWorld({
      routes: {
        [sendRoute]: (request) => {
          sends.push(request);
        },
        [pageRoute]: pageOf([]),
      },
    });
    const { hudhud, store, platform } = world;
    await openGeneral(world);
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    const other = hudhud.actions.sendMessage({ channelId: ids.random, content: 'hi' });
    store.dispatch(other);
    await platform.settle();
    const [first, second] = sends;
    // of another device of the same person
    const equal = row(3, { user_id: ids.me, username: 'lina', content: 'hello' });
    await world.push(frame('channel_message', { action: 'created', ...equal }));
    const own = { user_id: ids.me, channel_id: ids.random, content: 'hi' };
    const metadata = { client_id: other.payload.opId };
    second?.json({ success: true, message: row(4, { ...own, metadata }) });
    await platform.settle();
    first?.fail();
    await platform.settle();
    expect(statuses(world)).toEqual(['uncertain']);
  });
});

describe('a reply that may have worked, below a message that was deleted since', () => {
  const repliesRoute = `GET /chat/messages/${messageId(1)}/replies`;
  const replies = ({ hudhud, store }: HudhudWorld) =>
    hudhud.selectors.selectTimeline(store.getState(), ids.general, messageId(1));

  /** The reply was made, its answer was lost; then the thread's head was deleted. */
  const lostReply = async (look: (request: ScriptedRequest) => void) => {
    const sends: ScriptedRequest[] = [];
    let answerReplies = pageOf([row(3, { parent_message_id: messageId(1) })]);
    const world = createHudhudWorld({
      routes: {
        [sendRoute]: (request) => {
          sends.push(request);
        },
        [pageRoute]: pageOf([row(1, { thread_count: 1 })]),
        [repliesRoute]: (request) => {
          answerReplies(request);
        },
      },
    });
    const { hudhud, store, platform } = world;
    await enter(world);
    await world.push(initFrame());
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    const parent = { channelId: ids.general, parentId: messageId(1) };
    store.dispatch(hudhud.actions.threadOpened(parent));
    await platform.settle();
    const wish = hudhud.actions.sendMessage({ ...parent, content: 'hello' });
    store.dispatch(wish);
    await platform.settle();
    answerReplies = look;
    sends[0]?.fail();
    await platform.settle();
    return { ...world, sends, opId: wish.payload.opId };
  };

  it('and was deleted elsewhere before it was seen, is not there: refused as it is repeated, it failed', async () => {
    const world = await lostReply(pageOf([row(3, { parent_message_id: messageId(1) })]));
    const { hudhud, store, platform, sends, opId } = world;
    await platform.advance(7_000);
    expect(sends).toHaveLength(2);
    sends.forEach(refuse(404));
    await platform.settle();
    // its words are not lost, and it is no longer in doubt
    expect(replies(world).at(-1)).toMatchObject({ key: opId, content: 'hello', status: 'failed' });
    expect(replies(world).at(-1)?.pending).toMatchObject({ code: 'NOT_FOUND' });
    store.dispatch(hudhud.actions.discard({ opId }));
    expect(replies(world).map(({ content }) => content)).toEqual(['message 3']);
  });

  it('and cannot be read any more, comes back to the person at once; what waits behind it leaves', async () => {
    const world = await lostReply(refuse(404));
    const { hudhud, store, platform, sends } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'next' }));
    await platform.advance(6_000);
    expect(replies(world).at(-1)?.pending).toMatchObject({ code: 'UNCONFIRMED' });
    expect(world.asked(repliesRoute)).toHaveLength(2);
    expect(sends).toHaveLength(2);
    expect(JSON.parse(sends[1]?.body ?? '')).toMatchObject({ content: 'next' });
  });
});
