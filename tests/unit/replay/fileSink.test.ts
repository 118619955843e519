import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { typingExpired } from '../../../src/actions/expiry';
import { createFileSink } from '../../../src/replay/node/fileSink';
import { createPlayer } from '../../../src/replay/player';
import { readLog } from '../../../src/replay/readLog';
import { createRecordedStore } from '../../support/recordedStore';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hudhud-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const logIn = (name: string) => readLog(readFileSync(join(folder, name)));

it('a file has what was recorded, also of a process that ends without a word', async () => {
  const sink = createFileSink(join(folder, 'a.ndjson'));
  const { recorder, store } = createRecordedStore({ sink });
  store.dispatch(typingExpired({ now: 1 }));
  recorder.flush();
  expect(logIn('a.ndjson').end).toMatchObject({ actions: 3, isComplete: false });
  await recorder.stop();
  expect(logIn('a.ndjson').end).toMatchObject({ actions: 3, isComplete: true });
});

it('a recorder that is started again begins a new file, and writes to no other', async () => {
  const sink = createFileSink(join(folder, 'a.ndjson'));
  const { recorder, store } = createRecordedStore({ sink });
  await recorder.stop();
  // what was closed: the system gives its number to the next file
  const other = openSync(join(folder, 'other'), 'w');
  recorder.start();
  store.dispatch(typingExpired({ now: 1 }));
  await recorder.stop();
  closeSync(other);
  expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('');
  expect(recorder.stats().failures).toBe(0);
  expect(logIn('a.ndjson').end).toMatchObject({ actions: 1, isComplete: true });
  expect(logIn('a.ndjson.1').end).toMatchObject({ actions: 2, isComplete: true });
});

it('of long recordings the last files are kept, and each can be replayed', async () => {
  const sink = createFileSink(join(folder, 'a.ndjson'), { rollAfterBytes: 12_000, keep: 2 });
  const { recorder, store } = createRecordedStore({ sink, checkpointEvery: 10 });
  for (let i = 0; i < 400; i++) {
    store.dispatch(typingExpired({ now: i }));
    if (i % 20 === 0) recorder.flush();
  }
  await recorder.stop();
  const names = ['a.ndjson', 'a.ndjson.1', 'a.ndjson.2'];
  expect(readdirSync(folder).sort()).toEqual(names);
  const players = names.map((name) => createPlayer(logIn(name)));
  expect(players.map((player) => player.verify())).toEqual([[], [], []]);
  const [newest, middle, oldest] = players;
  expect(newest?.last).toBe(402);
  expect([oldest?.last, middle?.last]).toEqual([middle?.first, newest?.first]);
});
