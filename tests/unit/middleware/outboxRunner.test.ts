import { describe, expect, it } from '@jest/globals';
import { HudhudError } from '../../../src/errors';
import { frame, ids, jwt, messageId, row } from '../../support/hudhudAnswers';
import type { OutboxWorld } from '../../support/outboxWorld';
import { createOutboxWorld, sendRoute } from '../../support/outboxWorld';

const first = { channelId: ids.general, target: messageId(1) };
const second = { channelId: ids.general, target: messageId(2) };

/** Lets so much time pass that every wait of a try is over. */
const later = ({ platform }: OutboxWorld, ms = 60_000) => platform.advance(ms);

describe('order', () => {
  it('sends of a channel leave one after the other, in the order in which they were wished', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'held';
    for (const text of ['one', 'two', 'three']) world.send(text);
    await world.platform.settle();
    expect(world.written()).toEqual([`${sendRoute} one`]);
    for (const n of [1, 2, 3]) {
      world.finish(world.writes().at(-1));
      await world.platform.settle();
      expect(world.messages()).toHaveLength(2 + n);
    }
    expect(world.written()).toEqual(['one', 'two', 'three'].map((text) => `${sendRoute} ${text}`));
    expect(world.texts()).toEqual(['message 1', 'message 2', 'one', 'two', 'three']);
  });

  it.each([
    ['is tried again', 503, { 'Idempotency-Key': true }],
    ['was refused for now', 429, {}],
    ['conflicts', 409, {}],
  ])('one that %s holds back later ones', async (_name, status, keyed) => {
    const hasKey = Object.keys(keyed).length > 0;
    const world = await createOutboxWorld(
      hasKey ? { outbox: { idempotencyHeader: 'Idempotency-Key' } } : {},
    );
    let isRefusing = true;
    world.fate = () => (isRefusing ? status : 'done');
    world.send('one');
    world.send('two');
    await world.platform.settle();
    expect(world.statuses()).toEqual(['queued', 'queued']);
    isRefusing = false;
    await later(world);
    expect(world.written()).toEqual([
      ...[`${sendRoute} one`, `${sendRoute} one`, `${sendRoute} two`],
    ]);
  });

  it('one in doubt holds back later ones', async () => {
    const world = await createOutboxWorld();
    world.readsFail = true;
    world.fate = ({ body }) => (body?.includes('one') === true ? 'lost' : 'done');
    world.send('one');
    world.send('two');
    await world.platform.advance(20_000);
    expect(world.statuses()).toEqual(['uncertain', 'queued']);
    expect(world.written()).toEqual([`${sendRoute} one`]);
    // nobody can tell where no page can be read: then the person has to
    await later(world);
    expect(world.statuses()).toEqual(['failed']);
    expect(world.written()).toEqual([`${sendRoute} one`, `${sendRoute} two`]);
  });

  it('one that failed for good steps aside, and goes to the tail when it is tried again', async () => {
    const world = await createOutboxWorld();
    let isRefusing = true;
    world.fate = ({ body }) => {
      if (body?.includes('three') === true) return 'held';
      return isRefusing && body?.includes('one') === true ? 400 : 'done';
    };
    const opId = world.send('one');
    for (const text of ['two', 'three', 'four']) world.send(text);
    await world.platform.settle();
    expect(world.statuses()).toEqual(['failed', 'sending', 'queued']);
    isRefusing = false;
    world.store.dispatch(world.hudhud.actions.retry({ opId }));
    await world.platform.settle();
    world.finish(world.writes().at(-1));
    await world.platform.settle();
    expect(world.rows.slice(2).map(({ content }) => content)).toEqual([
      ...['two', 'three', 'four', 'one'],
    ]);
    expect(world.statuses()).toEqual([]);
  });

  it('what is wished of one message leaves in order, beside sends, other messages and other channels', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud } = world;
    world.fate = () => 'held';
    world.send('one');
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.random, content: 'elsewhere' }));
    store.dispatch(hudhud.actions.addReaction({ ...first, emoji: '👍' }));
    store.dispatch(hudhud.actions.addReaction({ ...second, emoji: '👍' }));
    store.dispatch(hudhud.actions.addReaction({ ...first, emoji: '🎉' }));
    await world.platform.settle();
    expect(world.written()).toEqual([
      ...[`${sendRoute} one`, `${sendRoute} elsewhere`],
      `POST /chat/messages/${messageId(1)}/reactions`,
      `POST /chat/messages/${messageId(2)}/reactions`,
    ]);
    world.finish(world.writes()[2]);
    await world.platform.settle();
    expect(world.writes().at(-1)?.body).toBe(JSON.stringify({ emoji: '🎉' }));
  });

  it('what is wished of a message that has no id yet follows it', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud } = world;
    world.fate = ({ method }) => (method === 'POST' ? 'held' : 'done');
    const target = world.send('hello');
    await world.platform.settle();
    store.dispatch(
      hudhud.actions.editMessage({ channelId: ids.general, target, content: 'hello all' }),
    );
    expect(world.texts().at(-1)).toBe('hello all');
    await later(world, 5_000);
    world.finish(world.writes()[0]);
    await world.platform.settle();
    expect(world.written()).toEqual([
      ...[`${sendRoute} hello`, `PUT /chat/messages/${messageId(3)} hello all`],
    ]);
    expect(world.texts().at(-1)).toBe('hello all');
    expect(world.operations()).toEqual([]);
  });
});

describe('waiting', () => {
  it('429 stops every lane until the time that the server named', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud, platform } = world;
    world.refusedWith = { 'Retry-After': '30' };
    world.fate = () => 429;
    world.send('one');
    await platform.settle();
    world.fate = () => 'done';
    store.dispatch(hudhud.actions.addReaction({ ...first, emoji: '👍' }));
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.random, content: 'elsewhere' }));
    await platform.advance(29_900);
    expect(world.writes()).toHaveLength(1);
    await platform.advance(200);
    // the one that was refused waits a little longer, so that not all clients come at once
    expect(world.writes().length).toBeGreaterThanOrEqual(3);
    await platform.advance(1_000);
    expect(world.writes()).toHaveLength(4);
    expect(world.statuses()).not.toContain('queued');
  });

  it('doubles between tries within its bounds, and ends after maxAttempts', async () => {
    const tuning = { initialDelayMs: 1_000, maxDelayMs: 4_000, maxAttempts: 6 };
    const world = await createOutboxWorld({ outbox: tuning });
    world.fate = () => 409;
    const starts: number[] = [];
    const { platform } = world;
    world.send('one');
    for (let ms = 0; ms < 40_000; ms += 50) {
      await platform.advance(50);
      while (starts.length < world.writes().length) starts.push(platform.clock.now());
    }
    expect(starts).toHaveLength(6);
    const gaps = starts.slice(1).map((at, i) => at - (starts[i] ?? 0));
    const bounds = [1_000, 2_000, 4_000, 4_000, 4_000];
    gaps.forEach((gap, i) => {
      expect(gap).toBeLessThanOrEqual((bounds[i] ?? 0) + 50);
    });
    expect(world.operations()).toMatchObject([
      { status: 'failed', code: 'CONFLICT', attempts: 6, notBefore: null },
    ]);
    // the watch for silence, the one for sleep, and the end of the token
    expect(platform.pending().timers).toBeLessThanOrEqual(3);
  });

  it('an edit whose answer is lost is repeated: the same text twice is the same text', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud } = world;
    world.send('good');
    await world.platform.settle();
    let tries = 0;
    world.fate = () => ((tries += 1) === 1 ? 'lost' : 'done');
    const wish = { channelId: ids.general, target: messageId(3), content: 'better' };
    store.dispatch(hudhud.actions.editMessage(wish));
    await later(world);
    expect(world.written().slice(1)).toEqual(
      Array.from({ length: 2 }, () => `PUT /chat/messages/${messageId(3)} better`),
    );
    expect(world.operations()).toEqual([]);
    expect(world.texts()).toContain('better');
  });

  it('offline holds everything and asks nothing; online sends it in order', async () => {
    const world = await createOutboxWorld();
    const { platform, store, hudhud } = world;
    platform.setOnline(false);
    world.send('one');
    world.send('two');
    store.dispatch(hudhud.actions.addReaction({ ...first, emoji: '👍' }));
    await later(world);
    expect(world.writes()).toHaveLength(0);
    expect(world.statuses()).toEqual(['queued', 'queued', 'queued']);
    platform.setOnline(true);
    await platform.settle();
    expect(world.written().filter((route) => route.startsWith(`${sendRoute} `))).toEqual([
      ...[`${sendRoute} one`, `${sendRoute} two`],
    ]);
    expect(world.writes()).toHaveLength(3);
  });

  it('a deletion waits until it cannot be undone any more; undone, nothing is sent', async () => {
    const world = await createOutboxWorld({ outbox: { undoDeleteMs: 5_000 } });
    const { store, hudhud, platform } = world;
    const mine = world.send('mine');
    await platform.settle();
    const target = messageId(3);
    const wish = hudhud.actions.deleteMessage({ channelId: ids.general, target });
    store.dispatch(wish);
    expect(world.texts()).not.toContain('mine');
    await platform.advance(4_000);
    store.dispatch(hudhud.actions.discard({ opId: wish.payload.opId }));
    expect(world.texts()).toContain('mine');
    await later(world);
    expect(world.writes()).toHaveLength(1);
    store.dispatch(hudhud.actions.deleteMessage({ channelId: ids.general, target: mine }));
    await platform.advance(5_100);
    expect(world.written().at(-1)).toBe(`DELETE /chat/messages/${target}`);
    expect(world.operations()).toEqual([]);
    expect(world.texts()).not.toContain('mine');
  });

  it('a deletion of what is gone already is done', async () => {
    const world = await createOutboxWorld({ outbox: { undoDeleteMs: 0 } });
    const { store, hudhud, platform } = world;
    world.send('mine');
    await platform.settle();
    world.fate = () => 404;
    store.dispatch(hudhud.actions.deleteMessage({ channelId: ids.general, target: messageId(3) }));
    await platform.settle();
    expect(world.operations()).toEqual([]);
    expect(world.texts()).not.toContain('mine');
  });

  it('a reaction whose echo does not come counts by its reply', async () => {
    const world = await createOutboxWorld({ outbox: { echoWaitMs: 5_000 } });
    const { store, hudhud, platform } = world;
    store.dispatch(hudhud.actions.addReaction({ ...first, emoji: '👍' }));
    await platform.settle();
    expect(world.statuses()).toEqual(['acknowledged']);
    expect(world.messages()[0]?.reactions).toEqual([]);
    await platform.advance(5_000);
    expect(world.statuses()).toEqual([]);
    expect(world.messages()[0]?.reactions).toMatchObject([{ emoji: '👍', count: 1, mine: true }]);
  });
});

describe('stopping and starting', () => {
  it('stop calls off what is under way and leaves nothing (L18)', async () => {
    const world = await createOutboxWorld({ outbox: { undoDeleteMs: 5_000 } });
    const { store, hudhud, platform } = world;
    world.send('mine');
    await platform.settle();
    store.dispatch(hudhud.actions.addReaction({ ...first, emoji: '👍' }));
    await platform.settle();
    store.dispatch(hudhud.actions.deleteMessage({ channelId: ids.general, target: messageId(3) }));
    world.fate = ({ body }) => (body?.includes('one') === true ? 'lost' : 'held');
    world.send('one');
    await platform.settle();
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.random, content: 'elsewhere' }));
    await platform.settle();
    expect(world.statuses()).toEqual(['acknowledged', 'queued', 'uncertain']);
    const written = world.writes().length;
    hudhud.stop();
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
    expect(world.writes().at(-1)?.isAborted()).toBe(true);
    expect(world.operations(ids.random)).toMatchObject([{ status: 'uncertain', code: 'ABORTED' }]);
    platform.setOnline(false);
    platform.setOnline(true);
    await later(world);
    expect(world.writes()).toHaveLength(written);
  });

  it('stop while offline leaves no listener (L18)', async () => {
    const world = await createOutboxWorld();
    world.platform.setOnline(false);
    world.send('one');
    world.hudhud.stop();
    expect(world.platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('start goes on: what is in doubt is looked for first, and what may be repeated is', async () => {
    const world = await createOutboxWorld();
    const { store, hudhud, platform } = world;
    world.fate = () => 'held';
    world.send('one');
    world.send('two');
    store.dispatch(hudhud.actions.addReaction({ ...first, emoji: '👍' }));
    await platform.settle();
    // the server takes the message, and the client is gone before the answer comes
    world.finish(world.writes()[0]);
    hudhud.stop();
    expect(world.statuses()).toEqual(['uncertain', 'queued', 'queued']);
    await later(world);
    world.fate = () => 'done';
    hudhud.start();
    await later(world);
    expect(world.statuses()).toEqual([]);
    expect(world.rows.slice(2).map(({ content }) => content)).toEqual(['one', 'two']);
    expect(world.texts()).toEqual(['message 1', 'message 2', 'one', 'two']);
  });

  it('start looks for what had been in doubt before it was stopped', async () => {
    const world = await createOutboxWorld();
    let tries = 0;
    world.fate = () => ((tries += 1) === 1 ? 'unsent' : 'done');
    world.send('one');
    await world.platform.settle();
    world.hudhud.stop();
    world.hudhud.start();
    await later(world);
    expect(world.statuses()).toEqual([]);
    expect(world.written()).toEqual([`${sendRoute} one`, `${sendRoute} one`]);
  });

  it('stop in the middle of a look leaves nothing (L18)', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'unsent';
    world.send('one');
    await world.platform.advance(4_000);
    world.holdsReads = true;
    await world.platform.advance(2_000);
    world.hudhud.stop();
    await world.platform.settle();
    expect(world.platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('what is wished while it is stopped waits for the start', async () => {
    const world = await createOutboxWorld();
    world.hudhud.stop();
    world.send('one');
    await later(world);
    expect(world.writes()).toHaveLength(0);
    world.hudhud.start();
    await world.platform.settle();
    expect(world.written()).toEqual([`${sendRoute} one`]);
  });
});

describe('a session that ends', () => {
  it('takes along what was wished: the next person sends nothing of it', async () => {
    const world = await createOutboxWorld();
    const { hudhud, platform } = world;
    world.fate = ({ body }) => (body?.includes('one') === true ? 'lost' : 'held');
    world.send('one');
    world.send('two');
    await platform.settle();
    expect(world.statuses()).toEqual(['uncertain', 'queued']);
    const out = hudhud.auth.logout();
    await platform.settle();
    await out;
    expect(world.operations()).toEqual([]);
    const login = hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
    await platform.settle();
    await login;
    await later(world);
    expect(world.writes()).toHaveLength(1);
    // and what is wished anew is sent
    world.fate = () => 'done';
    world.send('three');
    await platform.settle();
    expect(world.written().at(-1)).toBe(`${sendRoute} three`);
  });

  it('while a request is under way: its late answer is not told', async () => {
    const world = await createOutboxWorld();
    const { hudhud, platform } = world;
    world.fate = () => 'held';
    world.send('one');
    await platform.settle();
    const out = hudhud.auth.logout();
    await platform.settle();
    await out;
    expect(world.writes()[0]?.isAborted()).toBe(true);
    const before = world.store.getState();
    world.finish(world.writes()[0]);
    await platform.settle();
    expect(world.store.getState()).toBe(before);
  });
});

describe('doubt', () => {
  it('with a key that the backend knows there is none: the same send is repeated with the same key', async () => {
    const world = await createOutboxWorld({ outbox: { idempotencyHeader: 'Idempotency-Key' } });
    let tries = 0;
    world.fate = () => ((tries += 1) === 1 ? 'unsent' : 'done');
    const opId = world.send('one');
    await later(world);
    expect(world.written()).toEqual([`${sendRoute} one`, `${sendRoute} one`]);
    expect(world.writes().map(({ headers }) => headers.get('Idempotency-Key'))).toEqual([
      ...[opId, opId],
    ]);
    expect(world.asked('GET /chat/messages')).toHaveLength(1);
  });

  it('what is certainly not there is sent again', async () => {
    const world = await createOutboxWorld();
    let tries = 0;
    world.fate = () => ((tries += 1) === 1 ? 'unsent' : 'done');
    world.send('one');
    await later(world);
    expect(world.written()).toEqual([`${sendRoute} one`, `${sendRoute} one`]);
    expect(world.texts()).toEqual(['message 1', 'message 2', 'one']);
  });

  it('gives up after maxAttempts where it is never there', async () => {
    const world = await createOutboxWorld({ outbox: { maxAttempts: 3 } });
    world.fate = () => 'unsent';
    world.send('one');
    await later(world, 300_000);
    expect(world.writes()).toHaveLength(3);
    expect(world.operations()).toMatchObject([{ status: 'failed', code: 'NETWORK' }]);
  });

  it('and what was never there is tried again with the words that it has by then', async () => {
    const world = await createOutboxWorld({ outbox: { maxAttempts: 1 } });
    const { store, hudhud } = world;
    world.fate = () => 'unsent';
    const opId = world.send('old');
    await later(world);
    world.fate = () => 'done';
    const target = { channelId: ids.general, target: opId };
    store.dispatch(hudhud.actions.editMessage({ ...target, content: 'new' }));
    store.dispatch(hudhud.actions.retry({ opId }));
    await later(world);
    expect(world.written()).toEqual([`${sendRoute} old`, `${sendRoute} new`]);
  });

  it('a page that cannot be read is read again, until it can', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'lost';
    world.readsFail = true;
    world.send('one');
    // not so long that no look is left, whatever the delays are
    await later(world, 20_000);
    expect(world.statuses()).toEqual(['uncertain']);
    expect(world.asked('GET /chat/messages').length).toBeGreaterThan(3);
    world.readsFail = false;
    await later(world);
    expect(world.statuses()).toEqual([]);
    expect(world.writes()).toHaveLength(1);
    expect(world.texts()).toEqual(['message 1', 'message 2', 'one']);
  });

  it('nothing is read without a network; with one it is looked for at once', async () => {
    const world = await createOutboxWorld();
    const { platform } = world;
    world.fate = () => 'lost';
    world.send('one');
    await platform.settle();
    platform.setOnline(false);
    const asked = world.asked('GET /chat/messages').length;
    await later(world);
    expect(world.statuses()).toEqual(['uncertain']);
    expect(world.asked('GET /chat/messages')).toHaveLength(asked);
    platform.setOnline(true);
    await platform.settle();
    expect(world.statuses()).toEqual([]);
    expect(world.writes()).toHaveLength(1);
  });

  it('that waits for a network is nobody’s any more after stop (L18)', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'lost';
    world.send('one');
    await world.platform.settle();
    world.platform.setOnline(false);
    await later(world);
    world.hudhud.stop();
    expect(world.platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it("is left to the person by 'ask' where nonces do not come back", async () => {
    const world = await createOutboxWorld({ outbox: { uncertain: 'ask' } });
    const { store, hudhud } = world;
    world.keepsMetadata = false;
    world.fate = () => 'lost';
    const opId = world.send('one');
    await later(world);
    expect(world.operations()).toMatchObject([{ status: 'failed', code: 'UNCONFIRMED' }]);
    expect(world.writes()).toHaveLength(1);
    store.dispatch(hudhud.actions.discard({ opId }));
    await later(world);
    expect(world.texts()).toEqual(['message 1', 'message 2', 'one']);
    expect(world.writes()).toHaveLength(1);
  });

  it("is left to the person by 'ask' also where it is certainly not there", async () => {
    const world = await createOutboxWorld({ outbox: { uncertain: 'ask' } });
    world.fate = () => 'unsent';
    const opId = world.send('one');
    await later(world);
    expect(world.operations()).toMatchObject([{ status: 'failed', code: 'UNCONFIRMED' }]);
    world.fate = () => 'done';
    world.store.dispatch(world.hudhud.actions.retry({ opId }));
    await later(world);
    expect(world.writes()).toHaveLength(2);
    expect(world.texts()).toEqual(['message 1', 'message 2', 'one']);
  });

  it("needs no person by 'ask' where nonces come back", async () => {
    const world = await createOutboxWorld({ outbox: { uncertain: 'ask' } });
    world.send('zero');
    await world.platform.settle();
    let tries = 0;
    world.fate = () => ((tries += 1) === 1 ? 'unsent' : 'done');
    world.send('one');
    await later(world);
    expect(world.writes()).toHaveLength(3);
    expect(world.texts()).toEqual(['message 1', 'message 2', 'zero', 'one']);
  });
});

describe('a send that finds no token again and again', () => {
  const withoutToken = async () => {
    let isDown = false;
    const asked: number[] = [];
    const world = await createOutboxWorld({
      tokens: {
        getToken() {
          if (!isDown) return jwt({ userId: ids.me });
          asked.push(world.platform.clock.now());
          throw new HudhudError('NETWORK', 'Nobody can be asked.');
        },
      },
    });
    isDown = true;
    const comeBack = () => {
      isDown = false;
    };
    return { world, asked, comeBack };
  };

  it('is not taken for the same words from another device, and leaves once there is one', async () => {
    const { world, comeBack } = await withoutToken();
    world.send('ok');
    await world.platform.advance(40_000);
    const other = row(9, { user_id: ids.me, content: 'ok' });
    await world.push(frame('channel_message', { action: 'new_message', ...other }));
    expect(world.statuses()).toEqual(['queued']);
    comeBack();
    await later(world);
    expect(world.written()).toEqual([`${sendRoute} ok`]);
    expect(world.statuses()).toEqual([]);
  });

  it('has all its tries left, and comes more and more seldom', async () => {
    const { world, asked, comeBack } = await withoutToken();
    world.send('ok');
    // as long as the stream is believed, which would ask as well
    await later(world, 70_000);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThan(20);
    await later(world, 10 * 60_000);
    expect(world.operations()).toMatchObject([{ status: 'queued', attempts: 0 }]);
    comeBack();
    world.fate = () => 409;
    await later(world, 10 * 60_000);
    expect(world.operations()).toMatchObject([{ status: 'failed', code: 'CONFLICT' }]);
    expect(world.writes()).toHaveLength(8);
  });
});
