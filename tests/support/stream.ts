import { createParser } from 'eventsource-parser';
import type { FrameList, StreamFrame } from './frameList';
import { makeFrameList } from './frameList';

export { frameOf } from './frameList';

/** A reader of one server-sent-events response. It keeps all frames and can wait for the next that fits. */
export interface Stream extends Pick<FrameList, 'frames' | 'next'> {
  readonly status: number;
  /** Resolves when the server ends the response, rejects when the connection breaks. */
  readonly ended: Promise<void>;
  close(): void;
}

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
  const list = makeFrameList();
  const ended = read(response, list.add).catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });
  // a cut connection is an end too; who cares waits on `ended`
  ended.catch(() => undefined);
  return {
    status: response.status,
    frames: list.frames,
    next: list.next,
    ended,
    close: () => {
      closing.abort();
    },
  };
}
