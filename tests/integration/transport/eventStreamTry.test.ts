import { afterEach, describe, expect, it } from '@jest/globals';

import { createCounters } from '../../../src/platform/counters';
import { connectionDefaults } from '../../../src/transport/connectionOptions';
import type { SourceTry } from '../../../src/transport/tryLife';
import { readEventStream } from '../../../src/transport/eventStreamTry';
import type { IdentifiedFrame } from '../../../src/transport/frameParser';
import { createCountedPlatform } from '../../support/countedPlatform';
import type { SseScript, SseServer } from '../../support/sseServer';
import {
  openSse,
  refuse,
  startSseServer,
  until,
  write,
  writeByteByByte,
} from '../../support/sseServer';

let server: SseServer | null = null;
let stream: SourceTry | null = null;

afterEach(async () => {
  stream?.close();
  await server?.close();
  server = null;
  stream = null;
});

interface Setup {
  readonly script: SseScript;
  readonly lastEventId?: string;
  readonly auth?: 'header' | 'query';
}

async function setUp({ script, lastEventId, auth = 'header' }: Setup) {
  const started = await startSseServer(script);
  server = started;
  const platform = createCountedPlatform();
  const counters = createCounters();
  const frames: IdentifiedFrame[] = [];
  const log = { opened: 0, reads: 0, retries: [] as number[], ids: [] as string[] };
  stream = readEventStream(
    {
      ...connectionDefaults,
      url: `${started.url}/api/realtime/stream`,
      token: 't0k-s3cr3t',
      auth,
      lastEventId: lastEventId ?? null,
    },
    {
      onOpen: () => (log.opened += 1),
      onFrame: (frame) => frames.push(frame),
      onId: (id) => log.ids.push(id),
      onRead: () => (log.reads += 1),
      onRetry: (ms) => log.retries.push(ms),
    },
    { ...platform, counters },
  );
  return { server: started, platform, counters, frames, log, stream };
}

const text = 'event: message\ndata: {"text":"سلام ☃ 😀"}\nid: é\n\n';
const frame = { event: 'message', data: '{"text":"سلام ☃ 😀"}', id: 'é' };

describe('a stream over a real socket', () => {
  it.each([
    ['LF', text],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['CR', text.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${text}`],
    ['comments', `: hello\n${text}:\n\n`],
  ])('is read byte by byte, with %s', async (_name, written) => {
    const { frames, stream: opened } = await setUp({
      script: async (response) => {
        openSse(response);
        await writeByteByByte(response, written.repeat(2).replace(/(?<=.)\uFEFF/gs, ''));
        response.end();
      },
    });
    expect(await opened.done).toEqual({ kind: 'ended' });
    expect(frames).toEqual([frame, frame]);
  });

  it('hands over an event that ends in CR without waiting for the next byte', async () => {
    const { frames } = await setUp({
      script: async (response) => {
        openSse(response);
        await write(response, 'data: now\r\r');
      },
    });
    await until(() => frames.length === 1, 'the frame arrives');
    expect(frames[0]?.data).toBe('now');
  });

  it('reads ids without data, and retry lines', async () => {
    const {
      frames,
      log,
      stream: opened,
    } = await setUp({
      script: (response) => {
        openSse(response);
        response.end('retry: 1234\nretry: soon\n\nid: 7\n\ndata: a\n\n');
      },
    });
    await opened.done;
    expect(log.retries).toEqual([1_234]);
    expect(log.ids).toEqual(['7']);
    expect(frames).toEqual([{ event: null, data: 'a', id: null }]);
  });

  it('drops half a frame at the end', async () => {
    const { frames, stream: opened } = await setUp({
      script: (response) => {
        openSse(response);
        response.end(`${text}data: half`);
      },
    });
    expect(await opened.done).toEqual({ kind: 'ended' });
    expect(frames).toEqual([frame]);
  });

  it('sees a connection that breaks in the middle of a frame', async () => {
    const { frames, stream: opened } = await setUp({
      script: async (response) => {
        openSse(response);
        await write(response, `${text}data: half`);
        response.destroy();
      },
    });
    expect(await opened.done).toEqual({ kind: 'network' });
    expect(frames.length).toBeLessThanOrEqual(1);
  });

  it('lets binary garbage pass, and reads on', async () => {
    const garbage = Uint8Array.from({ length: 4_096 }, (_, i) => (i * 131) % 256);
    const { frames } = await setUp({
      script: async (response) => {
        openSse(response);
        await write(response, garbage);
        await write(response, `\n\n${text}`);
      },
    });
    await until(() => frames.some(({ data }) => data === frame.data), 'the frame arrives');
  });

  it('asks with a header, sends the last id as UTF-8, and keeps the token out of the address', async () => {
    const { server: started, log } = await setUp({
      lastEventId: 'ид-☃',
      script: (response) => {
        openSse(response);
      },
    });
    await until(() => log.opened === 1, 'it opens');
    const [request] = started.requests;
    expect(request?.url).toBe('/api/realtime/stream');
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer t0k-s3cr3t',
      accept: 'text/event-stream',
    });
    const sent = String(request?.headers['last-event-id']);
    expect(Buffer.from(sent, 'latin1').toString('utf8')).toBe('ид-☃');
  });

  it('puts the token into the address only when told so', async () => {
    const { server: started, log } = await setUp({
      auth: 'query',
      script: (response) => {
        openSse(response);
      },
    });
    await until(() => log.opened === 1, 'it opens');
    expect(started.requests[0]?.url).toBe('/api/realtime/stream?token=t0k-s3cr3t');
    expect(started.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('closes the socket of the server when it is closed', async () => {
    const {
      server: started,
      platform,
      log,
      stream: opened,
    } = await setUp({
      script: (response) => {
        openSse(response);
      },
    });
    await until(() => log.opened === 1, 'it opens');
    expect(started.openSockets()).toBe(1);
    opened.close();
    expect(await opened.done).toEqual({ kind: 'aborted' });
    await until(() => started.openSockets() === 0, 'the socket closes');
    expect(platform.held().timers).toBe(0);
  });

  it('closes the socket of a request that was never answered', async () => {
    const { server: started, stream: opened } = await setUp({ script: () => undefined });
    await until(() => started.requests.length === 1, 'it asks');
    opened.close();
    await until(() => started.openSockets() === 0, 'the socket closes');
  });

  it.each([
    [403, 'text/event-stream', { kind: 'refused', status: 403, retryAfterMs: null }],
    [200, 'text/html', { kind: 'wrong_type', contentType: 'text/html' }],
  ])('lets go of a body without end that it does not want: %p %s', async (status, type, end) => {
    const { server: started, stream: opened } = await setUp({
      script: async (response) => {
        response.writeHead(status, { 'Content-Type': type });
        while (await write(response, 'x'.repeat(1_000)));
      },
    });
    expect(await opened.done).toEqual(end);
    await until(() => started.openSockets() === 0, 'the socket closes');
  });

  it('reads the status of an answer without a body', async () => {
    const { stream: opened } = await setUp({
      script: (response) => {
        refuse(response, 204);
      },
    });
    expect(await opened.done).toEqual({ kind: 'refused', status: 204, retryAfterMs: null });
  });

  it('reads no more than the limit of a frame of 10 MB', async () => {
    let written = 0;
    const { counters, stream: opened } = await setUp({
      script: async (response) => {
        openSse(response);
        await write(response, 'data: ');
        while (written < 10_000_000 && (await write(response, 'x'.repeat(10_000)))) {
          written += 10_000;
        }
      },
    });
    expect(await opened.done).toEqual({ kind: 'too_large' });
    const { bytes, drops } = counters.snapshot();
    expect(drops?.by).toEqual({ frame_too_large: 1 });
    // The limit and at most one more read of the network.
    expect(bytes?.total).toBeLessThan(1_048_576 + 300_000);
  });
});
