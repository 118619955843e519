import type { FakePlatform, ScriptedRequest, ScriptedServer } from '../../src/testing';
import { createFakePlatform, createScriptedServer } from '../../src/testing';
import type { EventStream } from '../../src/transport/eventStreamLoop';
import { keepEventStream } from '../../src/transport/eventStreamLoop';
import type {
  EventStreamHandlers,
  EventStreamOptions,
} from '../../src/transport/eventStreamOptions';
import { toTuning } from '../../src/transport/eventStreamOptions';

interface Heard {
  /** Everything, in its order. */
  readonly all: string[];
  readonly reported: unknown[];
}

interface EventStreamSetup extends Heard {
  readonly server: ScriptedServer;
  readonly platform: FakePlatform;
  readonly stream: EventStream;
}

/** Writes down what a stream calls, one line a call. */
function recorder(heard: string[]): Required<EventStreamHandlers> {
  return {
    onOpen: ({ status }) => heard.push(`open ${status}`),
    onEvent: ({ type, data, id }) => heard.push(`${type}|${data}|${id}`),
    onError: ({ code, status, fatal }) =>
      heard.push([fatal ? 'fatal' : 'error', code, ...(status ? [status] : [])].join(' ')),
    onRetry: ({ delayMs, attempt }) => heard.push(`retry ${attempt} in ${delayMs}`),
    onComment: (text) => heard.push(`# ${text}`),
  };
}

/** A stream in a world under control; delays are without chance. */
export async function setUpEventStream(
  options: EventStreamOptions & {
    readonly answer?: (request: ScriptedRequest) => void;
    readonly handlers?: EventStreamHandlers;
    readonly url?: string;
  } = {},
): Promise<EventStreamSetup> {
  const { answer, handlers, url = 'https://host.test/stream', ...rest } = options;
  const server = createScriptedServer(answer);
  const platform = createFakePlatform({ fetch: rest.fetch ?? server.fetch });
  const heard: Heard = { all: [], reported: [] };
  const stream = keepEventStream(
    toTuning(url, { jitter: 0, ...rest }),
    { ...recorder(heard.all), ...handlers },
    { ...platform, reportError: (error) => heard.reported.push(error) },
  );
  await platform.settle();
  return { server, platform, stream, ...heard };
}
