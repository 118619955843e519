import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { configureStore } from '@reduxjs/toolkit';
import type { LogEntry } from '../../../src/actions/logFormat';
import { sessionEnded } from '../../../src/actions/session';
import { noticesReceived } from '../../../src/actions/stream';
import { createPlayer } from '../../../src/replay/player';
import { readLog } from '../../../src/replay/readLog';
import { createRecorder } from '../../../src/replay/recorder';
import type { RecorderOptions } from '../../../src/replay/recorderOptions';
import type { LogSink } from '../../../src/replay/sinks';
import { createMemorySink } from '../../../src/replay/sinks';
import { createRootReducer } from '../../../src/state/rootReducer';
import { createFakePlatform } from '../../../src/testing';
import { codeOf } from '../../support/codeOf';
import { createRecordedStore, jumped } from '../../support/recordedStore';

const notice = (ordinal: number, text = `notice ${ordinal}`) =>
  noticesReceived({
    ...{ stream: 'main', epoch: 1, ordinal, receivedAt: ordinal },
    events: [{ type: 'broadcast', op: 'notice', level: 'system', text, timestamp: null }],
  });

/** The notices of a state that was played. */
const noticesIn = (state: Readonly<Record<string, unknown>>) =>
  (state['notices'] as { readonly list: readonly unknown[] }).list;

const typesIn = (entries: readonly LogEntry[]): string[] =>
  entries.flatMap(({ kind, entry }) => (kind === 'action' ? [entry.a.type] : []));

/** Reads a log, and expects it to be whole and to come to what it came to. */
function sound(text: string) {
  const log = readLog(text);
  expect(log.end).toMatchObject({ isComplete: true, isTruncated: false });
  const player = createPlayer(log);
  expect(player.verify()).toEqual([]);
  player.seek(player.last);
  return { ...log, player };
}

const setups: readonly [string, RecorderOptions][] = [
  ['none', { redaction: 'none' }],
  ['pseudonyms', {}],
];

describe.each(setups)('a recording with redaction %s', (_, options) => {
  it('is what the reducers saw, and comes to the same', () => {
    const { recorder, store, live } = createRecordedStore({ checkpointEvery: 2, ...options });
    for (let i = 1; i <= 6; i++) store.dispatch(notice(i));
    const { entries, header, player } = sound(recorder.export());
    expect(header).toMatchObject({ level: 'domain', slices: Object.keys(live()) });
    expect(typesIn(entries).slice(2)).toEqual(Array(6).fill('stream/noticesReceived'));
    const checkpoints = entries.filter(({ kind }) => kind === 'checkpoint');
    expect(checkpoints.map(({ entry }) => 'c' in entry && entry.c)).toEqual([2, 4, 6, 8]);
    const notices = noticesIn(player.state) as readonly { readonly text: string }[];
    if (options.redaction === 'none') expect(player.state).toEqual(live());
    else expect(notices.map(({ text }) => text)[0]).toMatch(/^~[0-9a-f]{16}\.8$/);
  });

  it('has whatever subscribers dispatch in its order', () => {
    const { recorder, store, live } = createRecordedStore({ checkpointEvery: 1, ...options });
    store.subscribe(() => {
      const { length } = live().notices.list;
      if (length > 0 && length < 4) store.dispatch(notice(10 + length));
    });
    store.dispatch(notice(1));
    const { player } = sound(recorder.export());
    expect(noticesIn(player.state)).toHaveLength(4);
    const whys = readLog(recorder.export()).entries.flatMap(({ kind, entry }) =>
      kind === 'keyframe' ? [entry.why] : [],
    );
    expect(whys).toEqual(['start']);
  });

  it('goes on where the state has changed without an action', () => {
    const { recorder, store, live } = createRecordedStore({ checkpointEvery: 1, ...options });
    store.dispatch(notice(1));
    const before = live();
    store.dispatch(notice(2));
    store.dispatch(jumped(before));
    store.dispatch(notice(3));
    store.dispatch(jumped());
    const { entries, player } = sound(recorder.export());
    const jumps = entries.filter(({ kind, entry }) => kind === 'keyframe' && entry.why === 'jump');
    expect(jumps.map(({ entry }) => 'k' in entry && entry.k)).toEqual([4, 5]);
    expect(noticesIn(player.state)).toEqual([]);
    player.step(-1);
    expect(noticesIn(player.state)).toHaveLength(1);
  });

  it('stays within its bounds, and can be replayed from where it begins', () => {
    const bounds = { maxActions: 80, checkpointEvery: 7 };
    const { recorder, store, live } = createRecordedStore({ ...bounds, ...options });
    for (let i = 1; i <= 500; i++) {
      store.dispatch(notice(i));
      if (i % 90 !== 0) continue;
      recorder.flush();
      expect(recorder.stats().held).toBeLessThanOrEqual(80);
    }
    const { entries, player } = sound(recorder.export());
    expect(entries.filter(({ kind }) => kind === 'keyframe')).toHaveLength(1);
    expect(player.first).toBeGreaterThan(400);
    expect(player.last).toBe(502);
    expect(noticesIn(player.state)).toHaveLength(live().notices.list.length);
    const { held, dropped, actions } = recorder.stats();
    expect([held + dropped, actions]).toEqual([502, 502]);
    expect(held).toBeGreaterThan(60);
  });

  it('is bounded by size too', () => {
    const { recorder, store } = createRecordedStore({ maxBytes: 20_000, ...options });
    for (let i = 1; i <= 500; i++) {
      store.dispatch(notice(i));
      recorder.flush();
    }
    expect(recorder.stats().bytes).toBeLessThanOrEqual(20_000);
    sound(recorder.export());
  });
});

describe('what a recording holds', () => {
  it('is bounded where the state jumps over and over', () => {
    const { recorder, store, live } = createRecordedStore();
    const { length } = recorder.export();
    for (let i = 1; i <= 200; i++) {
      store.dispatch(jumped({ ...live() }));
      store.dispatch(notice(1));
    }
    const text = recorder.export();
    expect(text.length).toBeLessThan(40 * length);
    expect(sound(text).player.last).toBe(202);
    const { held, dropped } = recorder.stats();
    expect(held + dropped).toBe(202);
  });

  it('does not grow by being asked for', () => {
    const { recorder, store } = createRecordedStore();
    const text = recorder.export();
    for (let i = 1; i <= 20; i++) recorder.export();
    expect(recorder.export()).toBe(text);
    store.dispatch(notice(1));
    const checkpoints = sound(recorder.export()).entries.filter(
      ({ kind }) => kind === 'checkpoint',
    );
    expect(checkpoints).toHaveLength(2);
  });
});

describe('what goes to a sink', () => {
  it('is one log in a memory sink: that of the last start', async () => {
    const sink = createMemorySink();
    const { recorder, store } = createRecordedStore({ sink });
    await recorder.stop();
    expect(sound(sink.text()).end.actions).toBe(2);
    recorder.start();
    store.dispatch(notice(1));
    await recorder.stop();
    expect(sound(sink.text()).end.actions).toBe(1);
  });

  it('is a log that ends when the recording does', async () => {
    const sink = createMemorySink();
    const { recorder, store } = createRecordedStore({ sink, checkpointEvery: 3 });
    for (let i = 1; i <= 10; i++) store.dispatch(notice(i));
    await recorder.stop();
    store.dispatch(notice(11));
    expect(sound(sink.text()).end.actions).toBe(12);
    expect(recorder.export()).toBe(sink.text());
  });

  it('comes when there is time, and not in a dispatch', async () => {
    const sink = createMemorySink();
    const { store, platform } = createRecordedStore({ sink, encodeAfterMs: 250 });
    for (let i = 1; i <= 10; i++) store.dispatch(notice(i));
    expect(sink.text()).toBe('');
    await platform.advance(249);
    expect(sink.text()).toBe('');
    await platform.advance(1);
    expect(readLog(sink.text()).end).toMatchObject({ actions: 12, isComplete: false });
  });

  it('comes in turns of some milliseconds, so that what else waits has its turn in between', async () => {
    const turns: string[] = [];
    const platform = createFakePlatform();
    // each look at it is a millisecond later
    let spentMs = 0;
    const clock = { now: () => platform.clock.now() + spentMs++ };
    const { store } = createRecordedStore(
      { sink: { write: (text) => void turns.push(text) }, platform: { ...platform, clock } },
      platform,
    );
    for (let i = 1; i <= 10; i++) store.dispatch(notice(i));
    await platform.advance(250);
    expect(turns.length).toBeGreaterThan(2);
    expect(readLog(turns[0] ?? '').end.actions).toBeLessThan(6);
    expect(readLog(turns.join('')).end.actions).toBe(12);
  });

  it('is several logs, each of which can be replayed by itself', async () => {
    const logs: string[] = [''];
    const sink: LogSink = {
      rollAfterBytes: 10_000,
      write: (text) => {
        logs.push((logs.pop() ?? '') + text);
      },
      roll: () => {
        logs.push('');
      },
    };
    const { recorder, store } = createRecordedStore({ sink, checkpointEvery: 5 });
    for (let i = 1; i <= 200; i++) {
      store.dispatch(notice(i));
      if (i % 20 === 0) recorder.flush();
    }
    await recorder.stop();
    expect(logs.length).toBeGreaterThan(3);
    const ends = logs.map((text) => sound(text).player.last);
    expect(logs.map((text) => sound(text).player.first)).toEqual([0, ...ends.slice(0, -1)]);
    expect(ends.at(-1)).toBe(202);
  });

  it('may fail: the app goes on, and it is counted', async () => {
    const onError = jest.fn(() => {
      throw new Error('the host fails too');
    });
    const sink: LogSink = {
      write() {
        throw new Error('disk full');
      },
      close: () => Promise.reject(new Error('disk full')),
    };
    const { recorder, store, live } = createRecordedStore({ sink, onError });
    store.dispatch(notice(1));
    recorder.flush();
    await recorder.stop();
    expect(live().notices.list).toHaveLength(1);
    expect(recorder.stats()).toMatchObject({ failures: 2, isRecording: false });
    expect(onError).toHaveBeenCalledTimes(2);
    sound(recorder.export());
  });
});

describe('the end of a page', () => {
  const scope = globalThis as { addEventListener?: unknown; removeEventListener?: unknown };
  afterEach(() => {
    delete scope.addEventListener;
    delete scope.removeEventListener;
  });

  it.each(['pagehide', 'error', 'unhandledrejection'])('%s writes what waits', async (event) => {
    const page = new EventTarget();
    const held = jest.fn((type: string) => type);
    scope.addEventListener = (type: string, run: () => void) => {
      page.addEventListener(type, run);
      held(type);
    };
    scope.removeEventListener = (type: string, run: () => void) => {
      page.removeEventListener(type, run);
      held(type);
    };
    const sink = createMemorySink();
    const { recorder, store, platform } = createRecordedStore({ sink });
    store.dispatch(notice(1));
    page.dispatchEvent(new Event(event));
    expect(readLog(sink.text()).end).toMatchObject({ actions: 3, isComplete: false });
    await recorder.stop();
    expect(held).toHaveBeenCalledTimes(6);
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });
});

describe('what a host does', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  const query = {
    type: 'api/executeQuery/fulfilled',
    payload: { rows: ['private'] },
    meta: {
      requestId: 'r1',
      arg: { endpointName: 'login', originalArgs: { password: 'private' } },
      baseQueryMeta: { request: { headers: { authorization: 'Bearer private' } } },
    },
  };

  it('is not recorded, unless that is asked for', () => {
    const { recorder, store } = createRecordedStore();
    store.dispatch({ type: 'todos/added' });
    store.dispatch(notice(1));
    expect(typesIn(sound(recorder.export()).entries)).not.toContain('todos/added');
  });

  it('is recorded by its type, with nothing of what it carries', () => {
    const { recorder, store } = createRecordedStore({ level: 'full' });
    store.dispatch({ type: 'todos/added', payload: { text: 'private', private: 4 } });
    store.dispatch(query);
    const text = recorder.export();
    expect(typesIn(sound(text).entries)).toEqual(
      expect.arrayContaining([query.type, 'todos/added']),
    );
    expect(text).not.toContain('private');
  });

  it.each(['none', 'pseudonyms'] as const)(
    'has nothing of requests of RTK Query in it, with redaction %s',
    (redaction) => {
      const { recorder, store } = createRecordedStore({ level: 'full', redaction });
      store.dispatch({ ...query, payload: null });
      const text = recorder.export();
      sound(text);
      expect(text).toContain(query.type);
      expect(text).not.toMatch(/private|authorization|originalArgs|password/);
      expect(text.includes('r1')).toBe(redaction === 'none');
    },
  );

  it('is recorded without what it carries where that is too much, or a circle', () => {
    const { recorder, store } = createRecordedStore({ level: 'full', redaction: 'none' });
    store.dispatch({ type: 'todos/added', payload: circle });
    store.dispatch({ type: 'todos/added', payload: 'x'.repeat(100_000) });
    store.dispatch({ type: 'todos/added', payload: new Date(0) });
    const actions = sound(recorder.export()).entries.flatMap(({ kind, entry }) =>
      kind === 'action' ? [entry.a] : [],
    );
    expect(actions.slice(2)).toEqual([
      { type: 'todos/added', omitted: true },
      { type: 'todos/added', omitted: true },
      { type: 'todos/added', payload: {} },
    ]);
  });
});

describe('secrets', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJsaW5hIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ';

  it.each(['none', 'pseudonyms'] as const)('are in no log, with redaction %s', (redaction) => {
    const { recorder, store } = createRecordedStore({ redaction, level: 'full' });
    store.dispatch(notice(1, `my token is ${token}`));
    store.dispatch(notice(2, `Authorization: Bearer ${token}`));
    store.dispatch({ type: 'todos/added', accessToken: 'abc-123', meta: { password: 'abc-123' } });
    const text = recorder.export();
    expect(text).not.toContain(token);
    expect(text).not.toContain('abc-123');
    sound(text);
  });

  it.each<[string, { readonly type: string } & Record<string, unknown>]>([
    [
      'under its name',
      { type: 'a', body: { tokens: ['abc-123'], apiKey: 'abc-123', jwt: 'abc-123' } },
    ],
    ['under the name of a hash', { type: 'a', passwordHash: 'abc-123', 'x-api-key': 'abc-123' }],
    ['in an address', { type: 'a', url: 'https://chat.example/stream?access_token=abc-123' }],
    ['before a host', { type: 'a', url: 'https://sara:abc-123@chat.example/' }],
    ['in JSON in a text', { type: 'a', key: 'login({"user":"sara","password":"abc-123"})' }],
    ['in JSON in JSON', { type: 'a', key: '{"body":"{\\"password\\":\\"abc-123\\"}"}' }],
    ['as a name', { type: 'a', sessions: { 'eyJhbGciOiJIUzI1NiJ9.abc-123': true } }],
    ['as a name under a secret one', { type: 'a', tokens: { 'eyJhbGciOiJIUzI1NiJ9.abc-123': 1 } }],
    ['in the type of an action', { type: 'signedIn/eyJhbGciOiJIUzI1NiJ9.abc-123' }],
  ])('are in no log where texts are kept: %s', (_, action) => {
    const { recorder, store } = createRecordedStore({ redaction: 'none', level: 'full' });
    store.dispatch(action);
    const text = recorder.export();
    expect(sound(text).end.actions).toBe(3);
    expect(text).not.toContain('abc-123');
  });

  it('are not seen in what is none', () => {
    const { recorder, store } = createRecordedStore({ redaction: 'none', level: 'full' });
    const text = 'the token ring = 1, a "secret" place, sara@chat.example, http://a/b?page=2&q=x';
    store.dispatch({ type: 'todos/added', text });
    expect(recorder.export()).toContain(JSON.stringify(text));
  });

  it.each([true, false])('of who has signed out are not held as states', async (isRecording) => {
    const { recorder, store } = createRecordedStore({ maxActions: 16 });
    for (let i = 1; i <= 6; i++) store.dispatch(notice(i, 'private'));
    if (!isRecording) await recorder.stop();
    const held: unknown[] = [];
    jest.spyOn(JSON, 'stringify').mockImplementation((value) => {
      held.push(value);
      return '""';
    });
    store.dispatch(sessionEnded({ reason: 'logout' }));
    expect(held.length).toBeGreaterThan(0);
    held.length = 0;
    recorder.export();
    jest.restoreAllMocks();
    expect(held).not.toContain('private');
    expect(held.filter((value) => typeof value === 'string')).toEqual([]);
  });
});

describe('a recorder', () => {
  it('says what is missing', () => {
    const recorder = createRecorder();
    expect(
      codeOf(() => {
        recorder.start();
      }),
    ).toEqual({ code: 'MIDDLEWARE_MISSING' });
    expect(recorder.export()).toBe('');
    const setup = {
      reducer: { chat: createRootReducer('chat') },
      middleware: () => [recorder.middleware] as never,
    };
    configureStore(setup);
    expect(
      codeOf(() => {
        recorder.start();
      }),
    ).toEqual({ code: 'NOT_MOUNTED' });
    expect(codeOf(() => configureStore(setup))).toEqual({ code: 'MOUNTED_TWICE' });
  });

  it.each<[RecorderOptions, string]>([
    [{ checkpointEvery: 0 }, 'checkpointEvery'],
    [{ maxBytes: 0.5 }, 'maxBytes'],
    [{ maxActions: -1 }, 'maxActions'],
    [{ encodeAfterMs: NaN }, 'encodeAfterMs'],
    [{ level: 'all' as never }, 'level'],
    [{ redaction: 'strict' as never }, 'redaction'],
  ])('refuses %j', (options, field) => {
    expect(codeOf(() => createRecorder(options))).toEqual({ code: 'INVALID_OPTION', field });
  });

  it('records nothing before it is started, and can be started again', async () => {
    const platform = createFakePlatform();
    const { recorder, store } = createRecordedStore({}, platform);
    await recorder.stop();
    store.dispatch(notice(1));
    await platform.advance(5_000);
    recorder.start();
    recorder.start();
    store.dispatch(notice(2));
    const { header, player, entries } = sound(recorder.export());
    expect(header.startedAt).toBe(platform.clock.now());
    expect(typesIn(entries)).toHaveLength(1);
    expect(noticesIn(player.state)).toHaveLength(2);
    await recorder.stop();
    expect(platform.pending()).toEqual({ timers: 0, frames: 0, listeners: 0 });
  });

  it('records what reducers saw even where a subscriber throws', () => {
    const { recorder, store } = createRecordedStore({ checkpointEvery: 1 });
    const stop = store.subscribe(() => {
      throw new Error('a subscriber');
    });
    expect(() => store.dispatch(notice(1))).toThrow('a subscriber');
    stop();
    store.dispatch(notice(2));
    const { entries } = sound(recorder.export());
    expect(entries.filter(({ kind }) => kind === 'keyframe')).toHaveLength(1);
  });
});
