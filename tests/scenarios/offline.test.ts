import { describe, expect, it } from '@jest/globals';
import { sessionEnded } from '../../src';
import type { FakeTab, ScriptedRequest } from '../../src/testing';
import { grant, ids, jwt, messageId, omar, refuse, row } from '../support/hudhudAnswers';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld, enter } from '../support/hudhudWorld';
import type { OfflineWorld, Page } from '../support/offlineWorld';
import { createOfflineWorld } from '../support/offlineWorld';
import { createOutboxWorld, sendRoute } from '../support/outboxWorld';

async function signOut(world: HudhudWorld): Promise<void> {
  const logout = world.hudhud.auth.logout();
  await world.platform.settle();
  await logout;
  await world.platform.settle();
}

describe('what was wished and not confirmed', () => {
  it('is sent by the next page, once and in order, when this one goes while there is no network', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.platform.setOnline(false);
    page.send('one');
    page.send('two');
    await page.platform.settle();
    expect(page.statuses()).toEqual(['queued', 'queued']);
    page.tab.crash();

    const next = await world.open();
    await next.platform.advance(1_000);
    expect(next.written()).toEqual([`${sendRoute} one`, `${sendRoute} two`]);
    expect(world.rows.map(({ content }) => content)).toEqual([
      'message 1',
      'message 2',
      'one',
      'two',
    ]);
    expect(next.statuses()).toEqual([]);
    await next.platform.advance(2_000);
    next.tab.crash();
    const third = await world.open();
    await third.platform.advance(60_000);
    expect(third.written()).toEqual([]);
  });

  it('is on disk before it is sent', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    let seen = '';
    page.fate = () => {
      seen = world.onDisk();
      return 'done';
    };
    page.send('hello');
    await page.platform.settle();
    expect(page.writes()).toHaveLength(1);
    expect(seen).toContain('"content":"hello"');
    expect(seen).toContain('"status":"sending"');
  });

  it('that was under way is looked for before it is sent again', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.fate = ({ body }) => (body?.includes('arrived') === true ? 'lost' : 'held');
    page.send('arrived');
    await page.platform.settle();
    page.tab.crash();

    const next = await world.open();
    await next.platform.advance(60_000);
    expect(next.written()).toEqual([]);
    expect(next.statuses()).toEqual([]);
    expect(next.texts()).toEqual(['message 1', 'message 2', 'arrived']);

    next.fate = () => 'held';
    next.send('never came');
    await next.platform.settle();
    next.tab.crash();
    const third = await world.open();
    expect(third.statuses()).toEqual(['uncertain']);
    await third.platform.advance(60_000);
    expect(third.written()).toEqual([`${sendRoute} never came`]);
    expect(third.texts()).toEqual(['message 1', 'message 2', 'arrived', 'never came']);
  });

  it('leaves all the same after 150 ms, and says that it is not on disk until it is', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.tab.storage.fate = () => 'held';
    page.send('hello');
    await page.platform.advance(149);
    expect(page.writes()).toHaveLength(0);
    page.fate = () => 'held';
    await page.platform.advance(1);
    expect(page.writes()).toHaveLength(1);
    expect(page.timeline().at(-1)?.pending?.durable).toBe(false);
    page.tab.storage.fate = () => 'done';
    page.tab.storage.release();
    await page.platform.settle();
    expect(page.timeline().at(-1)?.pending).toMatchObject({ status: 'sending' });
    expect(page.timeline().at(-1)?.pending?.durable).toBeUndefined();
  });

  it('is repeated with its key where the server knows it by that', async () => {
    const world = createOfflineWorld();
    const outbox = { idempotencyHeader: 'Idempotency-Key' };
    const page = await world.open({ outbox });
    page.fate = () => 'held';
    const opId = page.send('hello');
    await page.platform.settle();
    page.tab.crash();
    const next = await world.open({ outbox });
    await next.platform.settle();
    expect(next.written()).toEqual([`${sendRoute} hello`]);
    expect(next.writes()[0]?.headers.get('Idempotency-Key')).toBe(opId);
  });

  it('and can be repeated without harm is repeated', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    const { store, hudhud } = page;
    page.send('mine');
    await page.platform.settle();
    page.fate = () => 'held';
    const here = { channelId: ids.general };
    store.dispatch(
      hudhud.actions.editMessage({ ...here, target: messageId(3), content: 'better' }),
    );
    store.dispatch(hudhud.actions.addReaction({ ...here, target: messageId(1), emoji: '👍' }));
    hudhud.markRead(ids.general);
    await page.platform.settle();
    expect(page.statuses()).toEqual(['sending', 'sending', 'sending']);
    page.tab.crash();
    const next = await world.open();
    await next.platform.settle();
    expect([...next.written()].sort()).toEqual([
      `POST /chat/messages/${messageId(1)}/reactions`,
      'POST /chat/messages/read',
      `PUT /chat/messages/${messageId(3)} better`,
    ]);
    expect(world.rows[2]?.content).toBe('better');
  });

  it('keeps its undo, and what the person has to decide', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.fate = () => 400;
    page.send('refused');
    await page.platform.settle();
    page.send('mine');
    page.fate = () => 'done';
    await page.platform.advance(1_000);
    page.store.dispatch(
      page.hudhud.actions.deleteMessage({ channelId: ids.general, target: messageId(3) }),
    );
    await page.platform.settle();
    expect(page.statuses()).toEqual(['failed', 'queued']);
    page.tab.crash();
    const next = await world.open();
    expect(next.operations().map(({ kind, status }) => [kind, status])).toEqual([
      ['send', 'failed'],
      ['delete', 'queued'],
    ]);
    const [, deletion] = next.operations();
    next.store.dispatch(next.hudhud.actions.discard({ opId: deletion?.opId ?? '' }));
    await next.platform.advance(10_000);
    expect(next.written()).toEqual([]);
    next.tab.crash();
    const third = await world.open();
    expect(third.statuses()).toEqual(['failed']);
  });

  it('leaves nothing held after stop()', async () => {
    const world = createOfflineWorld({ messageText: true });
    const page = await world.open();
    page.send('hello');
    await page.platform.advance(3_000);
    // on one line tabs know each other, on others what they spend of the limit, and that somebody signed in
    expect(page.tab.held()).toEqual({ locks: 2, lines: 3, databases: 1 });
    page.hudhud.stop();
    await page.platform.settle();
    expect(page.tab.held()).toEqual({ locks: 0, lines: 0, databases: 0 });
    expect(page.platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
    // also in the middle of its beginning
    page.hudhud.start();
    page.hudhud.stop();
    await page.platform.settle();
    expect(page.tab.held()).toEqual({ locks: 0, lines: 0, databases: 0 });
    expect(page.platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('is sent after stop() and start()', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.platform.setOnline(false);
    page.send('before');
    await page.platform.settle();
    page.hudhud.stop();
    page.send('between');
    await page.platform.settle();
    page.hudhud.start();
    await page.platform.settle();
    page.platform.setOnline(true);
    await page.platform.advance(1_000);
    expect(page.written()).toEqual([`${sendRoute} before`, `${sendRoute} between`]);
    expect(page.statuses()).toEqual([]);
  });

  it('is not begun again after stop() and start() where it was done, and could not be taken from the disk', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.fate = () => 'held';
    const target = { channelId: ids.general, target: messageId(1) };
    page.store.dispatch(page.hudhud.actions.addReaction({ ...target, emoji: '👍' }));
    await page.platform.settle();
    page.tab.storage.fate = () => 'fails';
    page.finish(page.writes().at(-1));
    await page.platform.advance(30_000);
    expect(page.written()).toHaveLength(1);
    expect(page.statuses()).toEqual([]);
    page.hudhud.stop();
    await page.platform.settle();
    expect(world.onDisk()).toContain('👍');
    page.tab.storage.fate = () => 'done';
    page.hudhud.start();
    await page.platform.advance(1_000);
    expect(page.statuses()).toEqual([]);
    expect(page.written()).toHaveLength(1);
    await page.platform.advance(2_000);
    expect(world.onDisk()).not.toContain('👍');
  });

  it('has not left if it is stopped before it is on disk', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.tab.storage.fate = () => 'held';
    page.send('hello');
    await page.platform.settle();
    expect(page.statuses()).toEqual(['sending']);
    page.hudhud.stop();
    expect(page.statuses()).toEqual(['queued']);
    page.tab.storage.fate = () => 'done';
    page.tab.storage.release();
    await page.platform.settle();
    page.hudhud.start();
    await page.platform.advance(1_000);
    expect(page.written()).toEqual([`${sendRoute} hello`]);
  });
});

describe('a file', () => {
  it('that the server has goes along with its message; one whose bytes are gone fails it', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    const { hudhud, store, uploads } = page;
    const attach = (name: string) => hudhud.attach(ids.general, new Blob(['bytes']), name).uploadId;
    const [there, lost] = [attach('there.txt'), attach('lost.txt')];
    await page.platform.settle();
    uploads.requests[0]?.done();
    await page.platform.settle();
    page.platform.setOnline(false);
    for (const [content, id] of [
      ['with it', there],
      ['without', lost],
    ] as const) {
      store.dispatch(
        hudhud.actions.sendMessage({ channelId: ids.general, content, uploadIds: [id] }),
      );
    }
    await page.platform.settle();
    page.tab.crash();
    const next = await world.open();
    await next.platform.settle();
    expect(next.written()).toEqual([`${sendRoute} with it`]);
    expect(next.writes()[0]?.body).toContain('file-there.txt');
    expect(next.operations().map(({ status, code }) => [status, code])).toEqual([
      ['failed', 'ATTACHMENT_LOST'],
    ]);
  });
});

describe('signing out', () => {
  it('wipes the disk', async () => {
    const world = createOfflineWorld({ messageText: true });
    const page = await world.open();
    page.platform.setOnline(false);
    page.send('secret plan');
    await page.platform.advance(3_000);
    expect(world.onDisk()).toContain('secret plan');
    expect(world.onDisk()).toContain('message 1');
    await signOut(page);
    expect(world.onDisk()).not.toMatch(/secret plan|message 1|session/);
    expect(page.tab.held()).toEqual({ locks: 0, lines: 0, databases: 0 });
    await enter(page);
    await page.platform.advance(3_000);
    expect(page.operations()).toEqual([]);
    page.send('again');
    await page.platform.advance(1_000);
    expect(page.tab.storage.writes()).toBeGreaterThan(3);
    expect(page.hudhud.selectors.selectStorage(page.store.getState()).status).toBe('ready');
  });

  it('ends the session in every tab, and none of them writes any more', async () => {
    const world = createOfflineWorld({ messageText: true });
    const one = await world.open();
    const two = await world.open();
    two.platform.setOnline(false);
    two.send('of the other tab');
    await two.platform.settle();
    // a tab that is slow to write
    two.tab.storage.fate = () => 'held';
    two.send('too late');
    await two.platform.settle();
    await signOut(one);
    expect(two.hudhud.selectors.selectViewerId(two.store.getState())).toBeNull();
    expect(two.operations()).toEqual([]);
    two.tab.storage.fate = () => 'done';
    two.tab.storage.release();
    await two.platform.advance(3_000);
    expect(world.onDisk()).not.toMatch(/other tab|too late|message|session/);
    // its token is not used either
    const asked = two.server.requests.length;
    await expect(two.hudhud.rest.unread()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(two.server.requests).toHaveLength(asked);
    expect(two.asked('POST /auth/logout')).toHaveLength(0);
  });

  it('does not end a session that began after it', async () => {
    const world = createOfflineWorld();
    const one = await world.open();
    const two = await world.open();
    const leaving = signOut(one);
    const entering = signOut(two).then(() => enter(two));
    await Promise.all([leaving, entering]);
    await two.platform.advance(1_000);
    expect(two.hudhud.selectors.selectViewerId(two.store.getState())).toBe(ids.me);
    expect(two.hudhud.selectors.selectStorage(two.store.getState()).status).toBe('ready');
  });

  it('wipes what an earlier visit left, though nothing was started', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.platform.setOnline(false);
    page.send('secret plan');
    await page.platform.settle();
    page.tab.crash();
    const next = createHudhudWorld({
      tab: world.origin.tab(),
      options: { persistence: {}, shareStream: false },
    });
    const login = next.hudhud.auth.login({ username: 'lina', password: 'pa55-w0rd' });
    await next.platform.settle();
    await login;
    await signOut(next);
    expect(world.onDisk()).not.toContain('secret plan');
  });
});

describe('a session that expired', () => {
  it('leaves what was wished for the same person, and nobody else sees it', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.platform.setOnline(false);
    page.send('for later');
    await page.platform.settle();
    page.store.dispatch(sessionEnded({ reason: 'expired' }));
    await page.platform.settle();
    expect(page.operations()).toEqual([]);

    const stranger = createHudhudWorld({
      tab: world.origin.tab(),
      seed: 7,
      options: { persistence: {}, shareStream: false },
      routes: {
        'POST /auth/login': (request) => {
          request.json({ success: true, user: omar, tokens: grant() });
        },
      },
    });
    await enter(stranger);
    await stranger.platform.advance(3_000);
    expect(stranger.asked(sendRoute)).toEqual([]);
    expect(stranger.hudhud.selectors.selectPendingCount(stranger.store.getState())).toBe(0);

    page.platform.setOnline(true);
    await enter(page);
    await page.platform.advance(3_000);
    expect(page.written()).toEqual([`${sendRoute} for later`]);
  });
});

describe('several tabs', () => {
  it('each sends its own', async () => {
    const world = createOfflineWorld();
    const one = await world.open();
    one.platform.setOnline(false);
    one.send('of one');
    await one.platform.settle();
    const two = await world.open();
    await two.platform.advance(5_000);
    expect(two.operations()).toEqual([]);
    one.platform.setOnline(true);
    await one.platform.advance(1_000);
    expect([one.written(), two.written()]).toEqual([[`${sendRoute} of one`], []]);
  });

  it('one that lives takes over from one that goes, whichever came first', async () => {
    const world = createOfflineWorld();
    const one = await world.open();
    const two = await world.open();
    const three = await world.open();
    for (const page of [two, one]) {
      page.platform.setOnline(false);
      page.send(page === one ? 'of one' : 'of two');
      await page.platform.settle();
      page.tab.crash();
      for (const other of [one, three]) await other.platform.settle();
    }
    await three.platform.advance(5_000);
    expect(one.written()).toEqual([`${sendRoute} of two`]);
    expect(three.written()).toEqual([`${sendRoute} of one`]);
    expect(world.rows).toHaveLength(4);
  });

  it('what was taken over from one that was stopped is not sent by it again', async () => {
    const world = createOfflineWorld();
    const one = await world.open();
    const two = await world.open();
    two.platform.setOnline(false);
    two.send('moved');
    await two.platform.settle();
    two.hudhud.stop();
    two.send('stayed');
    await two.platform.settle();
    await one.platform.advance(1_000);
    expect(one.written()).toEqual([`${sendRoute} moved`]);
    expect(two.operations()).toHaveLength(2);
    two.platform.setOnline(true);
    two.hudhud.start();
    await two.platform.advance(5_000);
    expect(two.written()).toEqual([`${sendRoute} stayed`]);
    expect(two.operations()).toEqual([]);
    expect(world.rows.map(({ content }) => content).slice(2)).toEqual(['moved', 'stayed']);
  });

  it('what was written late by one that was stopped and started twice is sent once', async () => {
    const world = createOfflineWorld();
    const one = await world.open();
    const two = await world.open();
    two.platform.setOnline(false);
    two.tab.storage.fate = () => 'held';
    two.send('slowly');
    await two.platform.settle();
    two.hudhud.stop();
    await two.platform.settle();
    two.hudhud.start();
    await two.platform.settle();
    two.hudhud.stop();
    await two.platform.settle();
    two.platform.setOnline(true);
    two.hudhud.start();
    await two.platform.settle();
    // now what the first visit of this tab left comes to be on disk, where the other tab finds it
    two.tab.storage.fate = () => 'done';
    two.tab.storage.release();
    await two.platform.advance(5_000);
    await one.platform.advance(5_000);
    expect(world.rows.map(({ content }) => content).slice(2)).toEqual(['slowly']);
    expect([one.operations(), two.operations()]).toEqual([[], []]);
  });

  it.each(['queued', 'uncertain'])(
    'what was taken over by one that goes comes back to where it was wished, %s',
    async (status) => {
      const world = createOfflineWorld();
      const one = await world.open();
      const two = await world.open();
      if (status === 'queued') two.platform.setOnline(false);
      else two.fate = () => 'held';
      two.send('there and back');
      await two.platform.settle();
      two.hudhud.stop();
      one.platform.setOnline(false);
      await one.platform.advance(1_000);
      expect(one.statuses()).toEqual([status]);
      two.hudhud.start();
      await two.platform.advance(1_000);
      expect(two.operations()).toEqual([]);

      one.tab.crash();
      two.fate = () => 'done';
      two.platform.setOnline(true);
      await two.platform.advance(10_000);
      expect(two.operations()).toEqual([]);
      const texts = world.rows.map(({ content }) => content);
      expect(texts.slice(2)).toEqual(['there and back']);
    },
  );

  it('two that begin at once share a session', async () => {
    const world = createOfflineWorld();
    const [one, two] = await Promise.all([world.open(), world.open()]);
    for (const page of [one, two]) {
      page.platform.setOnline(false);
      page.send('x');
      await page.platform.settle();
      expect(page.hudhud.selectors.selectStorage(page.store.getState()).status).toBe('ready');
    }
    expect(world.onDisk().match(/"content":"x"/g)).toHaveLength(2);
  });
});

describe('a start at which the server cannot be asked', () => {
  const unreachable = (request: ScriptedRequest): void => {
    request.fail();
  };
  /** A page that was loaded anew, with the cookie of an earlier visit. */
  async function reload(world: OfflineWorld, refresh = unreachable) {
    let answer = refresh;
    const page = createHudhudWorld({
      tab: world.origin.tab(),
      seed: 9,
      options: { persistence: {}, shareStream: false },
      routes: {
        'POST /auth/refresh': (request) => {
          answer(request);
        },
        [sendRoute]: (request) => {
          const { content } = JSON.parse(request.body ?? '{}') as { readonly content: string };
          request.json({ success: true, message: row(9, { user_id: ids.me, content }) });
        },
      },
    });
    const restoring = page.hudhud.auth.restore();
    restoring.catch(() => undefined);
    await page.platform.settle();
    return Object.assign(page, {
      restoring,
      reach(how: typeof refresh) {
        answer = how;
      },
    });
  }
  async function leaveOne(world: OfflineWorld) {
    const page = await world.open();
    page.platform.setOnline(false);
    page.send('for later');
    await page.platform.settle();
    page.tab.crash();
  }
  const renewed =
    (userId: string = ids.me) =>
    (request: ScriptedRequest) => {
      request.json({ success: true, accessToken: jwt({ userId }), expiresIn: 900 });
    };

  it('goes on with who was here last, and asks for their token as soon as that is possible', async () => {
    const world = createOfflineWorld();
    await leaveOne(world);
    const page = await reload(world);
    await expect(page.restoring).resolves.toMatchObject({ id: ids.me, username: 'lina' });
    page.hudhud.start();
    await page.platform.advance(10_000);
    expect(page.asked(sendRoute)).toEqual([]);
    expect(page.hudhud.selectors.selectPendingCount(page.store.getState())).toBe(1);
    page.reach(renewed());
    await page.platform.advance(120_000);
    expect(page.streams.length).toBeGreaterThan(0);
    expect(page.asked(sendRoute)).toHaveLength(1);
    expect(page.hudhud.selectors.selectPendingCount(page.store.getState())).toBe(0);
    for (const request of page.asked(sendRoute)) {
      expect(request.headers.get('authorization')).toBe(`Bearer ${jwt({ userId: ids.me })}`);
    }
  });

  it('sends nothing of theirs in the name of somebody whose cookie it is by now', async () => {
    const world = createOfflineWorld();
    await leaveOne(world);
    const page = await reload(world);
    await page.restoring;
    page.hudhud.start();
    page.reach(renewed(ids.omar));
    await page.platform.advance(120_000);
    expect(page.asked(sendRoute)).toEqual([]);
    expect(page.streams).toEqual([]);
    expect(JSON.stringify(page.server.requests.map(({ headers }) => [...headers]))).not.toContain(
      jwt({ userId: ids.omar }),
    );
  });

  it('remembers nobody who signed out, nor whom the server does not know any more', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    await page.platform.settle();
    const refused = await reload(world, refuse(401, 'TOKEN_EXPIRED'));
    await expect(refused.restoring).resolves.toBeNull();
    await signOut(page);
    expect(world.onDisk()).not.toMatch(/lina|account/);
    const next = await reload(world);
    await expect(next.restoring).rejects.toMatchObject({ code: 'NETWORK' });
  });

  it('is no sign-in where nothing is kept', async () => {
    const world = createOfflineWorld();
    const { tab } = await world.open();
    tab.crash();
    const plain = createHudhudWorld({
      tab: world.origin.tab(),
      routes: { 'POST /auth/refresh': unreachable },
    });
    const restoring = plain.hudhud.auth.restore();
    restoring.catch(() => undefined);
    await plain.platform.settle();
    await expect(restoring).rejects.toMatchObject({ code: 'NETWORK' });
  });
});

describe('a disk that cannot be used', () => {
  const storageOf = (page: Page) => page.hudhud.selectors.selectStorage(page.store.getState());

  it.each<readonly [string, (page: ReturnType<OfflineWorld['origin']['tab']>) => FakeTab]>([
    [
      'is blocked',
      (tab) => {
        tab.storage.isBlocked = true;
        return tab;
      },
    ],
    ['has no locks', (tab) => ({ ...tab, locks: { ...tab.locks, isSupported: () => false } })],
  ])('%s: all goes on without it', async (_name, spoil) => {
    const world = createOfflineWorld();
    const page = await world.open({}, spoil);
    page.send('hello');
    await page.platform.settle();
    expect(page.writes()).toHaveLength(1);
    expect(storageOf(page)).toEqual({ status: 'failed', code: 'STORAGE_UNAVAILABLE', lost: 0 });
    page.hudhud.stop();
    await page.platform.settle();
    expect(page.platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('never answers: the stream is opened after a second, and wishes leave', async () => {
    const tab = createOfflineWorld().origin.tab();
    const read = () => new Promise<never>(() => undefined);
    const world = createHudhudWorld({
      tab: { ...tab, storage: { ...tab.storage, read } },
      options: { persistence: {}, shareStream: false },
    });
    const { hudhud, store, platform } = world;
    await enter(world);
    await platform.advance(999);
    expect(world.streams).toHaveLength(0);
    await platform.advance(1);
    expect(world.streams).toHaveLength(1);
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    await platform.advance(150);
    expect(world.asked(sendRoute)).toHaveLength(1);
    hudhud.stop();
    await platform.settle();
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('is full: nothing stops, it is said, and taken back once there is room', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.fate = () => 'held';
    page.tab.storage.fate = () => 'fails';
    page.send('hello');
    await page.platform.settle();
    expect(page.writes()).toHaveLength(1);
    expect(storageOf(page)).toMatchObject({ status: 'failed', code: 'STORAGE_UNAVAILABLE' });
    expect(page.timeline().at(-1)?.pending?.durable).toBe(false);
    page.tab.storage.fate = () => 'done';
    page.send('another');
    await page.platform.settle();
    expect(storageOf(page)).toEqual({ status: 'ready', code: null, lost: 0 });
    expect(page.timeline().map(({ pending }) => pending?.durable)).not.toContain(false);
    expect(world.onDisk()).toContain('another');
    page.tab.crash();
    const next = await world.open();
    expect(next.statuses()).toEqual(['uncertain', 'queued']);
  });

  it('holds what is not understood: that is left out and said, and the rest is there', async () => {
    const world = createOfflineWorld({ messageText: true });
    const page = await world.open();
    page.platform.setOnline(false);
    page.send('sound');
    page.send('spoiled');
    await page.platform.advance(3_000);
    page.tab.crash();
    for (const entries of world.origin.disk.values()) {
      for (const [key, value] of entries) {
        if (key.startsWith('outbox/')) {
          const kept = value as { readonly operations: readonly object[] };
          const [first, second] = kept.operations;
          entries.set(key, { operations: [first, { ...second, kind: '__proto__' }, 7] });
        }
        if (key === `channel/${ids.general}`) entries.set(key, { rows: 'none', windows: {} });
        if (key === 'channels') entries.set(key, 42);
      }
      entries.set('channel/__proto__', { rows: [], windows: [] });
      entries.set('outbox/stranger', null);
      entries.set('cursor', 'nowhere');
    }
    const next = await world.open();
    expect(storageOf(next)).toEqual({ status: 'ready', code: 'STORAGE_DAMAGED', lost: 2 });
    await next.platform.advance(1_000);
    expect(next.written()).toEqual([`${sendRoute} sound`]);
    expect(next.texts()).toEqual(['message 1', 'message 2', 'sound']);
  });

  it('is of another version: it is wiped, and that is said', async () => {
    const world = createOfflineWorld();
    const page = await world.open();
    page.platform.setOnline(false);
    page.send('one');
    page.send('two');
    await page.platform.settle();
    page.tab.crash();
    for (const entries of world.origin.disk.values()) entries.set('version', 'hudhud/0/00000000');
    const next = await world.open();
    expect(storageOf(next)).toEqual({ status: 'ready', code: 'STORAGE_OUTDATED', lost: 2 });
    expect(next.operations()).toEqual([]);
    expect(world.onDisk()).not.toContain('one');
    next.send('goes on');
    await next.platform.settle();
    expect(next.written()).toEqual([`${sendRoute} goes on`]);
  });
});

describe('without being asked for', () => {
  it('nothing is kept, and nothing waits', async () => {
    const world = createOfflineWorld();
    const tab = world.origin.tab();
    const page = await createOutboxWorld({ shareStream: false }, 2, undefined, { tab });
    page.send('hello');
    await page.platform.settle();
    expect(page.writes()).toHaveLength(1);
    await page.platform.advance(5_000);
    // what is spent of the limit, and a sign-in, are told to other tabs all the same
    expect(tab.held()).toEqual({ locks: 0, lines: 2, databases: 0 });
    expect(world.onDisk()).toBe('[]');
    expect(page.hudhud.selectors.selectStorage(page.store.getState()).status).toBe('off');
  });
});
