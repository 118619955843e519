import type { FetchLike } from '../platform/fetchLike';

/** The body of an answer, written by a test. @public */
export interface ScriptedBody {
  /** Sends text (as UTF-8) or bytes as one chunk. */
  push(chunk: string | Uint8Array): void;
  /** Ends the body in good order. */
  end(): void;
  /** Breaks the connection. */
  fail(): void;
  /** Whether the body is open: neither ended by the test nor given up by the client. */
  isOpen(): boolean;
}

/** The head of an answer. @public */
export interface ScriptedHead {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as a test sees it. @public */
export interface ScriptedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | null;
  /** Whether the client gave up, before or after the answer. */
  isAborted(): boolean;
  /** Answers with a body to be written; of the type `text/event-stream` unless the head says otherwise. */
  stream(head?: ScriptedHead): ScriptedBody;
  /** Answers with JSON and status 200 unless the head says otherwise. */
  json(value: unknown, head?: ScriptedHead): void;
  /** Answers with text as it is. */
  text(text: string, head?: ScriptedHead): void;
  /** Fails as without a network. */
  fail(): void;
}

/** A server without a network. @public */
export interface ScriptedServer {
  readonly fetch: FetchLike;
  /** All requests so far, oldest first. */
  readonly requests: readonly ScriptedRequest[];
  /** The newest request; throws when there was none. */
  last(): ScriptedRequest;
  /** Bodies that are open. */
  openBodies(): number;
}

function abortError(): DOMException {
  return new DOMException('This operation was aborted', 'AbortError');
}

function createBody(signal: AbortSignal | undefined): {
  readonly body: ScriptedBody;
  readonly readable: ReadableStream<Uint8Array>;
} {
  let isOpen = true;
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const readable = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    cancel() {
      isOpen = false;
    },
  });
  const close = (run: () => void) => {
    if (!isOpen) return;
    isOpen = false;
    run();
  };
  signal?.addEventListener('abort', () => {
    close(() => {
      controller.error(abortError());
    });
  });
  return {
    readable,
    body: {
      push(chunk) {
        const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
        if (isOpen && bytes.byteLength > 0) controller.enqueue(bytes);
      },
      end() {
        close(() => {
          controller.close();
        });
      },
      fail() {
        close(() => {
          controller.error(new TypeError('terminated'));
        });
      },
      isOpen: () => isOpen,
    },
  };
}

/**
 * Makes a server that answers as a test says: at once through `answer`, or later through the requests it recorded.
 *
 * @public
 * @example
 * ```ts
 * const server = createScriptedServer();
 * const platform = createFakePlatform({ fetch: server.fetch });
 * // … the client connects
 * const body = server.last().stream();
 * body.push('event: ping\ndata: {}\n\n');
 * ```
 */
export function createScriptedServer(
  answer: (request: ScriptedRequest) => void = () => undefined,
): ScriptedServer {
  const requests: ScriptedRequest[] = [];
  const bodies: ScriptedBody[] = [];

  const fetch: FetchLike = (url, init = {}) =>
    new Promise<Response>((resolve, reject) => {
      const signal = init.signal ?? undefined;
      if (signal?.aborted === true) {
        reject(abortError());
        return;
      }
      signal?.addEventListener('abort', () => {
        reject(abortError());
      });
      const request: ScriptedRequest = {
        url,
        method: init.method ?? 'GET',
        headers: new Headers(init.headers),
        body: typeof init.body === 'string' ? init.body : null,
        isAborted: () => signal?.aborted ?? false,
        stream(head = {}) {
          const { body, readable } = createBody(signal);
          bodies.push(body);
          const headers = { 'Content-Type': 'text/event-stream', ...head.headers };
          resolve(new Response(readable, { status: head.status ?? 200, headers }));
          return body;
        },
        json(value, head = {}) {
          const headers = { 'Content-Type': 'application/json', ...head.headers };
          request.text(JSON.stringify(value), { ...head, headers });
        },
        text(text, { status = 200, headers = {} } = {}) {
          const isBodiless = status === 204 || status === 304;
          resolve(new Response(isBodiless ? null : text, { status, headers }));
        },
        fail() {
          reject(new TypeError('fetch failed'));
        },
      };
      requests.push(request);
      answer(request);
    });

  return {
    fetch,
    requests,
    last() {
      const newest = requests.at(-1);
      if (newest === undefined) throw new Error('There was no request yet.');
      return newest;
    },
    openBodies: () => bodies.filter((body) => body.isOpen()).length,
  };
}
