import { describe, expect, it } from '@jest/globals';
import type { HostRow, MessagesArg } from '../support/hostApi';
import { general } from '../support/hostApi';
import type { HostWorld } from '../support/hostWorld';
import { askMessages, messagesIn, openHost } from '../support/hostWorld';
import { ids, messageId, row } from '../support/hudhudAnswers';
import type { RowShape } from '../../src';
import { messageList } from '../../src';

/** A row of a host with words of its own: nothing in it is called as the backend calls it. */
const hostRow = (n: number, text = `message ${n}`): HostRow => ({
  ...{ id: messageId(n), text, at: row(n).created_at, by: ids.me, isPending: false },
});

const channelId = (arg: MessagesArg) => arg.channelId;
const shape: RowShape = {
  fromRow: (held) => {
    const { id, text, at, by } = held as HostRow;
    return { message_id: id, content: text, created_at: at, user_id: by };
  },
  toRow: ({ id, key, content, createdAt, authorId, status }) => ({
    ...{ id: id ?? key, text: content, by: authorId, isPending: status !== 'confirmed' },
    at: new Date(createdAt).toISOString(),
  }),
};
const rule = messageList({ endpoint: 'getMessages', channelId, ...shape });

async function loaded(...rows: readonly HostRow[]): Promise<HostWorld> {
  const world = await openHost([rule]);
  await askMessages(world);
  await world.asked('getMessages').answer(rows);
  return world;
}

/** Puts rows back as an app does that has changed something of its own in them. */
function putBack(world: HostWorld, ...more: readonly HostRow[]) {
  const rows = JSON.parse(JSON.stringify(messagesIn(world))) as HostRow[];
  const { api, store } = world;
  return store.dispatch(api.util.upsertQueryData('getMessages', general, [...rows, ...more]));
}
const shown = (world: HostWorld) =>
  messagesIn(world).map(({ text, isPending }) => [text, isPending]);
const known = ({ hudhud, store }: HostWorld): unknown[] => {
  const held = hudhud.selectors.selectHeldTimeline(store.getState(), ids.general, null);
  return held?.segments.flat().map(({ content }) => content) ?? [];
};
/** The server refuses the wish, and the person gives it up. */
async function giveUp({ hudhud, store, platform, layerRequests }: HostWorld): Promise<void> {
  layerRequests.at(-1)?.json({ success: false }, { status: 403 });
  await platform.settle();
  const { channels } = hudhud.selectors.selectHudhud(store.getState()).outbox;
  store.dispatch(hudhud.actions.discard({ opId: channels[0]?.operations[0]?.opId ?? '' }));
}

describe('rows of a shape of the host that it puts back into its cache', () => {
  it('are no facts where they are on their way, and are shown once', async () => {
    const world = await loaded(hostRow(1));
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'mine' }));
    await platform.settle();
    await putBack(world, hostRow(2));
    expect(shown(world)).toEqual([
      ['message 1', false],
      ['message 2', false],
      ['mine', true],
    ]);
    expect(known(world)).toEqual(['message 1', 'message 2']);
    await giveUp(world);
    expect(shown(world)).toEqual([
      ['message 1', false],
      ['message 2', false],
    ]);
    expect(hudhud.checkCaches()).toEqual([]);
  });

  it('are no facts where an edit is pending on them', async () => {
    const world = await loaded(hostRow(1), hostRow(2));
    const { hudhud, store, platform } = world;
    const target = messageId(1);
    store.dispatch(hudhud.actions.editMessage({ channelId: ids.general, target, content: 'wish' }));
    await platform.settle();
    await putBack(world);
    expect(shown(world)).toEqual([
      ['wish', true],
      ['message 2', false],
    ]);
    expect(known(world)).toEqual(['message 1', 'message 2']);
    await giveUp(world);
    expect(shown(world)).toEqual([
      ['message 1', false],
      ['message 2', false],
    ]);
  });

  it('are one row once the server has them', async () => {
    const world = await loaded(hostRow(1));
    const { hudhud, store, platform, layerRequests } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'mine' }));
    await platform.settle();
    await putBack(world);
    const message = row(2, { user_id: ids.me, content: 'mine' });
    layerRequests.at(-1)?.json({ success: true, message });
    await platform.settle();
    expect(shown(world).map(([text]) => text)).toEqual(['message 1', 'mine']);
    await putBack(world);
    expect(shown(world).map(([text]) => text)).toEqual(['message 1', 'mine']);
    expect(hudhud.checkCaches()).toEqual([]);
  });
});
