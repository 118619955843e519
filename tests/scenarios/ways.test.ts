import { expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import type { SourceName } from '../../src';
import type { ScriptedRequest } from '../../src/testing';
import { deletedFrame, editedFrame } from '../support/hostWorld';
import {
  frame,
  ids,
  initFrame,
  messageFrame,
  messageId,
  presenceFrame,
  typingFrame,
} from '../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../support/hudhudWorld';

/** What a server tells on one connection: each part is one read, or the answer to one poll. */
const said: readonly (readonly string[])[] = [
  [initFrame()],
  [messageFrame(1), messageFrame(2), typingFrame(ids.omar)],
  [editedFrame(messageId(1), 'edited'), presenceFrame(ids.omar), frame('ping', { n: 1 })],
  [
    deletedFrame(messageId(2)),
    frame('channel_event', { action: 'deleted', channelId: ids.random }),
  ],
  [frame('nobody_knows_this', { a: 1 }), messageFrame(3)],
  ['event: channel_message\ndata: no JSON\n\n', messageFrame(4)],
  [frame('broadcast', { message: 'Maintenance at ten', level: 'system' })],
];

interface Told {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

/** The same frames as JSON, with the ids that a stream has as lines. */
const parts = said.map((texts, part) =>
  texts.map((text, i): Told => {
    const [, event = '', data = ''] = /event: (.*)\ndata: (.*)\n/.exec(text) ?? [];
    const isJson = data.startsWith('{');
    return { event, id: `${part}.${i}`, data: isJson ? JSON.parse(data) : data };
  }),
);

/** Only how a connection came to be and when a flush happened may differ. */
function plain({ type, payload }: UnknownAction): unknown {
  const { receivedAt: _, ...rest } = payload as Readonly<Record<string, unknown>>;
  return { type, ...rest };
}

/** What reducers see of it all, by one way. */
async function hear(name: SourceName): Promise<unknown[]> {
  let tell: (part: readonly Told[]) => void = () => undefined;
  const world = createHudhudWorld({
    options: { connection: { sources: [name] } },
    openSocket: (_url, handlers) => {
      tell = (part) => {
        for (const told of part) handlers.onText(JSON.stringify(told));
      };
      Promise.resolve()
        .then(() => {
          handlers.onOpen();
        })
        .catch(() => undefined);
      return { send: () => undefined, close: () => undefined };
    },
    routes: {
      'GET /realtime/poll': (request: ScriptedRequest) => {
        tell = (events) => {
          request.json({
            success: true,
            events,
            cursor: events.at(-1)?.id ?? '',
            continuous: true,
          });
        };
      },
    },
  });
  if (name === 'sse') {
    tell = (part) => {
      const texts = part.map(({ event, id, data }) => {
        const text = typeof data === 'string' ? data : JSON.stringify(data);
        return `id: ${id}\nevent: ${event}\ndata: ${text}\n\n`;
      });
      world.stream().push(texts.join(''));
    };
  }
  await enter(world);
  for (const part of parts) {
    tell(part);
    await world.platform.advance(1_000);
  }
  expect(world.hudhud.getStatus().connections).toMatchObject([{ phase: 'open', source: name }]);
  const heard = world.actions.filter(({ type }) => type.startsWith('stream/')).map(plain);
  world.hudhud.stop();
  return heard;
}

it('the same actions come of the same frames, by whatever way they are heard', async () => {
  const bySse = await hear('sse');
  expect(bySse.length).toBeGreaterThan(10);
  expect(JSON.stringify(bySse)).toContain('"lastEventId":"6.0"');
  expect(await hear('longPoll')).toEqual(bySse);
  expect(await hear('webSocket')).toEqual(bySse);
});
