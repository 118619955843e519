import { configureStore } from '@reduxjs/toolkit';
import { describe, expect, it } from '@jest/globals';
import { createHudhud, hudhudCheckOptions } from '../../../src';
import { uploadRequested } from '../../../src/actions/outbox';
import type { HudhudState } from '../../../src/state/rootReducer';
import type { Upload } from '../../../src/state/outboxState';
import { createFakePlatform, createScriptedUploads } from '../../../src/testing';
import { nothingPending } from '../../support/connectionSetup';
import { thrownBy } from '../../support/decoding';
import { ids, initFrame, row, startMs } from '../../support/hudhudAnswers';
import type { HudhudWorld, Routes } from '../../support/hudhudWorld';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

const file = (text = '0123456789', type = 'text/plain') => new Blob([text], { type });

async function open(routes: Routes = {}): Promise<HudhudWorld> {
  const world = createHudhudWorld({ routes });
  await enter(world);
  await world.push(initFrame());
  world.newTypes();
  return world;
}

/** Attaches files of these names; gives back the ids of their uploads. */
async function attach(world: HudhudWorld, ...names: readonly string[]): Promise<string[]> {
  const made = names.map((name) => world.hudhud.attach(ids.general, file(), name).uploadId);
  await world.platform.settle();
  return made;
}

const uploadsOf = ({ hudhud, store }: HudhudWorld): readonly Upload[] =>
  hudhud.selectors.selectHudhud(store.getState()).outbox.uploads;
const statusesOf = (world: HudhudWorld) => uploadsOf(world).map(({ status }) => status);
const namesOf = (world: HudhudWorld) => world.uploads.requests.map(({ name }) => name);
const progressOf = (world: HudhudWorld) =>
  world.actions.flatMap((action) =>
    action.type === 'upload/progressed'
      ? [(action as unknown as { payload: { loaded: number } }).payload.loaded]
      : [],
  );

describe('an upload', () => {
  it('goes from its request over its progress to its file', async () => {
    const world = await open();
    const [uploadId = ''] = await attach(world, 'a.txt');
    expect(uploadsOf(world)).toEqual([
      {
        ...{ uploadId, channelId: ids.general, name: 'a.txt', size: 10, mime: 'text/plain' },
        ...{ status: 'uploading', loaded: 0, code: null, file: null },
      },
    ]);
    world.uploads.last().progress(4);
    expect(uploadsOf(world)).toMatchObject([{ loaded: 4 }]);
    world.uploads.last().done('f1');
    await world.platform.settle();
    expect(uploadsOf(world)).toMatchObject([{ status: 'done', loaded: 10, file: { id: 'f1' } }]);
    expect(world.newTypes()).toEqual([
      'upload/requested',
      'upload/started',
      'upload/progressed',
      'upload/done',
    ]);
    expect(await world.uploads.last().file.text()).toBe('0123456789');
  });

  it('is told of at most every 200 ms, forwards only, the newest one too', async () => {
    const world = await open();
    await attach(world, 'a');
    const { platform, uploads } = world;
    for (const loaded of [0, 1, 2, 3]) uploads.last().progress(loaded);
    expect(progressOf(world)).toEqual([1]);
    await platform.advance(199);
    expect(progressOf(world)).toEqual([1]);
    await platform.advance(1);
    expect(progressOf(world)).toEqual([1, 3]);
    uploads.last().progress(4);
    expect(progressOf(world)).toEqual([1, 3]);
    await platform.advance(200);
    expect(progressOf(world)).toEqual([1, 3, 4]);
    // nothing new for a while: the next one is told at once
    await platform.advance(1_000);
    uploads.last().progress(5);
    uploads.last().progress(6);
    expect(progressOf(world)).toEqual([1, 3, 4, 5]);
    uploads.last().done();
    await platform.advance(1_000);
    expect(progressOf(world)).toEqual([1, 3, 4, 5]);
  });

  it('waits while three others are under way, and goes in order', async () => {
    const world = await open();
    await attach(world, 'a', 'b', 'c', 'd', 'e');
    expect(namesOf(world)).toEqual(['a', 'b', 'c']);
    expect(statusesOf(world)).toEqual(['uploading', 'uploading', 'uploading', 'queued', 'queued']);
    world.uploads.requests[1]?.done();
    await world.platform.settle();
    expect(namesOf(world)).toEqual(['a', 'b', 'c', 'd']);
    world.uploads.requests[0]?.json({}, { status: 400 });
    await world.platform.settle();
    expect(namesOf(world)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(world.uploads.open()).toHaveLength(3);
  });

  it('that is requested twice is sent once', async () => {
    const world = await open();
    const ref = world.hudhud.attach(ids.general, file(), 'a');
    const again = { ...ref, channelId: ids.general, at: startMs };
    world.store.dispatch(uploadRequested(again, 'hudhud'));
    await world.platform.settle();
    world.uploads.last().done();
    await world.platform.settle();
    world.store.dispatch(uploadRequested(again, 'hudhud'));
    await world.platform.settle();
    expect(world.uploads.requests).toHaveLength(1);
  });
});

describe('an upload that fails', () => {
  it('for a passing reason is tried three times again, while the bar stands still', async () => {
    const world = await open();
    await attach(world, 'a');
    const { platform, uploads } = world;
    uploads.last().progress(8);
    for (const tries of [2, 3, 4]) {
      uploads.last().fail();
      await platform.advance(10_000);
      expect(uploads.requests).toHaveLength(tries);
      expect(uploadsOf(world)).toMatchObject([{ status: 'uploading', loaded: 8 }]);
      uploads.last().progress(2);
    }
    expect(progressOf(world)).toEqual([8]);
    uploads.last().fail();
    await platform.advance(60_000);
    expect(uploads.requests).toHaveLength(4);
    expect(uploadsOf(world)).toMatchObject([{ status: 'failed', code: 'NETWORK' }]);
  });

  it('is not tried again sooner than the server asks', async () => {
    const world = await open();
    await attach(world, 'a');
    const { platform, uploads } = world;
    uploads.last().json({}, { status: 429, retryAfter: '20' });
    await platform.advance(19_999);
    expect(uploads.requests).toHaveLength(1);
    await platform.advance(1_001);
    expect(uploads.requests).toHaveLength(2);
  });

  it('says so where the server asks for a long wait', async () => {
    const world = await open();
    await attach(world, 'a');
    world.uploads.last().json({}, { status: 429, retryAfter: '900' });
    await world.platform.settle();
    expect(uploadsOf(world)).toMatchObject([{ status: 'failed', code: 'RATE_LIMITED' }]);
  });

  it('for another reason is not tried again', async () => {
    const world = await open();
    await attach(world, 'a');
    world.uploads.last().json({}, { status: 413 });
    await world.platform.advance(60_000);
    expect(uploadsOf(world)).toMatchObject([{ status: 'failed', code: 'UPLOAD_TOO_LARGE' }]);
    expect(world.uploads.requests).toHaveLength(1);
  });

  it('is sent again with the same bytes when the person says so', async () => {
    const world = await open();
    const [uploadId = ''] = await attach(world, 'a');
    const { hudhud, store, platform, uploads } = world;
    uploads.last().json({}, { status: 400 });
    await platform.settle();
    store.dispatch(hudhud.actions.retryUpload({ uploadId }));
    store.dispatch(hudhud.actions.retryUpload({ uploadId }));
    await platform.settle();
    expect(uploads.requests).toHaveLength(2);
    expect(await uploads.last().file.text()).toBe('0123456789');
    uploads.last().done('f1');
    await platform.settle();
    expect(uploadsOf(world)).toMatchObject([{ status: 'done', file: { id: 'f1' } }]);
    // what is done is not asked for again
    store.dispatch(hudhud.actions.retryUpload({ uploadId }));
    await platform.settle();
    expect(uploads.requests).toHaveLength(2);
  });
});

describe('an upload that is given up', () => {
  it('ends its request and makes room for the next one', async () => {
    const world = await open();
    const [first = ''] = await attach(world, 'a', 'b', 'c', 'd');
    const { hudhud, store, uploads } = world;
    store.dispatch(hudhud.actions.cancelUpload({ uploadId: first }));
    await world.platform.settle();
    expect(uploads.requests[0]?.isAborted()).toBe(true);
    expect(namesOf(world)).toEqual(['a', 'b', 'c', 'd']);
    expect(uploadsOf(world).map(({ name }) => name)).toEqual(['b', 'c', 'd']);
  });

  it('before its turn is never sent', async () => {
    const world = await open();
    const [, , , last = ''] = await attach(world, 'a', 'b', 'c', 'd');
    world.store.dispatch(world.hudhud.actions.cancelUpload({ uploadId: last }));
    for (const upload of world.uploads.open()) upload.done();
    await world.platform.settle();
    expect(namesOf(world)).toEqual(['a', 'b', 'c']);
  });

  it('between two tries is not tried again', async () => {
    const world = await open();
    const [uploadId = ''] = await attach(world, 'a');
    world.uploads.last().fail();
    await world.platform.settle();
    world.store.dispatch(world.hudhud.actions.cancelUpload({ uploadId }));
    await world.platform.advance(60_000);
    expect(world.uploads.requests).toHaveLength(1);
  });

  it('with its message is called off', async () => {
    const world = await open();
    const [first = '', second = ''] = await attach(world, 'a', 'b', 'c', 'd');
    const { hudhud, store, platform, uploads } = world;
    const sent = hudhud.actions.sendMessage({
      channelId: ids.general,
      content: 'x',
      uploadIds: [first],
    });
    store.dispatch(sent);
    await platform.settle();
    store.dispatch(hudhud.actions.discard({ opId: sent.payload.opId }));
    await platform.settle();
    expect(uploads.requests[0]?.isAborted()).toBe(true);
    expect(namesOf(world)).toEqual(['a', 'b', 'c', 'd']);
    expect(uploadsOf(world)[0]).toMatchObject({ uploadId: second, status: 'uploading' });
  });
});

describe('a message with files', () => {
  it('that failed for a file sends both when it is tried again', async () => {
    const world = await open({
      'POST /chat/messages': (request) => {
        request.json({ success: true, message: row(7, { user_id: ids.me, content: 'x' }) });
      },
    });
    const [first = '', second = ''] = await attach(world, 'a', 'b');
    const { hudhud, store, platform, uploads } = world;
    const uploadIds = [first, second];
    const sent = hudhud.actions.sendMessage({ channelId: ids.general, content: 'x', uploadIds });
    store.dispatch(sent);
    uploads.requests[0]?.done('f1');
    uploads.requests[1]?.json({}, { status: 400 });
    await platform.settle();
    expect(world.asked('POST /chat/messages')).toHaveLength(0);
    expect(statusesOf(world)).toEqual(['done', 'failed']);
    store.dispatch(hudhud.actions.retry({ opId: sent.payload.opId }));
    await platform.settle();
    expect(namesOf(world)).toEqual(['a', 'b', 'b']);
    uploads.last().done('f2');
    await platform.advance(100);
    expect(world.asked('POST /chat/messages')).toHaveLength(1);
    expect(uploadsOf(world)).toEqual([]);
  });
});

describe('uploads at the end', () => {
  it('stop() calls all off, says so, and leaves nothing', async () => {
    const world = await open();
    const made = await attach(world, 'a', 'b', 'c', 'd', 'e');
    const { hudhud, store, platform, uploads } = world;
    uploads.requests[0]?.progress(3);
    uploads.requests[1]?.fail();
    await platform.settle();
    hudhud.stop();
    await platform.settle();
    expect(uploads.open()).toEqual([]);
    expect(platform.pending()).toEqual(nothingPending);
    expect(uploadsOf(world).map(({ status, code }) => [status, code])).toEqual(
      made.map(() => ['failed', 'ABORTED']),
    );
    expect(uploads.requests).toHaveLength(3);
    // the files are still there
    const [, , , fourth = ''] = made;
    hudhud.start();
    store.dispatch(hudhud.actions.retryUpload({ uploadId: fourth }));
    await platform.settle();
    expect(uploads.last().name).toBe('d');
    hudhud.stop();
  });

  it('what is attached while all is stopped waits for the next start', async () => {
    const world = await open();
    const { hudhud, store, platform, uploads } = world;
    hudhud.stop();
    const [first = ''] = await attach(world, 'a', 'b');
    store.dispatch(hudhud.actions.cancelUpload({ uploadId: first }));
    hudhud.stop();
    await platform.advance(60_000);
    expect(uploads.requests).toEqual([]);
    expect(statusesOf(world)).toEqual(['queued']);
    hudhud.start();
    await platform.settle();
    expect(namesOf(world)).toEqual(['b']);
    expect(statusesOf(world)).toEqual(['uploading']);
    hudhud.stop();
  });

  it('a sign-out calls all off and tells nobody of it', async () => {
    const world = await open();
    await attach(world, 'a', 'b', 'c', 'd');
    world.newTypes();
    const left = world.hudhud.auth.logout();
    await world.platform.settle();
    await left;
    expect(world.uploads.requests.every((upload) => upload.isAborted())).toBe(true);
    expect(world.uploads.requests).toHaveLength(3);
    expect(uploadsOf(world)).toEqual([]);
    expect(world.newTypes().filter((type) => type.startsWith('upload/'))).toEqual([]);
  });
});

/** A client whose state a test may replace, as time travel and an import do. */
function createTraveller() {
  const uploads = createScriptedUploads();
  const platform = createFakePlatform({ upload: uploads.upload });
  const hudhud = createHudhud({
    baseUrl: 'https://hudhud.test/api',
    tokens: { getToken: () => 'token' },
    platform,
  });
  const store = configureStore({
    reducer: {
      hudhud: (state: HudhudState | undefined, action: { type: string; payload?: HudhudState }) =>
        action.type === 'test/travelled' ? action.payload : hudhud.reducer(state, action),
    },
    middleware: (getDefault) => getDefault(hudhudCheckOptions()).prepend(hudhud.middleware),
  });
  hudhud.start();
  const now = () => hudhud.selectors.selectHudhud(store.getState());
  const travel = async (payload: HudhudState) => {
    store.dispatch({ type: 'test/travelled', payload });
    await platform.settle();
  };
  return { uploads, platform, hudhud, store, now, travel };
}

describe('a state that was travelled to', () => {
  it('sends nothing, whatever it shows', async () => {
    const { uploads, platform, hudhud, store, now, travel } = createTraveller();
    const { uploadId } = hudhud.attach(ids.general, file(), 'a');
    await platform.settle();
    uploads.last().done();
    await platform.settle();
    const { outbox } = now();
    const asQueued = (upload: Upload): Upload => ({ ...upload, status: 'queued', file: null });
    const queued = outbox.uploads.map(asQueued);
    const ghosts = queued.map((upload) => ({ ...upload, uploadId: 'ghost' }));
    await travel({ ...now(), outbox: { ...outbox, uploads: [...queued, ...ghosts] } });
    // what acts on actions has something to do again
    hudhud.attach(ids.general, file(), 'e');
    store.dispatch(hudhud.actions.discard({ opId: 'unknown' }));
    store.dispatch(hudhud.actions.retry({ opId: 'unknown' }));
    store.dispatch(hudhud.actions.cancelUpload({ uploadId }));
    await platform.settle();
    expect(uploads.requests.map(({ name }) => name)).toEqual(['a', 'e']);
  });

  it('says that a file is gone when it is asked for', async () => {
    const { uploads, platform, hudhud, store, now, travel } = createTraveller();
    const { uploadId } = hudhud.attach(ids.general, file(), 'a');
    await platform.settle();
    uploads.last().json({}, { status: 400 });
    await platform.settle();
    const failed = now();
    store.dispatch(hudhud.actions.cancelUpload({ uploadId }));
    await travel(failed);
    store.dispatch(hudhud.actions.retryUpload({ uploadId }));
    await platform.settle();
    expect(now().outbox.uploads).toMatchObject([{ status: 'failed', code: 'ATTACHMENT_LOST' }]);
    expect(uploads.requests).toHaveLength(1);
  });

  it('without an upload that is under way lets it end in peace', async () => {
    const { uploads, platform, hudhud, now, travel } = createTraveller();
    const before = now();
    hudhud.attach(ids.general, file(), 'a');
    await platform.settle();
    await travel(before);
    uploads.last().progress(3);
    uploads.last().done();
    await platform.settle();
    expect(now().outbox.uploads).toEqual([]);
  });
});

describe('attach', () => {
  it('takes the name of a file, and says what nobody knows', async () => {
    const world = await open();
    const { hudhud } = world;
    const named = hudhud.attach(ids.general, new File(['ab'], 'b.png', { type: 'image/png' }));
    expect(named).toMatchObject({ name: 'b.png', size: 2, mime: 'image/png' });
    const bare = hudhud.attach(ids.general, new Blob(['abc']));
    expect(bare).toMatchObject({ name: 'file', size: 3, mime: 'application/octet-stream' });
    expect(hudhud.attach(ids.general, new File(['a'], 'a'), 'given').name).toBe('given');
    expect(named.uploadId).not.toBe(bare.uploadId);
  });

  it('refuses a file of too many bytes before anything happens', () => {
    const world = createHudhudWorld({ options: { maxUploadBytes: 9 } });
    const error = thrownBy(() => world.hudhud.attach(ids.general, file()));
    expect(error).toMatchObject({ code: 'UPLOAD_TOO_LARGE', data: { field: 'file' } });
    expect(world.newTypes()).toEqual([]);
    expect(world.hudhud.attach(ids.general, file('012345678')).size).toBe(9);
  });

  it('needs a store', () => {
    const hudhud = createHudhud({ baseUrl: '/api' });
    expect(thrownBy(() => hudhud.attach(ids.general, file()))).toMatchObject({
      code: 'MIDDLEWARE_MISSING',
    });
  });
});
