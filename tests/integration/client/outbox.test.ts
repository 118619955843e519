import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { OutboxTuning } from '../../../src/middleware/outboxOptions';
import type { Client } from '../../support/client';
import { signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import type { RealClient } from '../../support/realClient';
import { createRealClient, openWorkspace } from '../../support/realClient';
import type { Page, WireMessage } from '../../support/wire';

/** Tries follow each other quickly, and a look does not wait for a replica that is not there. */
const options = {
  outbox: { initialDelayMs: 20, maxDelayMs: 100, undoDeleteMs: 0, echoWaitMs: 500 },
  staleReadToleranceMs: 200,
};

describe('two clients that write', () => {
  let emulator: HostedEmulator;
  let lina: RealClient;
  let omar: RealClient;
  let reader: Client;
  let general: string;
  const writes = { methods: ['POST'], paths: ['/chat/messages$'] };

  const timelineOf = ({ hudhud, store }: RealClient) =>
    hudhud.selectors.selectTimeline(store.getState(), general);
  const textsOf = (client: RealClient) =>
    timelineOf(client).flatMap(({ content, isDeleted }) => (isDeleted ? [] : [content]));
  const pendingOf = ({ hudhud, store }: RealClient) =>
    hudhud.selectors.selectHudhud(store.getState()).outbox.channels;
  const say = ({ hudhud, store }: RealClient, content: string) =>
    store.dispatch(hudhud.actions.sendMessage({ channelId: general, content }));
  async function stored(): Promise<readonly WireMessage[]> {
    const { body } = await reader.get<Page>(`/chat/messages?channelId=${general}&limit=200`);
    return body.messages.filter(({ deleted_at }) => deleted_at === null);
  }
  const rowOf = (client: RealClient, content: string) => {
    const row = timelineOf(client).find((one) => one.content === content && !one.isDeleted);
    if (row?.id === undefined || row.id === null) throw new Error(`${content} is not there`);
    return { channelId: general, target: row.id };
  };

  /** Nothing is pending any more, and all show what the server has. */
  async function agreed(...others: readonly RealClient[]): Promise<readonly string[]> {
    await until(
      () => Promise.resolve([lina, omar, ...others].map(pendingOf)),
      (pending) => pending.every((channels) => channels.length === 0),
      20_000,
    );
    const rows = await stored();
    const texts = rows.map(({ content }) => content);
    for (const client of [lina, omar, ...others]) {
      await until(
        () => Promise.resolve(textsOf(client)),
        (shown) => JSON.stringify(shown) === JSON.stringify(texts),
      );
      expect(timelineOf(client).filter(({ isDeleted }) => !isDeleted)).toMatchObject(
        rows.map((one) => ({ id: one.message_id, isEdited: one.edited_at !== null })),
      );
      const reactions = timelineOf(client).flatMap((one) => (one.isDeleted ? [] : [one.reactions]));
      expect(reactions.map((all) => all.map(({ emoji, count }) => ({ emoji, count })))).toEqual(
        rows.map((one) => one.reactions.map(({ emoji, count }) => ({ emoji, count }))),
      );
    }
    return texts;
  }
  /** One more tab of Lina's, in #general. */
  async function another(outbox: Partial<OutboxTuning>) {
    const client = createRealClient(emulator.url, {
      ...options,
      outbox: { ...options.outbox, ...outbox },
    });
    await client.enter('lina');
    await openWorkspace(client);
    client.store.dispatch(client.hudhud.actions.channelOpened({ channelId: general }));
    return client;
  }
  const countOf = (texts: readonly string[], text: string) =>
    texts.filter((one) => one === text).length;

  beforeAll(async () => {
    emulator = await startHostedEmulator();
    reader = await signIn(emulator.url, 'sara');
    lina = createRealClient(emulator.url, options);
    omar = createRealClient(emulator.url, options);
    for (const [client, name] of [
      [lina, 'lina'],
      [omar, 'omar'],
    ] as const) {
      await client.enter(name);
      general = (await openWorkspace(client))['general'] ?? '';
      client.store.dispatch(client.hudhud.actions.channelOpened({ channelId: general }));
    }
  });
  afterEach(async () => {
    await emulator.setFaults();
    for (const { hudhud } of [lina, omar]) {
      expect(hudhud.getStatus().quarantine).toEqual([]);
      expect(hudhud.getStatus().counters.handlerErrors).toBeUndefined();
    }
  });
  afterAll(async () => {
    for (const { hudhud, platform } of [lina, omar]) {
      hudhud.stop();
      expect(platform.held()).toEqual({ timers: 0, listeners: 0 });
    }
    expect(emulator.stderr()).toBe('');
    await emulator.stop();
  });

  test('show the same, in the order in which each wrote', async () => {
    for (let n = 1; n <= 5; n += 1) {
      say(lina, `lina ${n}`);
      say(omar, `omar ${n}`);
    }
    expect(textsOf(lina).slice(-5)).toEqual([1, 2, 3, 4, 5].map((n) => `lina ${n}`));
    const texts = await agreed();
    for (const name of ['lina', 'omar']) {
      expect(texts.filter((text) => text.startsWith(`${name} `))).toEqual(
        [1, 2, 3, 4, 5].map((n) => `${name} ${n}`),
      );
    }
  });

  test('edit, react, take back and delete, and agree', async () => {
    for (const text of ['to be edited', 'to be deleted', 'to be liked']) say(lina, text);
    await agreed();
    const { actions } = lina.hudhud;
    const liked = { ...rowOf(lina, 'to be liked'), emoji: '🎉' };
    lina.store.dispatch(actions.editMessage({ ...rowOf(lina, 'to be edited'), content: 'edited' }));
    lina.store.dispatch(actions.deleteMessage(rowOf(lina, 'to be deleted')));
    for (const { store } of [lina, omar]) store.dispatch(actions.addReaction(liked));
    const texts = await agreed();
    expect(texts).toContain('edited');
    expect(texts).not.toContain('to be deleted');
    omar.store.dispatch(actions.removeReaction(liked));
    await agreed();
    const row = timelineOf(lina).find(({ id }) => id === liked.target);
    expect(row?.reactions).toMatchObject([{ emoji: '🎉', count: 1, isMine: true }]);
  });

  test.each([
    ['loses replies', { loseReply: { p: 1, times: 2, ...writes } }],
    ['loses requests', { loseRequest: { p: 1, times: 2, ...writes } }],
    ['fails after it wrote', { errorAfterWrite: { p: 1, times: 2, ...writes } }],
    ['refuses', { refuse: { p: 1, times: 2, statuses: [429], retryAfterS: 1, ...writes } }],
    [
      'loses replies and echoes',
      { loseReply: { p: 1, times: 2, ...writes }, dropEchoes: { p: 1 } },
    ],
  ])('a server that %s: each message is there once, and shown once', async (name, faults) => {
    await emulator.setFaults(faults);
    const texts = ['one', 'two', 'three'].map((text) => `${text} while it ${name}`);
    for (const text of texts) say(lina, text);
    const all = await agreed();
    for (const text of texts) expect([text, countOf(all, text)]).toEqual([text, 1]);
    expect(all.filter((text) => texts.includes(text))).toEqual(texts);
    expect(Object.values((await emulator.faults()).body.hits)[0]).toBeGreaterThan(0);
  });

  test('a server that keeps no metadata, and loses replies: words and time tell which is which', async () => {
    await emulator.setFaults({ stripMetadata: true, loseReply: { p: 1, times: 2, ...writes } });
    // whether a backend gives nonces back is learned once
    const fresh = await another({});
    const texts = ['same words', 'same words', 'other words'];
    for (const text of texts) say(fresh, text);
    const all = await agreed(fresh);
    expect(all.slice(-3)).toEqual(texts);
    fresh.hudhud.stop();
  });

  test("a server that gives nonces back, and loses replies: 'ask' asks nobody", async () => {
    await emulator.setFaults({ loseReply: { p: 1, times: 2, ...writes } });
    const fresh = await another({ uncertain: 'ask' });
    const texts = ['known by nonce', 'known by nonce'];
    for (const text of texts) say(fresh, text);
    const all = await agreed(fresh);
    expect(all.slice(-2)).toEqual(texts);
    fresh.hudhud.stop();
  });

  test('a server that knows a send by its key, and loses replies: nothing is looked for, nothing doubled', async () => {
    await emulator.setFaults({ idempotency: true, loseReply: { p: 1, times: 2, ...writes } });
    const fresh = await another({ idempotencyHeader: 'Idempotency-Key' });
    const texts = ['first by key', 'second by key'];
    for (const text of texts) say(fresh, text);
    const all = await agreed(fresh);
    expect(all.slice(-2)).toEqual(texts);
    fresh.hudhud.stop();
  });

  test('an edit, a reaction and a deletion whose replies are lost happen once', async () => {
    for (const text of ['old words', 'short lived', 'well liked']) say(omar, text);
    await agreed();
    await emulator.setFaults({ loseReply: { p: 1, times: 3 } });
    const { actions } = omar.hudhud;
    omar.store.dispatch(actions.editMessage({ ...rowOf(omar, 'old words'), content: 'new words' }));
    omar.store.dispatch(actions.deleteMessage(rowOf(omar, 'short lived')));
    omar.store.dispatch(actions.addReaction({ ...rowOf(omar, 'well liked'), emoji: '👍' }));
    const texts = await agreed();
    expect(texts).toContain('new words');
    expect(texts).not.toContain('short lived');
    const row = timelineOf(lina).find(({ content }) => content === 'well liked');
    expect(row?.reactions).toMatchObject([{ emoji: '👍', count: 1, isMine: false }]);
  });
});
