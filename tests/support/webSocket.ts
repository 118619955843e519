import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { FrameList, StreamFrame } from './frameList';
import { makeFrameList } from './frameList';

interface RawSocket {
  readonly protocol: string;
  on(event: 'open', on: () => void): void;
  on(event: 'error', on: (error: Error) => void): void;
  on(event: 'message', on: (data: Buffer, isBinary: boolean) => void): void;
  on(event: 'close', on: (code: number, reason: Buffer) => void): void;
  on(
    event: 'unexpected-response',
    on: (request: { destroy(): void }, response: { readonly statusCode: number }) => void,
  ): void;
  send(text: string): void;
  close(): void;
  terminate(): void;
}

type MakeSocket = new (
  address: string,
  protocols: readonly string[],
  options: { readonly headers?: Readonly<Record<string, string>> },
) => RawSocket;

// it belongs to the emulator's workspace
const { WebSocket } = createRequire(resolve('emulator/package.json'))('ws') as {
  readonly WebSocket: MakeSocket;
};

/** The constructor, as a browser has it: Node 20 has none of its own. */
export const SystemWebSocket: unknown = WebSocket;

/** A reader of one WebSocket. */
export interface SocketStream extends Pick<FrameList, 'frames' | 'next'> {
  /** The subprotocol that the server chose. */
  readonly protocol: string;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(message: unknown): void;
  close(): void;
}

interface SocketOptions {
  readonly protocols?: readonly string[];
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Names a token as a browser can. */
export const withToken = (token: string): readonly string[] => [
  'hudhud.v1',
  `hudhud.token.${token}`,
];

/** Rejects with the status when the server answers without an upgrade. */
export async function openSocket(
  url: string,
  { protocols = [], path = '/realtime/ws', headers = {} }: SocketOptions = {},
): Promise<SocketStream> {
  const address = `${url.replace(/^http/, 'ws')}/api${path}`;
  const socket = new WebSocket(address, protocols, { headers });
  const list = makeFrameList();
  // what comes with the answer to the upgrade is told in the same turn as `open`
  socket.on('message', (data) => {
    const { event, id, data: payload } = JSON.parse(data.toString()) as StreamFrame;
    list.add({ event, id, data: payload });
  });
  const closed = new Promise<{ code: number; reason: string }>((settle) => {
    socket.on('close', (code, reason) => {
      settle({ code, reason: reason.toString() });
    });
  });
  await new Promise<void>((settle, reject) => {
    socket.on('open', settle);
    socket.on('error', reject);
    socket.on('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      reject(new Error(`HTTP ${statusCode}`));
    });
  });
  return {
    protocol: socket.protocol,
    frames: list.frames,
    next: list.next,
    closed,
    send: (message) => {
      socket.send(JSON.stringify(message));
    },
    close: () => {
      socket.close();
    },
  };
}
