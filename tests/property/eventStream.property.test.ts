import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createFakePlatform, createScriptedServer } from '../../src/testing';
import { createFrameParser } from '../../src/transport/frameParser';
import { keepEventStream } from '../../src/transport/eventStreamLoop';
import { toTuning } from '../../src/transport/eventStreamOptions';
import type { ReadStream } from '../support/naiveEventStream';
import { readNaively } from '../support/naiveEventStream';
import { expectEqual, expectSame } from '../support/quickExpect';
import { streamScripts } from '../support/streamScripts';

const encoder = new TextEncoder();

/** The bytes of a stream in pieces: each cut is a place in it. */
function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  places.sort((a, b) => a - b);
  return places.map((end, i) => bytes.slice(i === 0 ? 0 : places[i - 1], end));
}

function read(
  pieces: readonly Uint8Array[],
  afterEach: (soFar: ReadStream) => void = () => undefined,
): ReadStream {
  const events: { type: string; data: string; id: string }[] = [];
  const retries: string[] = [];
  const comments: string[] = [];
  let lastEventId = '';
  const parser = createFrameParser(
    {
      onFrame: ({ event, data }) =>
        events.push({ type: event ?? 'message', data, id: lastEventId }),
      onId: (id) => (lastEventId = id),
      onRetry: (ms) => retries.push(String(ms)),
      onComment: (text) => comments.push(text),
      onTooLarge: () => undefined,
    },
    Infinity,
  );
  for (const piece of pieces) {
    parser.feed(piece);
    afterEach({ events, retries, comments, lastEventId });
  }
  return { events, retries, comments, lastEventId };
}

/** No wait is cut short, so that time can be moved past any of them. */
const patient = { jitter: 0, idleTimeoutMs: 0, connectTimeoutMs: 0 };

/** What the standard says, with delays that a timer can wait. */
function expected(bytes: Uint8Array, lastEventId?: string): ReadStream {
  const stream = readNaively(bytes, lastEventId);
  const waits = stream.retries.map((ms) => Math.min(Math.max(Number(ms), 50), 2 ** 31 - 1));
  return { ...stream, retries: waits.map(String) };
}

/** Reads byte by byte: what the bytes up to each of them say is said with that byte, and not with a later one. */
function readInTime(bytes: Uint8Array): void {
  let count = 0;
  read(
    [...bytes].map((byte) => Uint8Array.of(byte)),
    (soFar) => {
      count += 1;
      expectEqual(soFar, expected(bytes.slice(0, count)));
    },
  );
}

const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...['data', 'event', 'id', 'retry', ':', ' ', '\n', '\r', '\r\n', '\n\n', '\r\r', '\0'],
      ...['data: a\n', 'data:\n', 'id: 1\n', 'id\n', 'event: x\n', 'retry: 20\n', '1', '20'],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '\uFEFF',
      'é',
      '☃',
      '😀',
      'ï',
      'd',
      'da',
      'r',
      'Data',
      '\t',
      '\u007f',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
);
const text = fc
  .tuple(
    fc.constantFrom('', '', '\uFEFF', '\uFEFF\uFEFF', 'ï»¿'),
    fc.array(piece, { maxLength: 30 }),
  )
  .map(([start, pieces]) => encoder.encode(start + pieces.join('')));
/** Bytes that are no UTF-8, between what is. */
const garbled = fc
  .array(fc.oneof(text, fc.uint8Array({ maxLength: 4 })), { maxLength: 4 })
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
const stream = fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: garbled });
const cuts = fc.array(fc.nat(300), { maxLength: 8 });

describe('a stream is read as the standard says', () => {
  it.each(Object.entries(streamScripts))('wherever it is split: %s', (_name, script) => {
    const bytes = encoder.encode(script);
    const wanted = expected(bytes);
    for (let first = 0; first <= bytes.length; first += 1) {
      for (let second = first; second <= bytes.length; second += 1) {
        expectEqual(read(cutAt(bytes, [first, second])), wanted);
      }
    }
    readInTime(bytes);
  });

  it('whatever it says, and wherever it is split', () => {
    fc.assert(
      fc.property(stream, cuts, (bytes, places) => {
        const wanted = expected(bytes);
        expectEqual(read(cutAt(bytes, places)), wanted);
      }),
      { numRuns: 3_000 },
    );
  });

  it('and no byte later than it is said', () => {
    fc.assert(fc.property(stream, readInTime), { numRuns: 500 });
  });

  it('over any number of connections, each of which goes on where the last one ended', async () => {
    const connections = fc.array(fc.tuple(stream, cuts), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(connections, fc.string({ maxLength: 3 }), async (sent, first) => {
        const server = createScriptedServer();
        const platform = createFakePlatform({ fetch: server.fetch });
        const events: object[] = [];
        const comments: string[] = [];
        const client = keepEventStream(
          toTuning('https://host.test/stream', { ...patient, lastEventId: first }),
          {
            onEvent: (event) => events.push(event),
            onComment: (comment) => comments.push(comment),
          },
          { ...platform, reportError: () => undefined },
        );
        const wanted = { events: [] as object[], comments: [] as string[] };
        let lastEventId = first;
        for (const [bytes, places] of sent) {
          await platform.settle();
          const header = server.last().headers.get('Last-Event-ID');
          expectSame(header, inHeader(lastEventId));
          const body = server.last().stream();
          for (const part of cutAt(bytes, places)) body.push(part);
          body.end();
          const said = expected(bytes, lastEventId);
          wanted.events.push(...said.events);
          wanted.comments.push(...said.comments);
          ({ lastEventId } = said);
          await platform.settle();
          // longer than any wait
          await platform.advance(2 ** 31);
        }
        client.close();
        expectEqual({ events, comments }, wanted);
        expect(server.requests).toHaveLength(sent.length + 1);
        expectSame(platform.pending().timers, 0);
      }),
      { numRuns: 200 },
    );
  });
});

/** How an id looks in a header, as `Headers` gives it back; `null` where it cannot be sent. */
function inHeader(id: string): string | null {
  // eslint-disable-next-line no-control-regex -- what no header can hold
  if (id === '' || /[\0-\x08\x0a-\x1f\x7f]/.test(id)) return null;
  return Buffer.from(id, 'utf8')
    .toString('latin1')
    .replace(/^[\t ]+|[\t ]+$/g, '');
}
