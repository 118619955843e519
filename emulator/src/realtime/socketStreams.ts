import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Context } from '../context.ts';
import { ApiError } from '../errors.ts';
import { callerOf } from '../http/caller.ts';
import { mainGreeting } from '../services/greetings.ts';
import type { Encoding } from './encoding.ts';
import type { Connection, Readers } from './readers.ts';
import { mostBufferedBytes } from './readers.ts';

/** Close codes from 4000 on are an application's own. */
const unauthorized = 4401;

/** So long the first message may take. */
const firstMessageMs = 10_000;

/** A text frame as a server sends it: a bit that says it is whole, its length in one of three forms, the text. */
function textFrame(text: string): Uint8Array {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
  head[0] = 0x81;
  if (head.length === 2) head[1] = payload.length;
  else if (head.length === 4) {
    head[1] = 126;
    head.writeUInt16BE(payload.length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  return Buffer.concat([head, payload]);
}

function connectionOver(
  webSocket: WebSocket,
  socket: Socket,
  encode: Connection['encode'],
): Connection {
  return {
    encode,
    join: (chunks) => chunks,
    pass: (chunk) => {
      if (webSocket.readyState !== WebSocket.OPEN) return;
      webSocket.send(chunk);
      if (webSocket.bufferedAmount > mostBufferedBytes) webSocket.terminate();
    },
    bytesOf: textFrame,
    write: (bytes) => {
      if (socket.destroyed) return;
      socket.write(bytes);
      if (socket.writableLength > mostBufferedBytes) socket.destroy();
    },
    reset: () => socket.resetAndDestroy(),
    // there is no clean end within a frame
    cut: () => socket.end(),
    // all WebSockets are closed together, those too that have not said who asks
    end: () => undefined,
  };
}

interface Hello {
  readonly token: string | undefined;
  readonly lastEventId: string | undefined;
}

function helloOf(text: string): Hello {
  const textAt = (key: string, value: object) => {
    const found = (value as Readonly<Record<string, unknown>>)[key];
    return typeof found === 'string' ? found : undefined;
  };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && textAt('type', value) === 'auth') {
      return { token: textAt('token', value), lastEventId: textAt('lastEventId', value) };
    }
  } catch {
    // no JSON: nobody has said who asks
  }
  return { token: undefined, lastEventId: undefined };
}

/** Undefined when nothing was said in time, or the connection is gone. */
function firstMessage(webSocket: WebSocket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(undefined);
    }, firstMessageMs);
    webSocket.once('message', (data: Buffer) => {
      clearTimeout(timer);
      resolve(data.toString());
    });
    webSocket.once('close', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}

export interface SocketStream {
  readonly webSocket: WebSocket;
  /** Its bytes, for faults that do not keep to frames. */
  readonly socket: Socket;
  /** From the list of subprotocols; else it comes with the first message. */
  readonly token: string | undefined;
  readonly lastEventId: string | undefined;
  /** The id to go on after, when what came before it is here. */
  readonly reached: (id: string | undefined) => Promise<string | undefined>;
}

/** Serves the main stream's frames over a WebSocket. A token that is not good closes it with 4401 and the error's code. */
export async function serveSocket(
  context: Context,
  readers: Readers,
  encoding: Encoding,
  { webSocket, socket, token, lastEventId, reached }: SocketStream,
): Promise<void> {
  // a connection that breaks is closed, and that is what counts
  webSocket.on('error', () => undefined);
  const hello = token === undefined ? helloOf((await firstMessage(webSocket)) ?? '') : undefined;
  let caller;
  try {
    caller = await callerOf(context, token ?? hello?.token);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    webSocket.close(unauthorized, error.code);
    return;
  }
  const greeting = await mainGreeting(context, caller);
  const since = await reached(hello?.lastEventId ?? lastEventId);
  if (webSocket.readyState !== WebSocket.OPEN) return;
  const encode: Connection['encode'] = (frame, id) => JSON.stringify(encoding.json(frame, id));
  const close = readers.open(connectionOver(webSocket, socket, encode), {
    caller,
    greeting,
    lastEventId: since,
  });
  webSocket.on('close', close);
}
