import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FetchLike } from '../../../src/platform/fetchLike';
import { createBrowserPlatform } from '../../../src/platform/platform';
import type { UploadReply, UploadRequest } from '../../../src/platform/upload';
import { createUpload } from '../../../src/platform/upload';
import { noop, withGlobals } from '../../support/browserGlobals';
import { FakeXhr } from '../../support/fakeXhr';

const secret = 'Bearer s3cr3t';

function requestOf(over: Partial<UploadRequest> = {}) {
  const progress: number[] = [];
  const controller = new AbortController();
  const removed = jest.spyOn(controller.signal, 'removeEventListener');
  const added = jest.spyOn(controller.signal, 'addEventListener');
  const request: UploadRequest = {
    url: 'https://host.test/api/upload',
    headers: { Authorization: secret },
    file: new Blob(['0123456789'], { type: 'text/plain' }),
    name: 'ten.txt',
    withCredentials: true,
    signal: controller.signal,
    onProgress: (loaded) => progress.push(loaded),
    ...over,
  };
  const listeners = () => added.mock.calls.length - removed.mock.calls.length;
  return { request, progress, controller, listeners };
}

/** What a promise rejects with, and that it holds no secret. */
async function failureOf(promise: Promise<UploadReply>): Promise<Error> {
  const error = await promise.then(
    () => {
      throw new Error('It did not fail.');
    },
    (caught: unknown) => caught as Error,
  );
  expect(JSON.stringify([error.message, error.stack, error.cause])).not.toContain('s3cr3t');
  return error;
}

const never: FetchLike = () => Promise.reject(new Error('fetch is not used here'));

describe('an upload by XMLHttpRequest', () => {
  let restore = noop;

  beforeEach(() => {
    FakeXhr.all.length = 0;
    restore = withGlobals({ XMLHttpRequest: FakeXhr });
  });
  afterEach(() => {
    restore();
  });

  it('sends the file as a field of a form, and says what was answered', async () => {
    const { request, listeners } = requestOf();
    const reply = createUpload(never)(request);
    const xhr = FakeXhr.last();
    expect(xhr.opened).toEqual(['POST https://host.test/api/upload']);
    expect(xhr.headers).toEqual({ Authorization: secret });
    expect(xhr.withCredentials).toBe(true);
    const [form] = xhr.sent;
    const sent = form?.get('file');
    if (!(sent instanceof File)) throw new Error('There is no file in the form.');
    expect([sent.name, sent.type, await sent.text()]).toEqual([
      'ten.txt',
      'text/plain',
      '0123456789',
    ]);
    xhr.answer(201, '{"success":true}');
    expect(await reply).toEqual({ status: 201, text: '{"success":true}', retryAfter: null });
    expect(xhr.headersAsked).toEqual([]);
    expect(listeners()).toBe(0);
  });

  it('says what a refusal asks for', async () => {
    const { request } = requestOf();
    const reply = createUpload(never)(request);
    FakeXhr.last().answer(429, '', { 'Retry-After': '7' });
    expect(await reply).toEqual({ status: 429, text: '', retryAfter: '7' });
  });

  it('tells bytes of the file, never more than it has', async () => {
    const { request, progress } = requestOf();
    const reply = createUpload(never)(request);
    for (const loaded of [0, 4, 9, 200]) FakeXhr.last().upload.onprogress?.({ loaded });
    FakeXhr.last().answer(200, '{}');
    await reply;
    expect(progress).toEqual([0, 4, 9, 10]);
  });

  it.each(['onerror', 'ontimeout'] as const)('fails on %s', async (handler) => {
    const { request, listeners } = requestOf();
    const reply = createUpload(never)(request);
    FakeXhr.last()[handler]?.();
    expect(await failureOf(reply)).toBeInstanceOf(TypeError);
    expect(listeners()).toBe(0);
  });

  it('is called off by its signal', async () => {
    const { request, controller, listeners } = requestOf();
    const reply = createUpload(never)(request);
    controller.abort();
    expect(await failureOf(reply)).toMatchObject({ name: 'AbortError' });
    expect(FakeXhr.last().isAborted).toBe(true);
    expect(listeners()).toBe(0);
  });

  it('is not begun when it was called off before', async () => {
    const { request } = requestOf({ signal: AbortSignal.abort() });
    expect(await failureOf(createUpload(never)(request))).toMatchObject({ name: 'AbortError' });
    expect(FakeXhr.all).toEqual([]);
  });

  it('quotes no header that cannot be sent', async () => {
    const { request } = requestOf({ headers: { Authorization: `${secret}\n` } });
    expect(await failureOf(createUpload(never)(request))).toBeInstanceOf(TypeError);
    expect(FakeXhr.last().sent).toEqual([]);
  });

  it('is what the browser platform has', async () => {
    const { request } = requestOf();
    const reply = createBrowserPlatform({ fetch: never }).upload(request);
    FakeXhr.last().answer(200, '{}');
    expect((await reply).status).toBe(200);
  });
});

describe('an upload where there is no XMLHttpRequest', () => {
  it('goes through the given fetch: nothing, then all', async () => {
    const { request, progress } = requestOf();
    const fetch = jest.fn<FetchLike>(() =>
      Promise.resolve(new Response('{"a":1}', { status: 503, headers: { 'Retry-After': '3' } })),
    );
    const reply = await createBrowserPlatform({ fetch }).upload(request);
    expect(reply).toEqual({ status: 503, text: '{"a":1}', retryAfter: '3' });
    expect(progress).toEqual([0, 10]);
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe(request.url);
    expect(init).toMatchObject({
      method: 'POST',
      headers: { Authorization: secret },
      credentials: 'include',
    });
  });

  it('leaves cookies at home where they are not wanted', async () => {
    const { request } = requestOf({ withCredentials: false });
    const fetch = jest.fn<FetchLike>(() => Promise.resolve(new Response('')));
    await createUpload(fetch)(request);
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ credentials: 'same-origin' });
  });

  it('quotes nothing of what fetch throws', async () => {
    const { request } = requestOf({ headers: { Authorization: `${secret}\n` } });
    expect(await failureOf(createUpload(globalThis.fetch)(request))).toBeInstanceOf(TypeError);
  });
});
