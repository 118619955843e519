import { configureStore } from '@reduxjs/toolkit';
import { describe, expect, it } from '@jest/globals';
import { createSelectors, hudhudCheckOptions } from '../../../src';
import {
  uploadCancelRequested,
  uploadRequested,
  uploadRetryRequested,
} from '../../../src/actions/outbox';
import { sessionEnded } from '../../../src/actions/session';
import { createUploads } from '../../../src/middleware/uploads';
import { createRootReducer } from '../../../src/state/rootReducer';
import { createFakePlatform, createScriptedUploads } from '../../../src/testing';
import { createSession } from '../../../src/transport/session';
import { createUploadClient } from '../../../src/transport/uploadClient';

const instance = 'hudhud';

/** The runner alone: which bytes it holds is nothing that anybody else can see. */
function setUp() {
  const scripted = createScriptedUploads();
  const platform = createFakePlatform({ upload: scripted.upload });
  const blobs = new Map<string, Blob>();
  const store = configureStore({
    reducer: { [instance]: createRootReducer(instance) },
    middleware: (getDefault) => getDefault(hudhudCheckOptions()),
  });
  const session = createSession({ getToken: () => 'token' });
  const uploader = createUploadClient({ baseUrl: '/api', session, platform });
  const selectors = createSelectors(instance);
  const uploads = createUploads({ platform, instance, selectors, uploader, blobs }, store);
  uploads.start();
  const request = async (uploadId: string) => {
    blobs.set(uploadId, new Blob(['ab']));
    const ref = { uploadId, name: uploadId, size: 2, mime: 'text/plain' };
    store.dispatch(uploadRequested({ ...ref, channelId: 'c1', at: 1 }, instance));
    uploads.wanted(uploadId);
    await platform.settle();
  };
  return { scripted, platform, blobs, store, uploads, request };
}

describe('the bytes of an upload', () => {
  it('are kept until the server has them', async () => {
    const { scripted, platform, blobs, store, uploads, request } = setUp();
    await request('a');
    scripted.last().json({}, { status: 400 });
    await platform.settle();
    expect([...blobs.keys()]).toEqual(['a']);
    store.dispatch(uploadRetryRequested({ uploadId: 'a' }, instance));
    uploads.wanted('a');
    await platform.settle();
    expect([...blobs.keys()]).toEqual(['a']);
    scripted.last().done();
    await platform.settle();
    expect(blobs.size).toBe(0);
  });

  it('are forgotten when the upload is given up', async () => {
    const { blobs, store, uploads, request } = setUp();
    await request('a');
    store.dispatch(uploadCancelRequested({ uploadId: 'a' }, instance));
    uploads.cancelled('a');
    expect(blobs.size).toBe(0);
  });

  it('are forgotten when the upload left the state, with or without a word', async () => {
    const { scripted, platform, blobs, store, uploads, request } = setUp();
    await request('a');
    await request('b');
    scripted.last().json({}, { status: 400 });
    await platform.settle();
    // both leave, as with their message; one is under way
    for (const uploadId of ['a', 'b']) {
      store.dispatch(uploadCancelRequested({ uploadId }, instance));
    }
    await request('c');
    expect([...blobs.keys()]).toEqual(['a', 'c']);
    uploads.released();
    expect([...blobs.keys()]).toEqual(['c']);
    expect(scripted.requests.map((upload) => upload.isAborted())).toEqual([true, false, false]);
  });

  it('stay over a stop, and are forgotten with the session', async () => {
    const { scripted, blobs, store, uploads, request } = setUp();
    for (const uploadId of ['a', 'b', 'c', 'd']) await request(uploadId);
    uploads.stop();
    expect(blobs.size).toBe(4);
    store.dispatch(sessionEnded({ reason: 'logout' }, instance));
    uploads.forget();
    expect(blobs.size).toBe(0);
    expect(scripted.open()).toEqual([]);
  });
});
