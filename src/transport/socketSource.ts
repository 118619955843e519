import type { Counters } from '../platform/counters';
import type { Platform } from '../platform/platform';
import type { Socket } from '../platform/webSocket';
import { toPolledFrame } from '../protocol/decodePoll';
import type { RateBudget } from './rateBudget';
import type { Source, SourceHandlers } from './source';
import type { StreamEnd } from './streamEnd';
import { createTryLife } from './tryLife';
import type { SourceTry } from './tryLife';

interface SocketOptions {
  readonly url: string;
  /** Longest wait for the first word of the server. */
  readonly connectTimeoutMs: number;
  readonly maxFrameBytes: number;
}

/** Codes of an application's own name a status: 4401 is 401. */
function endOf(code: number, isOpen: boolean): StreamEnd {
  const status = code - 4_000;
  if (status >= 400 && status < 600) return { kind: 'refused', status, retryAfterMs: null };
  return isOpen && (code === 1_000 || code === 1_001) ? { kind: 'ended' } : { kind: 'network' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/**
 * A WebSocket as a source. The token goes in the first message, since an address is written into logs (L17) and a browser
 * sets no headers; each message of the server is a frame in JSON.
 *
 * @internal
 */
export function createSocketSource(
  options: SocketOptions,
  ports: Pick<Platform, 'clock' | 'timers' | 'logger' | 'openSocket'> & {
    readonly counters: Counters;
    readonly budget?: RateBudget;
  },
): Source {
  const { counters } = ports;

  const open = (
    { token, lastEventId }: Parameters<Source['open']>[0],
    handlers: SourceHandlers,
  ): SourceTry => {
    let isOpen = false;
    let socket: Socket | null = null;
    const { isOver, finish, call, breakOff, watchdog, handle } = createTryLife<
      keyof SourceHandlers
    >(
      'socket',
      () => {
        socket?.close();
      },
      ports,
    );
    const hear = (text: string) => {
      counters.inc('bytes', undefined, text.length);
      if (text.length > options.maxFrameBytes) {
        counters.inc('drops', 'frame_too_large');
        finish({ kind: 'too_large' });
        return;
      }
      if (!isOpen) {
        // before its first word it may yet refuse the token
        isOpen = true;
        watchdog.stop();
        call('onOpen', () => {
          handlers.onOpen({ status: 101 });
        });
      }
      const frame = toPolledFrame(parse(text));
      const { id } = frame;
      if (id !== null) {
        call('onId', () => {
          handlers.onId(id);
        });
      }
      call('onFrame', () => {
        counters.inc('frames');
        handlers.onFrame(frame);
      });
      call('onRead', () => {
        handlers.onRead();
      });
    };

    const begin = async () => {
      // nothing is called before this source has returned
      await Promise.resolve();
      if (isOver()) return;
      ports.budget?.spend(null);
      socket = ports.openSocket(options.url, {
        onOpen() {
          const hello = { type: 'auth', token, ...(lastEventId === null ? {} : { lastEventId }) };
          socket?.send(JSON.stringify(hello));
        },
        onText: hear,
        onClose(code) {
          finish(endOf(code, isOpen));
        },
      });
      // nobody else will offer it either
      if (socket === null) finish({ kind: 'refused', status: 501, retryAfterMs: null });
    };

    watchdog.arm(options.connectTimeoutMs);
    begin().catch(breakOff);
    return handle;
  };
  return { name: 'webSocket', watchesSilence: false, open };
}
