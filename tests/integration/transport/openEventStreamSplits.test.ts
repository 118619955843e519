import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { readNaively } from '../../support/naiveEventStream';
import { openRecorded } from '../../support/openedStream';
import type { SseServer } from '../../support/sseServer';
import { openSse, startSseServer, writeByteByByte, writeSplitAt } from '../../support/sseServer';
import { streamScripts } from '../../support/streamScripts';

const names = Object.keys(streamScripts);
const bytesOf = (name: string) => new TextEncoder().encode(streamScripts[name]);

let server: SseServer;

/** Sends the script that the address names, cut where it says; `all` is byte by byte. */
beforeAll(async () => {
  server = await startSseServer(async (response, _n, { url = '' }) => {
    const [, index = '', place = ''] = url.split('/');
    const name = names[Number(index)] ?? '';
    openSse(response);
    if (place === 'all') await writeByteByByte(response, streamScripts[name] ?? '');
    else await writeSplitAt(response, bytesOf(name), Number(place));
    response.end();
  });
});
afterAll(() => server.close());

/** What one connection says, up to its end. */
function readOnce(name: string, place: number | 'all') {
  return new Promise((resolve) => {
    const { stream, events, comments } = openRecorded(
      `${server.url}/${names.indexOf(name)}/${place}`,
      {},
      {
        onError({ code }) {
          stream.close();
          resolve({ code, events, comments });
        },
      },
    );
  });
}

/** Runs the work for each item, some at once. */
async function forEach<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.pop(); item !== undefined; item = rest.pop()) await run(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

describe('what comes over a socket is read as the standard says, split at any byte', () => {
  it.each(names)('%s', async (name) => {
    const bytes = bytesOf(name);
    const { events, comments } = readNaively(bytes);
    const places = [...Array.from({ length: bytes.length + 1 }, (_, at) => at), 'all' as const];
    await forEach(places, async (place) => {
      const said = await readOnce(name, place);
      expect({ place, said }).toEqual({ place, said: { code: 'STREAM_ENDED', events, comments } });
    });
  });
});
