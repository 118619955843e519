import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { HudhudOptions } from '../../../src';
import { createHudhudStore } from '../../../src';
import { createUpload } from '../../../src/platform/upload';
import type { UploadRequest } from '../../../src/platform/upload';
import type { Upload } from '../../../src/state/outboxState';
import type { CountedPlatform } from '../../support/countedPlatform';
import { createCountedPlatform } from '../../support/countedPlatform';
import { until as reached } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import { createRealClient, openWorkspace } from '../../support/realClient';
import type { SseScript, SseServer } from '../../support/sseServer';
import { refuse, startSseServer, until } from '../../support/sseServer';

const json = { 'Content-Type': 'application/json' };
const megabyte = 1_024 * 1_024;

let server: SseServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

async function serve(script: SseScript): Promise<SseServer> {
  server = await startSseServer(script);
  return server;
}

/** Reads a form as any server does. */
async function formOf(request: IncomingMessage): Promise<FormData> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const type = request.headers['content-type'] ?? '';
  return new Response(Buffer.concat(chunks), { headers: { 'Content-Type': type } }).formData();
}

/** Takes a file as the backend does, under its name as an id. */
async function take(response: ServerResponse, request: IncomingMessage): Promise<void> {
  const sent = (await formOf(request)).get('file');
  if (sent === null || typeof sent === 'string') {
    refuse(response, 400, json, '{"success":false}');
    return;
  }
  const { name, size, type } = sent;
  const text = size < 1_000 ? await sent.text() : '';
  const file = { id: `id-of-${name}`, name, size, type: 'file', mimetype: type, url: `/${text}` };
  refuse(response, 200, json, JSON.stringify({ success: true, file }));
}

describe('the port over a real socket, without XMLHttpRequest', () => {
  async function upload(script: SseScript, over: Partial<UploadRequest> = {}) {
    const { url } = await serve(script);
    const progress: number[] = [];
    const platform = createCountedPlatform();
    const controller = new AbortController();
    const reply = platform.upload({
      url: `${url}/api/upload`,
      headers: { Authorization: 'Bearer s3cr3t' },
      file: new Blob(['سلام'], { type: 'text/plain' }),
      name: 'سلام "1".txt',
      withCredentials: true,
      signal: controller.signal,
      onProgress: (loaded) => progress.push(loaded),
      ...over,
    });
    return { reply, progress, controller };
  }

  it('brings the file, its name and its type', async () => {
    const { reply, progress } = await upload((response, _n, request) => take(response, request));
    const { status, text } = await reply;
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      file: { name: 'سلام "1".txt', size: 8, mimetype: 'text/plain', url: '/سلام' },
    });
    expect(progress).toEqual([0, 8]);
    expect(server?.requests[0]?.headers.authorization).toBe('Bearer s3cr3t');
  });

  it('says what it was answered, a refusal too', async () => {
    const { reply } = await upload((response) => {
      refuse(response, 413, { 'Retry-After': '5' }, 'too large');
    });
    expect(await reply).toEqual({ status: 413, text: 'too large', retryAfter: '5' });
  });

  it('fails without a whole answer', async () => {
    const { reply } = await upload((response) => {
      response.writeHead(200, { ...json, 'Content-Length': '100' });
      response.write('{"success":');
      setImmediate(() => response.destroy());
    });
    await expect(reply).rejects.toThrow('The upload failed.');
  });

  it('closes its socket when it is called off', async () => {
    const { reply, controller } = await upload(() => undefined);
    const seen = expect(reply).rejects.toMatchObject({ name: 'AbortError' });
    await until(() => server?.requests.length === 1, 'it asks');
    controller.abort();
    await seen;
    await until(() => server?.openSockets() === 0, 'the socket closes');
  });
});

interface Client extends ReturnType<typeof createHudhudStore> {
  readonly platform: CountedPlatform;
  readonly uploads: () => readonly Upload[];
  /** Waits until the uploads stand so. */
  readonly reach: (...statuses: readonly Upload['status'][]) => Promise<readonly Upload[]>;
}

function createClient({ url }: SseServer, options: Partial<HudhudOptions> = {}): Client {
  // files alone go to the server: nobody streams
  const platform = createCountedPlatform({
    fetch: () => Promise.resolve(new Response(null, { status: 403 })),
    upload: createUpload((to, init) => fetch(to, init)),
  });
  const client = createHudhudStore({
    baseUrl: `${url}/api`,
    tokens: { getToken: () => 's3cr3t' },
    platform,
    ...options,
  });
  const { store, hudhud } = client;
  hudhud.start();
  const uploads = () => hudhud.selectors.selectHudhud(store.getState()).outbox.uploads;
  const reach: Client['reach'] = (...statuses) =>
    reached(
      () => Promise.resolve(uploads()),
      (now) => now.map(({ status }) => status).join() === statuses.join(),
    );
  return { ...client, platform, uploads, reach };
}

describe('the client over a real socket', () => {
  it('uploads several files, three at a time', async () => {
    let open = 0;
    let most = 0;
    const started = await serve(async (response, _n, request) => {
      open += 1;
      most = Math.max(most, open);
      await take(response, request);
      open -= 1;
    });
    const { hudhud, platform, reach } = createClient(started);
    const large = new Blob([new Uint8Array(megabyte)]);
    for (const name of ['a', 'b', 'c', 'd', 'e']) hudhud.attach('c1', large, name);
    const uploads = await reach('done', 'done', 'done', 'done', 'done');
    expect(uploads.map(({ file }) => file?.id)).toEqual([
      ...['id-of-a', 'id-of-b', 'id-of-c', 'id-of-d', 'id-of-e'],
    ]);
    expect(uploads.every(({ loaded }) => loaded === megabyte)).toBe(true);
    expect(most).toBeLessThanOrEqual(3);
    hudhud.stop();
    expect(platform.held()).toEqual({ timers: 0, listeners: 0 });
  });

  it('renews a refused token once for all of them', async () => {
    let token = 's3cr3t-old';
    let refreshes = 0;
    const started = await serve(async (response, _n, request) => {
      if (request.headers.authorization === 'Bearer s3cr3t-new') await take(response, request);
      else refuse(response, 401, json, '{"success":false}');
    });
    const { hudhud, reach } = createClient(started, {
      tokens: {
        getToken: () => token,
        refresh: () => {
          refreshes += 1;
          token = 's3cr3t-new';
          return Promise.resolve(token);
        },
      },
    });
    for (const name of ['a', 'b', 'c']) hudhud.attach('c1', new Blob(['x']), name);
    await reach('done', 'done', 'done');
    expect(refreshes).toBe(1);
  });

  it('tries again after a dropped connection, with the whole file', async () => {
    const started = await serve(async (response, n, request) => {
      if (n === 0) response.destroy();
      else await take(response, request);
    });
    const { hudhud, reach, platform } = createClient(started);
    hudhud.attach('c1', new Blob(['whole']), 'a');
    const [upload] = await reach('done');
    expect(upload?.file).toMatchObject({ size: 5, url: '/whole' });
    expect(started.requests).toHaveLength(2);
    expect(platform.logText()).not.toContain('s3cr3t');
  });

  it('fails at once where the server does not take it, and says why', async () => {
    const started = await serve((response) => {
      refuse(response, 413, json, '{"success":false,"error":{"code":"FILE_TOO_LARGE"}}');
    });
    const { hudhud, reach } = createClient(started);
    hudhud.attach('c1', new Blob(['x']));
    expect(await reach('failed')).toMatchObject([{ code: 'UPLOAD_TOO_LARGE' }]);
    expect(started.requests).toHaveLength(1);
  });

  it.each<[string, (client: Client, uploadId: string) => void, Upload['status'][]]>([
    [
      'cancelUpload',
      ({ store, hudhud }, uploadId) => store.dispatch(hudhud.actions.cancelUpload({ uploadId })),
      [],
    ],
    [
      'stop',
      ({ hudhud }) => {
        hudhud.stop();
      },
      ['failed'],
    ],
  ])('%s closes the socket of an upload', async (_name, end, left) => {
    const started = await serve(() => undefined);
    const client = createClient(started);
    const { uploadId } = client.hudhud.attach('c1', new Blob(['x']));
    await until(() => started.requests.length === 1, 'it uploads');
    end(client, uploadId);
    await until(() => started.openSockets() === 0, 'the socket closes');
    await client.reach(...left);
    client.hudhud.stop();
    expect(client.platform.held()).toEqual({ timers: 0, listeners: 0 });
  });
});

describe('uploads against the emulator', () => {
  let emulator: HostedEmulator;

  beforeAll(async () => {
    emulator = await startHostedEmulator();
  });
  afterAll(() => emulator.stop());

  it('bring a file to whoever reads the message that names it', async () => {
    const [lina, omar] = [createRealClient(emulator.url), createRealClient(emulator.url)];
    await Promise.all([lina.enter('lina'), omar.enter('omar')]);
    const { general = '' } = await openWorkspace(lina);
    await openWorkspace(omar);
    const { hudhud, store, platform } = lina;
    const plan = new File(['سلام'], 'خطة.txt', { type: 'text/plain' });
    const { uploadId } = hudhud.attach(general, plan);
    const wish = { channelId: general, content: 'the plan', uploadIds: [uploadId] };
    store.dispatch(hudhud.actions.sendMessage(wish));

    const files = await omar.seen(
      ({ selectMessages }, root) =>
        selectMessages(root, general).find(({ content }) => content === 'the plan')?.files ?? [],
      ({ length }) => length > 0,
    );
    expect(files).toMatchObject([{ name: 'خطة.txt', size: 8, mime: 'text/plain' }]);
    const answer = await fetch(new URL(files[0]?.url ?? '', emulator.url));
    expect(await answer.text()).toBe('سلام');
    // the message took it along
    await lina.seen(
      ({ selectHudhud }, root) => selectHudhud(root).outbox,
      ({ uploads, channels }) => uploads.length === 0 && channels.length === 0,
    );
    for (const client of [lina, omar]) client.hudhud.stop();
    expect(platform.held()).toEqual({ timers: 0, listeners: 0 });
  });

  it('say that a file is too large, where the client lets it through', async () => {
    const client = createRealClient(emulator.url, { maxUploadBytes: Infinity });
    await client.enter('lina');
    client.hudhud.attach('c1', new Blob([new Uint8Array(10 * megabyte + 1)]), 'large');
    client.hudhud.attach('c1', new Blob([new Uint8Array(10 * megabyte)]), 'fits');
    const uploads = await client.seen(
      ({ selectHudhud }, root) => selectHudhud(root).outbox.uploads,
      (now) => now.every(({ status }) => status === 'failed' || status === 'done'),
      30_000,
    );
    expect(uploads).toMatchObject([
      { name: 'large', status: 'failed', code: 'UPLOAD_TOO_LARGE' },
      { name: 'fits', status: 'done', code: null },
    ]);
    client.hudhud.stop();
  });
});
