import { describe, expect, it, jest } from '@jest/globals';
import { HudhudError } from '../../../src/errors';
import { createCounters } from '../../../src/platform/counters';
import type { ScriptedUpload } from '../../../src/testing';
import { createFakePlatform, createScriptedUploads } from '../../../src/testing';
import { budgetDefaults, createRateBudget } from '../../../src/transport/rateBudget';
import type { TokenSource } from '../../../src/transport/session';
import { createSession } from '../../../src/transport/session';
import { createUploadClient } from '../../../src/transport/uploadClient';

function setUp(source: TokenSource = { getToken: () => 's3cr3t-old' }) {
  const uploads = createScriptedUploads();
  const platform = createFakePlatform({ upload: uploads.upload });
  const counters = createCounters();
  const client = createUploadClient({
    baseUrl: 'https://host.test/api/',
    session: createSession(source),
    platform,
    counters,
  });
  const controller = new AbortController();
  const progress: number[] = [];
  const send = () =>
    client.upload({
      file: new Blob(['0123456789']),
      name: 'ten.txt',
      signal: controller.signal,
      onProgress: (loaded) => progress.push(loaded),
    });
  /** Uploads, and answers once the request is there. */
  const answered = async (answer: (upload: ScriptedUpload) => void) => {
    const sent = send();
    await platform.settle();
    answer(uploads.last());
    return sent;
  };
  return { uploads, platform, counters, controller, progress, send, answered };
}

describe('createUploadClient', () => {
  it('sends the file with the token and tells what the server made of it', async () => {
    const { uploads, platform, counters, progress, answered } = setUp();
    const file = await answered((upload) => {
      upload.progress(4);
      upload.progress(10);
      upload.done('f1');
    });
    expect(file).toMatchObject({ id: 'f1', name: 'ten.txt', size: 10 });
    expect(uploads.last()).toMatchObject({
      url: 'https://host.test/api/upload',
      name: 'ten.txt',
      withCredentials: true,
      headers: { Authorization: 'Bearer s3cr3t-old', Accept: 'application/json' },
    });
    expect(progress).toEqual([4, 10]);
    expect(counters.snapshot().requests?.by).toEqual({ 200: 1 });
    expect(platform.pending().timers).toBe(0);
  });

  it('renews a refused token once and sends again', async () => {
    let token = 's3cr3t-old';
    const refresh = jest.fn(() => {
      token = 's3cr3t-new';
      return Promise.resolve<string | null>(token);
    });
    const { uploads, platform, send } = setUp({ getToken: () => token, refresh });
    const sent = send();
    await platform.settle();
    uploads.last().json({}, { status: 401 });
    await platform.settle();
    expect(uploads.last().headers['Authorization']).toBe('Bearer s3cr3t-new');
    uploads.last().json({}, { status: 401 });
    await expect(sent).rejects.toMatchObject({ code: 'UNAUTHORIZED', data: { status: 401 } });
    expect(uploads.requests).toHaveLength(2);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('sends nothing without a token', async () => {
    const { uploads, send } = setUp({ getToken: () => null });
    await expect(send()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(uploads.requests).toEqual([]);
  });

  it.each([
    [413, 'UPLOAD_TOO_LARGE'],
    [400, 'REQUEST_REJECTED'],
    [403, 'FORBIDDEN'],
    [415, 'REQUEST_REJECTED'],
    [429, 'RATE_LIMITED'],
    [500, 'SERVER_ERROR'],
  ])('turns status %p into %s', async (status, code) => {
    const { platform, answered } = setUp();
    const failed = answered((upload) => {
      upload.json({ success: false, error: { code: 'LIMIT' } }, { status, retryAfter: '2' });
    });
    await expect(failed).rejects.toMatchObject({
      code,
      data: { status, serverCode: 'LIMIT', retryAfterMs: 2_000, request: 'POST /upload' },
    });
    expect(platform.pending().timers).toBe(0);
  });

  it.each<[string, (upload: ScriptedUpload) => void, string]>([
    [
      'a dropped connection',
      (upload) => {
        upload.fail();
      },
      'NETWORK',
    ],
    [
      'an answer without a file',
      (upload) => {
        upload.json({ success: true, note: 's3cr3t' });
      },
      'BAD_RESPONSE',
    ],
    [
      'no success',
      (upload) => {
        upload.json({ success: false, error: { message: 's3cr3t' } });
      },
      'REQUEST_REJECTED',
    ],
  ])('turns %s into an error that quotes nothing', async (_name, answer, code) => {
    const { answered } = setUp();
    const error: unknown = await answered(answer).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HudhudError);
    expect(error).toMatchObject({ code });
    const { message, data, cause, stack } = error as HudhudError;
    expect(JSON.stringify([message, data, cause, stack])).not.toContain('s3cr3t');
  });

  it('gives up after 60 s in which nothing moved, not before', async () => {
    const { uploads, platform, send } = setUp();
    const seen = expect(send()).rejects.toMatchObject({ code: 'TIMEOUT' });
    for (const loaded of [1, 2, 3]) {
      await platform.advance(59_999);
      uploads.last().progress(loaded);
    }
    await platform.advance(59_999);
    expect(uploads.last().isAborted()).toBe(false);
    await platform.advance(1);
    await seen;
    expect(uploads.last().isAborted()).toBe(true);
    expect(platform.pending().timers).toBe(0);
  });

  it('is called off at once, and tells no progress after that', async () => {
    const { uploads, platform, controller, progress, send } = setUp();
    const seen = expect(send()).rejects.toMatchObject({ code: 'ABORTED' });
    await platform.settle();
    controller.abort();
    await seen;
    uploads.last().progress(5);
    expect(uploads.last().isAborted()).toBe(true);
    expect(progress).toEqual([]);
    expect(platform.pending().timers).toBe(0);
  });
});

it('an upload is part of the budget, and is not begun where nothing is left of it', async () => {
  const uploads = createScriptedUploads();
  const platform = createFakePlatform({ upload: uploads.upload });
  const budget = createRateBudget(budgetDefaults, platform.clock);
  const session = createSession({ getToken: () => 't' });
  const client = createUploadClient({ baseUrl: '/api', session, platform, budget });
  const { signal } = new AbortController();
  const send = () =>
    client.upload({ file: new Blob(['x']), name: 'x', signal, onProgress: () => undefined });
  const first = send();
  await platform.settle();
  uploads.last().json({}, { status: 429, retryAfter: '60' });
  await expect(first).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(budget.waitOf('history')).toBe(60_000);
  const quota = { limit: 100, remaining: 0, forMs: 90_000 };
  budget.spend('send').answered({ status: 200, quota, retryAfterMs: null });
  await expect(send()).rejects.toMatchObject({ data: { retryAfterMs: 90_000 } });
  expect(uploads.requests).toHaveLength(1);
});
