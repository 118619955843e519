import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isGone, onGone } from '../../../emulator/src/http/gone';
import { until } from '../../support/deadline';

type Reply = Parameters<typeof onGone>[0];

describe('the end of an answer', () => {
  /** The answers that were asked for, with how often each was told to be over. */
  const asked: { readonly reply: Reply; ends: number }[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const one = { reply: { raw: response, request: { raw: request } } as Reply, ends: 0 };
    asked.push(one);
    onGone(one.reply, () => (one.ends += 1));
  });
  const sockets: Socket[] = [];

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    server.closeAllConnections();
  });

  async function ask(times: number): Promise<Socket> {
    asked.length = 0;
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times));
    await counted(() => asked.length, times);
    return socket;
  }

  const counted = (count: () => number, wanted: number) =>
    until(
      () => Promise.resolve(count()),
      (is) => is >= wanted,
    );
  const ends = () => asked.map((one) => one.ends);
  const allEnds = () => ends().reduce((sum, count) => sum + count, 0);

  test('is told once where the connection ends, also of one that waits behind another', async () => {
    const socket = await ask(2);
    socket.destroy();
    await counted(allEnds, 2);
    // whatever else hangs on the end has been called by then
    await new Promise((resolve) => setImmediate(resolve));
    expect(ends()).toEqual([1, 1]);
    expect(asked.map(({ reply }) => isGone(reply))).toEqual([true, true]);
  });

  test('is told once where it has been said, and no more when its connection ends', async () => {
    const socket = await ask(1);
    expect(asked.map(({ reply }) => isGone(reply))).toEqual([false]);
    const [said] = asked;
    said?.reply.raw.end('said');
    await counted(allEnds, 1);
    const closed = once(said?.reply.request.raw.socket ?? server, 'close');
    socket.destroy();
    await closed;
    expect(ends()).toEqual([1]);
  });

  test('is told at once where it was before', async () => {
    const socket = await ask(1);
    socket.destroy();
    await counted(allEnds, 1);
    let late = 0;
    const [one] = asked;
    if (one !== undefined) onGone(one.reply, () => (late += 1));
    expect(late).toBe(1);
  });
});
