import { createParser } from 'eventsource-parser';
import { within } from './deadline';

export interface StreamFrame {
  /** Undefined for a frame without an event name. */
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A reader of one server-sent-events response. It keeps all frames and can wait for the next that fits. */
export interface Stream {
  readonly status: number;
  readonly frames: readonly StreamFrame[];
  /** The first fitting frame after the one that the last call answered. */
  next(fits: (frame: StreamFrame) => boolean): Promise<StreamFrame>;
  /** Resolves when the server ends the response. */
  readonly ended: Promise<void>;
  close(): void;
}

const patienceMs = 10_000;

async function read(response: Response, onFrame: (frame: StreamFrame) => void): Promise<void> {
  const parser = createParser({
    onEvent: ({ event, id, data }) => {
      onFrame({ event, id, data: JSON.parse(data) as StreamFrame['data'] });
    },
  });
  if (response.body === null) return;
  const text = response.body.pipeThrough(new TextDecoderStream());
  for await (const chunk of text) parser.feed(chunk);
}

export async function openStream(
  url: string,
  token: string,
  path = '/realtime/stream',
): Promise<Stream> {
  const closing = new AbortController();
  const response = await fetch(`${url}/api${path}`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: closing.signal,
  });
  const frames: StreamFrame[] = [];
  let seen = 0;
  let wake: () => void = () => undefined;
  const ended = read(response, (frame) => {
    frames.push(frame);
    wake();
  }).catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });
  // a cut connection is an end too; who cares waits on `ended`
  ended.catch(() => undefined);

  async function scan(fits: (frame: StreamFrame) => boolean): Promise<StreamFrame> {
    for (;;) {
      const frame = frames[seen];
      if (frame === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else {
        seen += 1;
        if (fits(frame)) return frame;
      }
    }
  }

  return {
    status: response.status,
    frames,
    next: (fits) => {
      const from = seen;
      return within(patienceMs, scan(fits), () => {
        const passed = frames
          .slice(from)
          .map(({ event, data }) => `${event} ${JSON.stringify(data)}`);
        return `No such frame in ${patienceMs} ms. Passed by:\n${passed.join('\n')}`;
      });
    },
    ended,
    close: () => {
      closing.abort();
    },
  };
}

/** Frames of an event whose payload holds these values. */
export function frameOf(event: string, values: Readonly<Record<string, unknown>> = {}) {
  return (frame: StreamFrame): boolean =>
    frame.event === event &&
    Object.entries(values).every(([key, value]) => frame.data[key] === value);
}
