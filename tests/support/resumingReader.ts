import type { StreamFrame } from './frameList';
import { textsOf } from './frameList';
import type { Stream } from './stream';
import { openStream } from './stream';

/** A reader that opens the stream again whenever it ends, from the last id on, and keeps what it was told. */
export interface ResumingReader {
  /** The texts of all messages, in the order in which they came. */
  readonly texts: () => readonly unknown[];
  /** How often a connection was tried, and how often one could not go on from where it asked to. */
  readonly opened: number;
  readonly startedAfresh: number;
  readonly stop: () => Promise<void>;
}

const restMs = 20;

export function keepReading(url: string, token: string): ResumingReader {
  const frames: StreamFrame[] = [];
  let current: Stream | undefined;
  let lastEventId: string | undefined;
  let opened = 0;
  let startedAfresh = 0;
  const closing = new AbortController();

  function take(stream: Stream): void {
    // only the greeting of a stream that does not go on has ids
    const init = stream.frames.find(({ event }) => event === 'init');
    if (lastEventId !== undefined && init?.id !== undefined) startedAfresh += 1;
    frames.push(...stream.frames);
    lastEventId = stream.frames.findLast(({ id }) => id !== undefined)?.id ?? lastEventId;
  }

  async function readOnce(): Promise<void> {
    const query = new URLSearchParams(lastEventId === undefined ? {} : { lastEventId });
    const stream = await openStream(url, token, `/realtime/stream?${query.toString()}`);
    opened += 1;
    current = stream;
    // stopped while it was being opened: nobody else would close it
    if (closing.signal.aborted) stream.close();
    if (stream.status === 200) {
      await stream.ended.catch(() => undefined);
      take(stream);
    } else stream.close();
    current = undefined;
  }

  async function loop(): Promise<void> {
    while (!closing.signal.aborted) {
      // a refused connection or an answer that is no stream
      await readOnce().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  }

  const looping = loop();
  return {
    texts: () => textsOf([...frames, ...(current?.frames ?? [])]),
    get opened() {
      return opened;
    },
    get startedAfresh() {
      return startedAfresh;
    },
    stop: async () => {
      closing.abort();
      current?.close();
      await looping;
    },
  };
}
