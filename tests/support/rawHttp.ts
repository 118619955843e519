import { connect } from 'node:net';
import { within } from './deadline';

/** A request over a bare socket, and every byte that comes back. */
export interface RawAnswer {
  /** So far. */
  bytes(): Buffer;
  /** Resolves when the bytes so far fit. */
  until(fits: (bytes: Buffer) => boolean): Promise<Buffer>;
  /** How the connection came to its end: `end` when the server said that it is over. */
  readonly over: Promise<'end' | 'reset'>;
  close(): void;
}

const patienceMs = 10_000;

/** `path` below /api. */
export function rawGet(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): RawAnswer {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let bytes = Buffer.alloc(0);
  let look: () => void = () => undefined;
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    look();
  });
  const over = new Promise<'end' | 'reset'>((settle) => {
    socket.on('end', () => {
      settle('end');
    });
    socket.on('error', () => {
      settle('reset');
    });
  });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET /api${path} HTTP/1.1\r\nHost: emulator\r\n${lines.join('')}\r\n`);
  return {
    bytes: () => bytes,
    until: (fits) => {
      const fitting = new Promise<Buffer>((settle) => {
        look = () => {
          if (fits(bytes)) settle(bytes);
        };
        look();
      });
      return within(patienceMs, fitting, () => `Only came: ${bytes.toString()}`);
    },
    over,
    close: () => {
      socket.destroy();
    },
  };
}
