import { describe, expect, it } from '@jest/globals';
import { frame, ids, initFrame, messageFrame, row } from '../support/hudhudAnswers';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld, enter, streamRoute } from '../support/hudhudWorld';

async function open(): Promise<HudhudWorld> {
  const world = createHudhudWorld();
  await enter(world);
  await world.push(initFrame(), messageFrame(1));
  return world;
}

/** All but what says that the stream moved. */
function contentOf({ hudhud, store }: HudhudWorld) {
  const { connection: _connection, ...content } = hudhud.selectors.selectHudhud(store.getState());
  return content;
}
const rejections = ({ hudhud }: HudhudWorld) => hudhud.getStatus().counters.rejections?.by;

const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
const nested = `{"a":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`;

const bad: readonly (readonly [name: string, text: string, reason: string])[] = [
  ['no JSON', 'event: message\ndata: <html>\n\n', 'invalid_json'],
  ['cut JSON', 'event: message\ndata: {"message_id":"x"\n\n', 'invalid_json'],
  ['a list', 'event: message\ndata: [1,2]\n\n', 'not_an_object'],
  ['a number', 'event: message\ndata: 7\n\n', 'not_an_object'],
  ['null', 'data: null\n\n', 'not_an_object'],
  ['a very deep list', `event: message\ndata: ${deep}\n\n`, 'not_an_object'],
  ['a very deep object', `event: message\ndata: ${nested}\n\n`, 'missing_id'],
  ['an unknown type', frame('voice_call', { id: 'x' }), 'unknown_type'],
  ['a type that is a property of every object', frame('constructor', {}), 'unknown_type'],
  ['a type __proto__', frame('__proto__', {}), 'unknown_type'],
  [
    'an unknown action',
    frame('channel_message', { ...row(2), action: 'teleported' }),
    'unknown_action',
  ],
  ['an id __proto__', messageFrame(2, { message_id: '__proto__' }), 'hostile_id'],
  ['a channel constructor', messageFrame(2, { channelId: 'constructor' }), 'hostile_id'],
  ['an id of another type', messageFrame(2, { message_id: { toString: 'x' } }), 'hostile_id'],
  ['an endless id', messageFrame(2, { message_id: 'x'.repeat(10_000) }), 'hostile_id'],
  ['no id', messageFrame(2, { message_id: null }), 'missing_id'],
  ['a text that is none', messageFrame(2, { content: { html: '<script>' } }), 'invalid_field'],
  ['a time that is none', messageFrame(2, { created_at: 'yesterday' }), 'invalid_field'],
  [
    'a JSON that would poison prototypes',
    'event: presence\ndata: {"action":"join","userId":"__proto__","__proto__":{"polluted":true}}\n\n',
    'hostile_id',
  ],
];

describe('frames that nobody understands', () => {
  it.each(bad)(
    '%s: counted by its reason, the state is unchanged, the stream lives',
    async (_name, text, reason) => {
      const world = await open();
      const before = contentOf(world);
      await world.push(text);
      expect(rejections(world)).toEqual({ [reason]: 1 });
      expect(contentOf(world)).toEqual(before);
      expect(world.hudhud.getStatus().quarantine).toHaveLength(1);
      await world.push(messageFrame(3));
      expect(
        world.hudhud.selectors.selectMessages(world.store.getState(), ids.general),
      ).toHaveLength(2);
      expect(world.asked(streamRoute)).toHaveLength(1);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('do not hurt their neighbours in one batch', async () => {
    const world = await open();
    await world.push(messageFrame(2), ...bad.map(([, text]) => text), messageFrame(3));
    expect(world.hudhud.selectors.selectMessages(world.store.getState(), ids.general)).toHaveLength(
      3,
    );
    const total = Object.values(rejections(world) ?? {}).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(bad.length);
  });

  it('a message of a channel nobody named is no crash either', async () => {
    const world = await open();
    const { channel_id: _, ...bare } = row(2);
    await world.push(frame('channel_message', { action: 'new_message', ...bare }));
    expect(rejections(world)).toEqual({ missing_channel: 1 });
  });

  it('names that the stream gives to people stay plain text and plain JSON', async () => {
    const world = await open();
    const username = '<img src=x onerror=alert(1)>';
    await world.push(messageFrame(2, { username, content: username }));
    const { selectors } = world.hudhud;
    const root = world.store.getState();
    expect(selectors.selectMessages(root, ids.general).at(-1)?.content).toBe(username);
    const state = selectors.selectHudhud(root);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

describe('bytes that are no event stream', () => {
  it('binary garbage is passed over', async () => {
    const world = await open();
    const before = contentOf(world);
    const bytes = Uint8Array.from({ length: 4_096 }, (_, at) => (at * 37 + 11) % 256);
    world.stream().push(bytes);
    world.stream().push('\n\n');
    await world.push(messageFrame(2));
    expect(Object.keys(contentOf(world).messages)).toEqual(Object.keys(before.messages));
    expect(world.hudhud.selectors.selectMessages(world.store.getState(), ids.general)).toHaveLength(
      2,
    );
  });

  it('a frame of 10 MB ends the stream, is counted, and the next one works', async () => {
    const world = await open();
    const before = contentOf(world).messages;
    const chunk = 'x'.repeat(1_000_000);
    world.stream().push('event: message\ndata: ');
    for (let i = 0; i < 10; i++) world.stream().push(chunk);
    await world.platform.advance(20);
    expect(contentOf(world).messages.channels[0]?.timelines[0]?.segments).toBe(
      before.channels[0]?.timelines[0]?.segments,
    );
    const { connections, counters } = world.hudhud.getStatus();
    expect(connections).toMatchObject([{ phase: 'waiting', error: { code: 'FRAME_TOO_LARGE' } }]);
    expect(counters.drops?.by).toEqual({ frame_too_large: 1 });
    await world.platform.advance(2_000);
    expect(world.streams).toHaveLength(2);
    await world.push(initFrame(), messageFrame(2));
    expect(world.hudhud.selectors.selectMessages(world.store.getState(), ids.general)).toHaveLength(
      2,
    );
  });

  it('an answer of the wrong type is tried again, and nothing of it is read', async () => {
    let tries = 0;
    const world = createHudhudWorld({
      options: { connection: { sources: ['sse'] } },
      routes: {
        [streamRoute]: (request) => {
          tries += 1;
          const head = tries === 1 ? { headers: { 'Content-Type': 'text/html' } } : {};
          const body = request.stream(head);
          body.push(messageFrame(tries));
          world.streams.push(body);
        },
      },
    });
    await enter(world);
    expect(world.hudhud.getStatus().connections).toMatchObject([
      { phase: 'waiting', error: { code: 'STREAM_WRONG_TYPE' } },
    ]);
    await world.platform.advance(2_000);
    const shown = world.hudhud.selectors.selectMessages(world.store.getState(), ids.general);
    expect(shown.map(({ content }) => content)).toEqual(['message 2']);
  });
});
