import { createHudhudStore } from '../src/index';
import type { Figure } from './measure';
import { measure } from './measure';
import { createWorld, creates, toWire } from './workloads';

const chunkSize = 16_384;

function toChunks(texts: readonly string[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(
    texts.map((text) => `event: channel_message\ndata: ${text}\n\n`).join(''),
  );
  const chunks: Uint8Array[] = [];
  for (let i = 0; i < bytes.length; i += chunkSize) chunks.push(bytes.slice(i, i + chunkSize));
  return chunks;
}

/** The least that can be done with the bytes: cut at blank lines, parse, one entry in a map. */
function floor(chunks: readonly Uint8Array[]): number {
  const decoder = new TextDecoder();
  const held = new Map<string, unknown>();
  let rest = '';
  for (const chunk of chunks) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = JSON.parse(block.slice(block.indexOf('data: ') + 6)) as {
        readonly message_id: string;
      };
      held.set(event.message_id, event);
    }
  }
  return held.size;
}

/** The real way: a response body, the transport, the decoder, the middleware, the store. */
async function throughTheStore(chunks: readonly Uint8Array[], count: number): Promise<number> {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk !== undefined) controller.enqueue(chunk);
    },
  });
  const headers = { 'content-type': 'text/event-stream' };
  const { store, hudhud } = createHudhudStore({
    baseUrl: '/api',
    exposeStatus: false,
    tokens: { getToken: () => 'bench' },
    platform: {
      fetch: () => Promise.resolve(new Response(body, { headers })),
      visibility: { isVisible: () => false, subscribe: () => () => undefined },
    },
  });
  const frames = () => hudhud.getStatus().counters.events?.total ?? 0;
  const done = new Promise<void>((resolve) => {
    store.subscribe(() => {
      if (frames() >= count) resolve();
    });
  });
  hudhud.start();
  await done;
  hudhud.stop();
  return frames();
}

/** Measures one of both on the same bytes. */
export function bytesToStore(way: 'floor' | 'store', repetitions: number): Promise<Figure> {
  const count = 20_000;
  const chunks = toChunks(creates(createWorld(50, 200), 0, count).map(toWire));
  const task = () => ({
    steps: 1,
    perStep: count,
    async step() {
      const seen = way === 'floor' ? floor(chunks) : await throughTheStore(chunks, count);
      if (seen !== count) throw new Error(`${way} saw ${seen} of ${count} events`);
    },
  });
  return measure(task, repetitions);
}
