import { createHudhudStore } from '../../src/index';
import type { Figure } from '../measure';
import { measure } from '../measure';
import { floorPeer } from '../peers/floor';
import { hudhudPeer } from '../peers/hudhud';
import type { Section } from '../section';
import { createWorld, creates, toWire } from '../workloads';
import { printFigureHead, printFigure } from './figures';

const chunkSize = 16_384;

export function toChunks(texts: readonly string[]): Uint8Array[] {
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

const messages = 20_000;
const goal = 2;

export const bytesSection: Section = {
  name: 'bytes',
  title: 'From bytes to the store: 20,000 messages over 50 channels',
  print(run, { isQuick }) {
    const floor = run(['floor']) as Figure;
    printFigureHead();
    printFigure({ name: floorPeer.name, figure: floor, floor, goal: null });
    printFigure({
      name: hudhudPeer.name,
      figure: run(['store']) as Figure,
      floor,
      goal: isQuick ? null : goal,
    });
  },
  measure([way], { effort }) {
    const chunks = toChunks(creates(createWorld(50, 200), 0, messages).map(toWire));
    const task = () => ({
      steps: 1,
      perStep: messages,
      async step() {
        const isFloor = way === 'floor';
        const seen = isFloor ? floor(chunks) : await throughTheStore(chunks, messages);
        if (seen !== messages) throw new Error(`${way} saw ${seen} of ${messages} events`);
      },
    });
    return measure(task, effort);
  },
};
