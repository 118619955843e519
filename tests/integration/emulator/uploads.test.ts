import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { backends, startOn } from '../../support/backends';
import type { Client } from '../../support/client';
import { channelId, signIn } from '../../support/client';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { frameOf, openStream } from '../../support/stream';
import type { Page, Sent, WireMessage } from '../../support/wire';

interface WireFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly url: string;
  readonly mimetype: string;
}

type MessageWithFiles = WireMessage & { readonly files: readonly WireFile[] };

interface Uploaded {
  readonly success: true;
  readonly file: WireFile;
  readonly files: readonly WireFile[];
}

const megabyte = 1024 * 1024;

describe.each(backends)('uploads on %s', (backend) => {
  let emulator: HostedEmulator;
  let lina: Client;
  let omar: Client;
  let general: string;

  beforeAll(async () => {
    emulator = await startOn(backend);
    lina = await signIn(emulator.url, 'lina');
    omar = await signIn(emulator.url, 'omar');
    general = await channelId(lina, 'general');
  });
  afterAll(() => emulator.stop());

  const blob = (content: string | Uint8Array<ArrayBuffer>, type = 'text/plain') =>
    new Blob([content], { type });

  async function upload(
    path: string,
    parts: readonly (readonly [field: string, content: Blob, name?: string])[],
    { token } = lina,
  ) {
    const body = new FormData();
    for (const [field, content, name] of parts) body.append(field, content, name);
    const headers = { authorization: `Bearer ${token}`, origin: 'http://localhost:5173' };
    const response = await fetch(`${emulator.url}/api${path}`, { method: 'POST', headers, body });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Uploaded,
    };
  }

  const one = async (content: Blob, name: string) =>
    (await upload('/upload', [['file', content, name]])).body.file;

  async function write(metadata: object, author = lina): Promise<MessageWithFiles> {
    const sent = { channelId: general, content: 'with files', metadata };
    return (await author.post<Sent>('/chat/messages', sent)).body.message as MessageWithFiles;
  }

  async function newest(): Promise<MessageWithFiles | undefined> {
    const { body } = await omar.get<Page>(`/chat/messages?channelId=${general}&limit=1`);
    return body.messages[0] as MessageWithFiles | undefined;
  }

  test('a file is answered in the form of the contract and read back byte by byte', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_unused, at) => (at * 7) % 256);
    const { status, headers, body } = await upload('/upload', [
      ['file', blob(bytes, 'image/png'), 'صورة 1.png'],
    ]);
    expect(status).toBe(201);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(body).toEqual({
      success: true,
      file: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: 'صورة 1.png',
        type: 'image',
        size: 70_000,
        url: expect.stringContaining(`${emulator.url}/api/files/`),
        mimetype: 'image/png',
      },
    });
    const answer = await fetch(body.file.url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-disposition')).toMatch(/^inline; filename\*=UTF-8''%D8/);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  });

  test.each([
    ['image/svg+xml', 'image', 'attachment'],
    ['text/html', 'file', 'attachment'],
    ['application/pdf', 'file', 'attachment'],
    ['image/webp', 'image', 'inline'],
  ])('%s is an %s, and comes as %s that cannot run', async (mimetype, type, disposition) => {
    const file = await one(blob('<script>alert(1)</script>', mimetype), `it's (a) name`);
    expect(file).toMatchObject({ type, mimetype });
    const { headers } = await fetch(file.url);
    expect(headers.get('content-type')).toBe(mimetype);
    expect(headers.get('content-disposition')).toBe(
      `${disposition}; filename*=UTF-8''it%27s%20%28a%29%20name`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  test('several at once keep their order', async () => {
    const { status, body } = await upload('/upload/multiple', [
      ['files', blob('one'), 'one.txt'],
      ['files[]', blob('two'), 'two.txt'],
    ]);
    expect(status).toBe(201);
    expect(body.files.map(({ name, size }) => [name, size])).toEqual([
      ['one.txt', 3],
      ['two.txt', 3],
    ]);
  });

  test('names are names, not paths, and types are types', async () => {
    expect((await one(blob('x'), '../../etc/passwd')).name).toBe('passwd');
    expect((await one(blob('x'), 'C:\\a\\b.txt')).name).toBe('b.txt');
    expect((await one(blob('x', 'what/is this'), 'x')).mimetype).toBe('application/octet-stream');
    expect(await one(blob(''), 'empty')).toMatchObject({ size: 0, mimetype: 'text/plain' });
  });

  test('10 MB pass, a byte more is refused', async () => {
    const large = (bytes: number) =>
      upload('/upload', [['file', blob(new Uint8Array(bytes)), 'large']]);
    expect((await large(10 * megabyte)).status).toBe(201);
    for (const bytes of [10 * megabyte + 1, 25 * megabyte]) {
      const { status, body } = await large(bytes);
      expect(status).toBe(413);
      expect(body).toEqual({
        success: false,
        error: {
          message: 'A file is larger than 10 MB',
          code: 'PAYLOAD_TOO_LARGE',
          statusCode: 413,
        },
      });
    }
  });

  test('what is no upload is refused', async () => {
    const notMultipart = await lina.post('/upload', {});
    const noFile = await upload('/upload', [['other', blob('x'), 'x']]);
    const eleven = Array.from({ length: 11 }, () => ['files', blob('x'), 'x'] as const);
    const nobody = await upload('/upload', [['file', blob('x'), 'x']], { ...lina, token: 'a.b.c' });
    expect(notMultipart).toMatchObject({
      status: 400,
      body: { error: { code: 'VALIDATION_ERROR' } },
    });
    expect(noFile).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
    expect(await upload('/upload/multiple', eleven)).toMatchObject({ status: 413 });
    expect(nobody.status).toBe(401);
    expect((await lina.get(`/files/${general}/x`)).body).toMatchObject({
      error: { code: 'FILE_NOT_FOUND' },
    });
    expect((await lina.get('/files/x/x')).status).toBe(400);
  });

  test('a message lists the files that its metadata names: in rows, replies and frames', async () => {
    const stream = await openStream(emulator.url, omar.token);
    await stream.next(frameOf('connection'));
    const files = [await one(blob('b'), 'b.txt'), await one(blob('a', 'image/png'), 'a.png')];
    const sent = await write({ files, nonce: 'n-1' });
    expect(sent.files).toEqual(files);
    expect(sent.metadata).toEqual({ files, nonce: 'n-1' });
    expect((await newest())?.files).toEqual(files);
    const frame = await stream.next(frameOf('channel_message', { message_id: sent.message_id }));
    expect(frame.data['files']).toEqual(files);
    stream.close();

    await emulator.setFaults({ stripMetadata: true });
    expect(await newest()).toMatchObject({ files, metadata: {} });
    await emulator.setFaults();
  });

  test("only the author's own uploads are listed; metadata comes back as sent", async () => {
    const mine = await one(blob('x'), 'x.txt');
    const metadata = { files: [mine, null, 7, { id: 'x' }, { id: general }, mine] };
    expect(await write(metadata)).toMatchObject({ files: [mine], metadata });
    expect(await write(metadata, omar)).toMatchObject({ files: [], metadata });
    expect(await write({ files: 'none' })).toMatchObject({ files: [] });
  });

  test('what is deleted shows no files', async () => {
    const { message_id: id } = await write({ files: [await one(blob('x'), 'x')], nonce: 'n-2' });
    await omar.post(`/chat/messages/${id}/replies`, { content: 'keeps its head' });
    await lina.send('DELETE', `/chat/messages/${id}`);
    const left = await newest();
    expect(left).toMatchObject({ message_id: id, files: [], metadata: { nonce: 'n-2' } });
    expect(left?.metadata['files']).toBeUndefined();
  });

  test('20 kB of metadata pass', async () => {
    const metadata = { text: 'س'.repeat(10_000), list: [1, 2, 3] };
    expect((await write(metadata)).metadata).toEqual(metadata);
  });

  test('a lost reply breaks the connection of an upload too', async () => {
    await emulator.setFaults({ loseReply: { p: 1, times: 1, paths: ['/upload'] } });
    const twice = () => upload('/upload', [['file', blob('x'), 'x']]);
    await expect(twice()).rejects.toThrow('fetch failed');
    expect((await twice()).status).toBe(201);
    await emulator.setFaults();
  });

  test('nothing went wrong inside the server', () => {
    expect(emulator.stderr()).toBe('');
  });
});
