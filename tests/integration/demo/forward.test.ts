import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { forward } from '../../../demo/server/forward';
import { until } from '../../support/deadline';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const closers: (() => void)[] = [];

async function serve(answer: Answer): Promise<URL> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** A backend whose answers begin and never end, the page's server before it, and how many answers it is giving. */
async function setUp() {
  const open = new Set<ServerResponse>();
  const backend = await serve((_request, response) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: first\n\n');
  });
  const page = await serve((request, response) => {
    forward(backend, request, response);
  });
  const reached = (count: number) =>
    until(
      () => Promise.resolve(open.size),
      (size) => size === count,
    );
  return { page, open, reached };
}

function ask(page: URL, times = 1): Socket {
  const socket = connect(Number(page.port), page.hostname);
  socket.on('error', () => undefined);
  socket.write('GET /api/stream HTTP/1.1\r\nHost: page\r\n\r\n'.repeat(times));
  return socket;
}

describe('forward', () => {
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  test('passes a stream on as it comes', async () => {
    const { page } = await setUp();
    const socket = ask(page);
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString()));
    await until(
      () => Promise.resolve(text),
      (all) => all.includes('data: first\n\n'),
    );
    socket.destroy();
  });

  test('ends the backend’s answer when the page is gone', async () => {
    const { page, reached } = await setUp();
    const socket = ask(page);
    await reached(1);
    socket.destroy();
    await reached(0);
  });

  test('ends one that waits behind another one of the same connection as well', async () => {
    const { page, reached } = await setUp();
    const socket = ask(page, 2);
    await reached(2);
    socket.destroy();
    await reached(0);
  });

  test('tells the page when the backend is gone', async () => {
    const { page, open, reached } = await setUp();
    const socket = ask(page);
    const over = once(socket, 'close');
    socket.resume();
    await reached(1);
    for (const response of open) response.destroy();
    await over;
  });

  test('answers in the backend’s stead when there is none', async () => {
    const page = await serve((request, response) => {
      forward(new URL('http://127.0.0.1:1'), request, response);
    });
    const answer = await fetch(page);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ success: false, error: { code: 'UNAVAILABLE' } });
  });
});
