import { describe, expect, it } from '@jest/globals';
import type { Reducer } from '@reduxjs/toolkit';
import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { createHudhud, hudhudCheckOptions } from '../../src';
import { pageReceived } from '../../src/actions/history';
import { operationAcknowledged } from '../../src/actions/outbox';
import { createFakePlatform, createScriptedServer } from '../../src/testing';
import { asked } from '../support/exampleData';
import { ids, initFrame, messageId, row, startMs } from '../support/hudhudAnswers';
import { routeOf, streamRoute } from '../support/hudhudWorld';
import { createOutboxWorld, sendRoute } from '../support/outboxWorld';
import { own } from '../support/wishes';

describe('a subscriber of the store that throws', () => {
  it('does not stop what was wished, nor what comes', async () => {
    const world = await createOutboxWorld();
    let isAngry = true;
    world.subscribe(() => {
      if (isAngry) throw new Error('mine');
    });
    // the host's own dispatch throws, as without us
    expect(() => world.send('one')).toThrow('mine');
    expect(() => world.send('two')).toThrow('mine');
    await world.platform.advance(60_000);
    expect(world.written()).toEqual([`${sendRoute} one`, `${sendRoute} two`]);
    expect(world.texts()).toEqual(['message 1', 'message 2', 'one', 'two']);
    expect(world.statuses()).toEqual([]);
    expect(world.hudhud.getStatus().counters.handlerErrors?.by['store']).toBeGreaterThan(3);
    isAngry = false;
    world.fate = () => 'lost';
    world.send('three');
    isAngry = true;
    await world.platform.advance(60_000);
    expect(world.statuses()).toEqual([]);
    expect(world.writes()).toHaveLength(3);
  });
});

describe('a reducer of the host that throws', () => {
  /** A client whose host throws on the first action of a type. */
  async function open(type: string, texts: readonly string[]) {
    const rows: unknown[] = [row(1)];
    const sent: string[] = [];
    const server = createScriptedServer((request) => {
      const route = routeOf(request);
      if (route === streamRoute) request.stream().push(initFrame());
      else if (route === sendRoute) {
        const body = JSON.parse(request.body ?? '') as Record<string, unknown>;
        sent.push(String(body['content']));
        const made = row(rows.length + 1, { user_id: ids.me, ...body });
        rows.push(made);
        request.json({ success: true, message: made });
      } else request.json({ success: true, messages: rows, has_more: false });
    });
    const platform = createFakePlatform({ fetch: server.fetch });
    const hudhud = createHudhud({
      baseUrl: 'https://hudhud.test/api',
      platform,
      tokens: { getToken: () => 't0k' },
    });
    let thrown = 0;
    const host: Reducer<null> = (_state, action) => {
      if (action.type === type && thrown === 0) {
        thrown += 1;
        throw new Error('mine');
      }
      return null;
    };
    const store = configureStore({
      reducer: combineReducers({ hudhud: hudhud.reducer, host }),
      middleware: (getDefault) => getDefault(hudhudCheckOptions()).prepend(hudhud.middleware),
    });
    hudhud.start();
    await platform.advance(20);
    store.dispatch(hudhud.actions.channelOpened({ channelId: ids.general }));
    await platform.settle();
    for (const content of texts) {
      store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content }));
    }
    // less than the stream takes to be given up: nothing else reads a page
    await platform.advance(30_000);
    const { outbox } = hudhud.selectors.selectHudhud(store.getState());
    const { selectMessages } = hudhud.selectors;
    const shown = selectMessages(store.getState(), ids.general).map(({ content }) => content);
    return { outbox, shown, sent, thrown };
  }

  it.each([
    ['outbox/started', ['one']],
    ['outbox/started', ['one', 'two']],
    ['outbox/acknowledged', ['one']],
    ['outbox/acknowledged', ['one', 'two']],
  ])('on %s holds %j up and no more: each is sent once', async (type, texts) => {
    const { outbox, shown, sent, thrown } = await open(type, texts);
    expect(thrown).toBe(1);
    expect(sent).toEqual(texts);
    expect(shown).toEqual(['message 1', ...texts]);
    expect(outbox.channels).toEqual([]);
  });
});

describe('facts that nobody understands, while a message is on its way', () => {
  it('a reply to an operation that is not held changes nothing but what it tells', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'held';
    world.send('one');
    const before = world.operations();
    const told = { ...asked(5), opId: 'nobody', ordinal: 9, deleted: null };
    const message = own(messageId(9), { content: 'from nowhere', channelId: ids.general });
    world.store.dispatch(operationAcknowledged({ ...told, message }));
    expect(world.operations()[0]).toBe(before[0]);
    expect(world.texts()).toEqual(['message 1', 'message 2', 'from nowhere', 'one']);
    world.store.dispatch(operationAcknowledged({ ...told, message: null }));
    expect(world.texts()).toEqual(['message 1', 'message 2', 'from nowhere', 'one']);
  });

  it('a page with unsorted, doubled and foreign rows is taken as what it says of this channel', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'held';
    const opId = world.send('one');
    const key = world.timeline().at(-1)?.key;
    const at = (n: number) => startMs - 3_600_000 + n * 1_000;
    const fact = (n: number, content: string) =>
      own(messageId(n), {
        ...{ userId: ids.omar, content, channelId: ids.general },
        createdAt: at(n),
      });
    const messages = [
      ...[fact(7, 'seven'), fact(5, 'five'), fact(7, 'seven'), fact(6, 'six')],
      { ...fact(8, 'not from here'), channelId: ids.random },
      // somebody else's message with our nonce
      { ...fact(4, 'four'), metadata: { client_id: opId } },
    ];
    const page = { ...asked(50), channelId: ids.general, parentId: null, messages };
    world.store.dispatch(pageReceived({ ...page, range: { from: at(3), to: null } }));
    expect(world.texts()).toEqual([
      ...['message 1', 'message 2', 'four', 'five', 'six', 'seven', 'one'],
    ]);
    expect(world.timeline().at(-1)).toMatchObject({ key, status: 'sending' });
  });
});
