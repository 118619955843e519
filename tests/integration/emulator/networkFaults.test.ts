import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client';
import { channelId, request, signIn } from '../../support/client';
import { until } from '../../support/deadline';
import type { HostedEmulator } from '../../support/hostedEmulator';
import { startHostedEmulator } from '../../support/hostedEmulator';
import { frameOf, textsOf } from '../../support/frameList';
import type { RawAnswer } from '../../support/rawHttp';
import { rawGet } from '../../support/rawHttp';
import { keepReading } from '../../support/resumingReader';
import type { Stream } from '../../support/stream';
import { openStream } from '../../support/stream';
import type { SocketStream } from '../../support/webSocket';
import { openSocket, withToken } from '../../support/webSocket';

interface PollAnswer {
  readonly cursor: string;
}

interface Status {
  readonly connections: number;
  readonly users_online: number;
}

const statusOf = async ({ url }: HostedEmulator): Promise<Status> =>
  (await request<Status>(url, 'GET', '/realtime/status')).body;

describe('faults of the network', () => {
  let emulator: HostedEmulator;
  let lina: Client;
  let omar: Client;
  let general: string;
  const raws: RawAnswer[] = [];
  const streams: Stream[] = [];
  const sockets: SocketStream[] = [];

  beforeAll(async () => {
    emulator = await startHostedEmulator(['--resume', 'on', '--ping-interval', '50']);
    lina = await signIn(emulator.url, 'lina');
    omar = await signIn(emulator.url, 'omar');
    general = await channelId(lina, 'general');
  });
  afterEach(async () => {
    await emulator.setFaults();
    for (const one of [...raws.splice(0), ...streams.splice(0), ...sockets.splice(0)]) one.close();
    await until(
      () => statusOf(emulator),
      ({ connections }) => connections === 0,
    );
  });
  afterAll(async () => {
    await emulator.stop();
    expect(emulator.stderr()).toBe('');
  });

  function raw(path = '/realtime/stream'): RawAnswer {
    const answer = rawGet(emulator.url, path, { authorization: `Bearer ${lina.token}` });
    raws.push(answer);
    return answer;
  }

  async function listen(client: Client, path?: string): Promise<Stream> {
    const stream = await openStream(emulator.url, client.token, path);
    streams.push(stream);
    return stream;
  }

  async function listenOnSocket(): Promise<SocketStream> {
    const socket = await openSocket(emulator.url, { protocols: withToken(lina.token) });
    sockets.push(socket);
    return socket;
  }

  const write = (content: string) => omar.post('/chat/messages', { channelId: general, content });
  const message = (content: string) => frameOf('channel_message', { content });
  const includes = (text: string) => (bytes: Buffer) => bytes.includes(text);
  const headersCame = includes('\r\n\r\n');

  /** Meanwhile somebody else hears so many pings: whoever is to hear some would have heard one. */
  async function someTime(): Promise<void> {
    const watch = await listen(omar);
    for (let at = 0; at < 4; at += 1) await watch.next(frameOf('ping'));
  }

  /** The bytes of a chunked body; what is after the last whole chunk as well. */
  function bodyOf(bytes: Buffer): { body: Buffer; chunks: number[]; isWhole: boolean } {
    let at = bytes.indexOf('\r\n\r\n') + 4;
    const parts = [];
    for (;;) {
      const line = bytes.indexOf('\r\n', at);
      if (line < 0) return { body: Buffer.concat(parts), chunks: sizes(parts), isWhole: false };
      const size = parseInt(bytes.subarray(at, line).toString(), 16);
      if (size === 0) return { body: Buffer.concat(parts), chunks: sizes(parts), isWhole: true };
      parts.push(bytes.subarray(line + 2, line + 2 + size));
      at = line + 2 + size + 2;
    }
  }
  const sizes = (parts: readonly Buffer[]) => parts.map(({ length }) => length);

  const isWholeText = (bytes: Uint8Array) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  };

  const onlyLina = { p: 1, users: ['lina'] };

  describe('streams', () => {
    test('stall: from the start, a stream is open and silent', async () => {
      await emulator.setFaults({ stall: onlyLina });
      const stream = raw();
      const head = await stream.until(headersCame);
      expect(head.toString()).toMatch(/^HTTP\/1\.1 200 /);
      await write('not heard');
      await someTime();
      expect(bodyOf(stream.bytes()).body.length).toBe(0);
    });

    test('stall: from some frame on, pings included; others go on', async () => {
      const stream = await listen(lina);
      await stream.next(frameOf('ping'));
      await emulator.setFaults({ stall: { ...onlyLina, times: 1 } });
      await until(
        () => emulator.faults(),
        ({ body }) => body.hits['stall'] === 1,
      );
      const { length } = stream.frames;
      await write('not heard');
      await someTime();
      expect(stream.frames).toHaveLength(length);
    });

    test('reset: the connection breaks instead of a frame', async () => {
      const stream = raw();
      await stream.until(includes('event: ping'));
      await emulator.setFaults({ reset: onlyLina });
      expect(await stream.over).toBe('reset');
    });

    test('halfFrame: it ends inside of a character of a frame', async () => {
      const stream = raw();
      await stream.until(includes('event: ping'));
      await emulator.setFaults({ halfFrame: { ...onlyLina, times: 1 } });
      // the next frame may be a ping, which has none
      for (;;) {
        const { body } = await emulator.faults();
        if (body.hits['halfFrame'] === 1) break;
        await write('🦤'.repeat(1000));
      }
      expect(await stream.over).toBe('end');
      const { body, isWhole } = bodyOf(stream.bytes());
      expect(isWhole).toBe(false);
      expect(body.toString().endsWith('\n\n')).toBe(false);
      if (body.includes('🦤')) expect(isWholeText(body)).toBe(false);
    });

    test('halfFrame: also as if all had been said', async () => {
      await emulator.setFaults({ halfFrame: { ...onlyLina, clean: true } });
      const stream = raw();
      const { body } = bodyOf(await stream.until((bytes) => bodyOf(bytes).isWhole));
      expect(body.length).toBeGreaterThan(0);
      expect(body.toString()).toMatch(/^event: init/);
      expect(body.toString().endsWith('\n\n')).toBe(false);
    });

    test('slowDrip: byte by byte, whole and in order', async () => {
      const bytes = raw();
      await bytes.until(includes('event: connection'));
      const stream = await listen(lina);
      await stream.next(frameOf('connection'));
      await emulator.setFaults({ slowDrip: { ...onlyLina, everyMs: 0 } });
      await write('dripping 🦤 one');
      await write('dripping two');
      await stream.next(message('dripping two'));
      expect(textsOf(stream.frames)).toEqual(['dripping 🦤 one', 'dripping two']);
      const { body, chunks } = bodyOf(
        await bytes.until((all) => bodyOf(all).body.includes('dripping two')),
      );
      expect(body.toString()).toContain('dripping 🦤 one');
      expect(chunks.filter((size) => size === 1).length).toBeGreaterThan(300);
    });
  });

  describe('long polls', () => {
    const cursorOf = async () => (await lina.get<PollAnswer>('/realtime/poll')).body.cursor;

    test('stall: there is no answer', async () => {
      const path = `/realtime/poll?cursor=${await cursorOf()}&timeout_ms=0`;
      await emulator.setFaults({ stall: onlyLina });
      const poll = raw(path);
      await until(
        () => emulator.faults(),
        ({ body }) => body.hits['stall'] === 1,
      );
      await someTime();
      expect(poll.bytes().length).toBe(0);
    });

    test('reset: the connection breaks instead of the answer', async () => {
      await emulator.setFaults({ reset: onlyLina });
      const poll = raw('/realtime/poll');
      expect(await poll.over).toBe('reset');
      expect(poll.bytes().length).toBe(0);
    });

    test('halfFrame: an answer that ends before its length, inside of a character', async () => {
      const cursor = await cursorOf();
      await write('🦤🦤🦤');
      await emulator.setFaults({ halfFrame: onlyLina });
      const poll = raw(`/realtime/poll?cursor=${cursor}`);
      expect(await poll.over).toBe('end');
      const bytes = poll.bytes();
      const length = Number(/content-length: (\d+)/i.exec(bytes.toString())?.[1]);
      const body = bytes.subarray(bytes.indexOf('\r\n\r\n') + 4);
      expect(body.length).toBeGreaterThan(0);
      expect(body.length).toBeLessThan(length);
      expect(isWholeText(body)).toBe(false);
    });

    test('slowDrip: it comes whole in the end', async () => {
      const cursor = await cursorOf();
      await write('dripping');
      await emulator.setFaults({ slowDrip: { ...onlyLina, everyMs: 0 } });
      const { status, body } = await lina.get(`/realtime/poll?cursor=${cursor}`);
      expect([status, JSON.stringify(body).includes('dripping')]).toEqual([200, true]);
      expect((await emulator.faults()).body.hits).toEqual({ slowDrip: 1 });
    });
  });

  describe('WebSockets', () => {
    test('stall: open and silent', async () => {
      await emulator.setFaults({ stall: onlyLina });
      const socket = await listenOnSocket();
      await write('not heard');
      await someTime();
      expect(socket.frames).toEqual([]);
    });

    test.each(['reset', 'halfFrame'])('%s: it breaks without a goodbye', async (fault) => {
      const socket = await listenOnSocket();
      await socket.next(frameOf('connection'));
      await emulator.setFaults({ [fault]: onlyLina });
      expect((await socket.closed).code).toBe(1006);
    });

    test('slowDrip: byte by byte, whole and in order, whatever its length', async () => {
      const socket = await listenOnSocket();
      await socket.next(frameOf('connection'));
      await emulator.setFaults({ slowDrip: { p: 0.5, users: ['lina'], everyMs: 0 } });
      const contents = ['short 🦤', 'l'.repeat(300), 'after', 'and after'];
      for (const content of contents) await write(content);
      await socket.next(message('and after'));
      expect(textsOf(socket.frames)).toEqual(contents);
    });
  });

  describe('refuseStreams', () => {
    test.each([
      [401, 'TOKEN_EXPIRED'],
      [403, 'FORBIDDEN'],
      [503, 'UNAVAILABLE'],
    ])('with %i, on all that brings frames, and on nothing else', async (status, code) => {
      await emulator.setFaults({ refuseStreams: { p: 1, statuses: [status] } });
      for (const path of ['/realtime/stream', `/realtime/stream/channel/${general}`]) {
        expect(await lina.get(path)).toMatchObject({ status, body: { error: { code } } });
      }
      expect((await lina.get('/realtime/poll')).status).toBe(status);
      await expect(listenOnSocket()).rejects.toThrow(`HTTP ${status}`);
      expect((await lina.get('/projects')).status).toBe(200);
    });

    test('with 429, and when to come again: in seconds, or as a date', async () => {
      const again = { p: 1, statuses: [429], retryAfterS: 7 };
      await emulator.setFaults({ refuseStreams: again });
      const seconds = await lina.get('/realtime/stream');
      expect(seconds.status).toBe(429);
      expect(seconds.headers.get('retry-after')).toBe('7');
      expect(seconds.headers.get('x-ratelimit-remaining')).toBe('0');
      await emulator.setFaults({ refuseStreams: { ...again, retryAfterAs: 'date' } });
      const date = (await lina.get('/realtime/stream')).headers.get('retry-after') ?? '';
      expect(date).toMatch(/^[A-Z][a-z]{2}, \d\d .* GMT$/);
      const inSeconds = (Date.parse(date) - Date.now()) / 1000;
      expect(inSeconds).toBeGreaterThan(4);
      expect(inSeconds).toBeLessThanOrEqual(7);
    });

    test('with 502, and the page of a proxy', async () => {
      await emulator.setFaults({ refuseStreams: { p: 1, statuses: [502] } });
      const headers = { authorization: `Bearer ${lina.token}` };
      for (const path of ['stream', 'poll']) {
        const answer = await fetch(`${emulator.url}/api/realtime/${path}`, { headers });
        expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
        expect(await answer.text()).toContain('<title>502 Bad Gateway</title>');
      }
    });

    test('for some people only, wherever their token stands', async () => {
      await emulator.setFaults({ refuseStreams: { p: 1, users: ['lina'] } });
      const { url } = emulator;
      const statusOf = async (token: string) =>
        (await fetch(`${url}/api/realtime/poll?token=${token}`)).status;
      expect(await statusOf(lina.token)).toBe(503);
      expect(await statusOf(omar.token)).toBe(200);
      await expect(listenOnSocket()).rejects.toThrow('HTTP 503');
    });
  });

  test.each([
    [{ slowDrip: { p: 1, everyMs: -1 } }, 'everyMs must be a number from 0'],
    [{ halfFrame: { p: 1, clean: 'yes' } }, 'clean must be true or false'],
    [{ refuseStreams: { p: 1, retryAfterAs: 'year' } }, 'retryAfterAs must be one of'],
    [{ longPolling: 'no' }, 'longPolling must be true or false'],
  ])('%j is refused with a sentence', async (set, sentence) => {
    const { status, body } = await emulator.setFaults(set);
    expect(status).toBe(400);
    expect(body.error?.message).toContain(sentence);
  });
});

describe('faults of the network, without pings between', () => {
  let emulator: HostedEmulator;
  let lina: Client;
  let omar: Client;
  let general: string;

  beforeAll(async () => {
    emulator = await startHostedEmulator(['--resume', 'on', '--faults', 'network']);
    lina = await signIn(emulator.url, 'lina');
    omar = await signIn(emulator.url, 'omar');
    general = await channelId(lina, 'general');
  });
  afterAll(async () => {
    await emulator.stop();
    expect(emulator.stderr()).toBe('');
  });

  const write = (content: string) => omar.post('/chat/messages', { channelId: general, content });

  test('--faults network: who goes on where it ended has each message once', async () => {
    const { faults } = (await emulator.faults()).body;
    expect(faults).toMatchObject({ refuseStreams: { p: 0.2 }, halfFrame: { p: 0.03 } });
    // whoever is stalled would have to notice it by the missing pings
    await emulator.setFaults({ preset: 'network', stall: null, seed: 3 });
    const reader = keepReading(emulator.url, lina.token);
    await until(
      () => Promise.resolve(reader.opened),
      (opened) => opened > 0,
    );
    const contents = Array.from({ length: 80 }, (_unused, at) => `🦤 ${at}`);
    for (const content of contents) await write(content);
    await until(
      () => Promise.resolve(reader.texts().at(-1)),
      (last) => last === contents.at(-1),
    );
    await reader.stop();
    expect(reader.startedAfresh).toBe(0);
    expect(reader.opened).toBeGreaterThan(2);
    const told = reader.texts();
    // the first one may have been written before the first stream stood
    expect(told).toEqual(contents.slice(-told.length));
    expect(told.length).toBeGreaterThan(60);
    await emulator.setFaults();
  });

  test('the same seed strikes the same frames', async () => {
    const stream = await openStream(emulator.url, lina.token);
    await stream.next(frameOf('connection'));
    // strikes are counted together: no other stream is left, and all have been told who came and went
    await until(
      () => statusOf(emulator),
      ({ connections, users_online }) => connections === 1 && users_online === 1,
    );
    await write('all is told');
    await stream.next(frameOf('channel_message', { content: 'all is told' }));

    async function struck(seed: number): Promise<number[]> {
      await emulator.setFaults({ seed, slowDrip: { p: 0.5, users: ['lina'], everyMs: 0 } });
      const hits = [];
      for (let at = 0; at < 10; at += 1) {
        await write(`of ${seed}, ${at}`);
        await stream.next(frameOf('channel_message', { content: `of ${seed}, ${at}` }));
        hits.push((await emulator.faults()).body.hits['slowDrip'] ?? 0);
      }
      return hits;
    }
    const first = await struck(5);
    expect(new Set(first).size).toBeGreaterThan(2);
    expect(await struck(5)).toEqual(first);
    expect(await struck(6)).not.toEqual(first);
    stream.close();
  });
});
