import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noticesReceived } from '../../../src/actions/stream';
import { createPlayer } from '../../../src/replay/player';
import { readLog } from '../../../src/replay/readLog';
import type { RecordingStore, RecordingStoreOptions } from '../../../src/replay/recordingStore';
import { createRecordingStore } from '../../../src/replay/recordingStore';
import { createFakePlatform, createMemoryStorage } from '../../../src/testing';
import { noop, withGlobals } from '../../support/browserGlobals';
import { codeOf } from '../../support/codeOf';
import { indexedDbGlobals } from '../../support/fakeIndexedDb';
import { createRecordedStore, jumped } from '../../support/recordedStore';

const notice = (ordinal: number) =>
  noticesReceived({
    ...{ stream: 'main', epoch: 1, ordinal, receivedAt: ordinal },
    events: [
      {
        type: 'broadcast',
        op: 'notice',
        level: 'system',
        text: `notice ${ordinal}`,
        timestamp: null,
      },
    ],
  });

let restore = noop;
let platform = createFakePlatform();
beforeEach(() => {
  restore = withGlobals(indexedDbGlobals());
  platform = createFakePlatform();
});
afterEach(() => {
  restore();
});

/** A page that records; `leave` ends it as a page ends: without a word. */
function visit(options: RecordingStoreOptions = {}, redaction: 'none' | 'pseudonyms' = 'none') {
  const recordings = createRecordingStore({ platform, ...options });
  const recorded = createRecordedStore(
    { sink: recordings.sink, redaction, checkpointEvery: 5 },
    platform,
  );
  const { recorder, store } = recorded;
  const act = (from: number, to: number) => {
    for (let n = from; n <= to; n += 1) {
      store.dispatch(notice(n));
      recorder.flush();
    }
  };
  const leave = () => {
    recorder.flush();
  };
  return { ...recorded, recordings, act, leave };
}

/** Reads a recording, and expects it to be sound. */
async function sound(recordings: RecordingStore, at = 0) {
  const id = (await recordings.list())[at]?.id ?? 'none';
  const log = readLog(await recordings.read(id));
  const player = createPlayer(log);
  expect(player.verify()).toEqual([]);
  player.seek(player.last);
  const actions = log.entries.flatMap(({ kind, entry }) => (kind === 'action' ? [entry.a] : []));
  return { ...log, player, actions };
}

describe('recordings that are kept', () => {
  it('are there in a later visit, as logs', async () => {
    const first = visit();
    first.act(1, 12);
    first.leave();
    const before = first.live();
    await platform.advance(60_000);
    const second = visit();
    second.act(1, 2);
    second.leave();
    const kept = await second.recordings.list();
    expect(kept).toHaveLength(2);
    const [newest, oldest] = kept;
    expect((newest?.startedAt ?? 0) - (oldest?.startedAt ?? 0)).toBe(60_000);
    const { player, end, actions } = await sound(second.recordings, 1);
    expect(player.state).toEqual(before);
    // a page ends without a last line
    expect(end).toMatchObject({ isComplete: false, isTruncated: false });
    expect(actions).toHaveLength(14);
  });

  it('are whole where the recording was stopped', async () => {
    const { act, recorder, recordings } = visit();
    act(1, 3);
    await recorder.stop();
    const { end } = await sound(recordings);
    expect(end).toMatchObject({ isComplete: true });
  });

  it('stay within their bound, and can be replayed from where they begin', async () => {
    const maxBytes = 300_000;
    const { act, recorder, recordings, live } = visit({ maxBytes });
    act(1, 1_000);
    await recorder.stop();
    const [kept] = await recordings.list();
    expect(kept?.bytes).toBeLessThanOrEqual(maxBytes);
    expect(kept?.bytes).toBeGreaterThan(maxBytes / 4);
    const { player, actions } = await sound(recordings);
    expect(player.state).toEqual(live());
    expect(player.first).toBeGreaterThan(0);
    expect(actions.length).toBeGreaterThan(20);
    expect(player.last - player.first).toBe(actions.length);
  });

  it('are one log though they are kept in parts, also where the state jumped', async () => {
    const { act, store, recorder, recordings, live } = visit({ maxBytes: 400_000 });
    act(1, 150);
    store.dispatch(jumped());
    act(151, 330);
    await recorder.stop();
    const { player, actions, entries } = await sound(recordings);
    expect(actions).toHaveLength(332);
    expect(player.state).toEqual(live());
    expect(entries.filter(({ kind }) => kind === 'keyframe')).toHaveLength(2);
  });

  it('make way, the oldest first', async () => {
    const maxBytes = 400_000;
    for (let n = 1; n <= 4; n += 1) {
      const page = visit({ maxBytes });
      page.act(1, 300);
      await page.recorder.stop();
      await platform.advance(1_000);
    }
    const last = createRecordingStore({ platform, maxBytes });
    const kept = await last.list();
    expect(kept.length).toBeLessThan(4);
    expect(kept.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(maxBytes);
    expect((await sound(last)).actions).toHaveLength(302);
  });

  it('are forgotten when they are told to be', async () => {
    const page = visit();
    page.act(1, 3);
    await page.recorder.stop();
    const next = visit();
    next.act(1, 3);
    await next.recorder.stop();
    const [, first] = await next.recordings.list();
    await next.recordings.clear(first?.id);
    expect(await next.recordings.read(first?.id ?? '')).toBe('');
    expect(await next.recordings.list()).toHaveLength(1);
    await next.recordings.clear();
    expect(await next.recordings.list()).toEqual([]);
  });

  it('begin anew with every start of the recorder', async () => {
    const { act, recorder, recordings } = visit();
    act(1, 3);
    await recorder.stop();
    await platform.advance(1_000);
    recorder.start();
    act(4, 5);
    await recorder.stop();
    expect(await recordings.list()).toHaveLength(2);
    expect((await sound(recordings, 0)).actions).toHaveLength(2);
    expect((await sound(recordings, 1)).actions).toHaveLength(5);
  });

  it('begin anew also before the one before is written, as where effects run twice', async () => {
    const { act, recorder, recordings } = visit();
    const stopped = recorder.stop();
    recorder.start();
    act(1, 1);
    await stopped;
    act(2, 2);
    await recorder.stop();
    const ends = await Promise.all(
      (await recordings.list()).map(
        async ({ id }) => readLog(await recordings.read(id)).end.actions,
      ),
    );
    expect(ends).toEqual([2, 2]);
    expect(recorder.stats().failures).toBe(0);
  });

  it('have databases of their own by name', async () => {
    const page = visit({ name: 'acme' });
    page.act(1, 1);
    await page.recorder.stop();
    expect(await createRecordingStore({ name: 'other' }).list()).toEqual([]);
    expect(await createRecordingStore({ name: 'acme' }).list()).toHaveLength(1);
  });

  it('hold no text of a person unless they are told to', async () => {
    const page = visit({}, 'pseudonyms');
    page.act(1, 5);
    await page.recorder.stop();
    const [kept] = await page.recordings.list();
    expect(await page.recordings.read(kept?.id ?? '')).not.toContain('notice 1');
    expect((await sound(page.recordings)).actions).toHaveLength(7);
  });
});

it.each([0, -1, NaN])('a bound of %s is refused', (maxBytes) => {
  expect(codeOf(() => createRecordingStore({ maxBytes }))).toEqual({
    ...{ code: 'INVALID_OPTION', field: 'maxBytes' },
  });
});

describe('a storage that fails', () => {
  it('ends the recording there; what came before can be read', async () => {
    const storage = createMemoryStorage();
    const { act, recorder, recordings } = visit({ storage });
    act(1, 3);
    await platform.settle();
    storage.fate = () => 'fails';
    act(4, 4);
    await platform.settle();
    storage.fate = () => 'done';
    act(5, 6);
    expect(recorder.stats().failures).toBe(1);
    const { actions } = await sound(recordings);
    expect(actions).toHaveLength(5);
    await recorder.stop();
  });

  it('is told where there is none', async () => {
    const storage = createMemoryStorage();
    storage.isBlocked = true;
    const { act, recorder } = visit({ storage });
    act(1, 1);
    await recorder.stop();
    expect(recorder.stats().failures).toBeGreaterThan(0);
  });

  it('and bytes that changed there end the log before them', async () => {
    const storage = createMemoryStorage();
    const { act, recorder, recordings } = visit({ storage });
    act(1, 6);
    await recorder.stop();
    const entries = storage.disk.get('recordings') ?? new Map<string, unknown>();
    const keys = [...entries.keys()].filter((key) => key.startsWith('text/'));
    const key = keys[4] ?? '';
    entries.set(key, String(entries.get(key)).replace('notice', 'Notice'));
    const { actions, end } = await sound(recordings);
    expect(actions.length).toBeLessThan(7);
    expect(actions.length).toBeGreaterThan(2);
    expect(end.isComplete).toBe(false);
  });
});
