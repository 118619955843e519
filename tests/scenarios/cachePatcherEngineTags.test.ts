import { describe, expect, it } from '@jest/globals';
import type { HostRow } from '../support/hostApi';
import type { HostWorld } from '../support/hostWorld';
import { askMessages, deletedFrame, editedFrame, openHost, textsIn } from '../support/hostWorld';
import { ids, messageFrame, messageId, row } from '../support/hudhudAnswers';

const tagsOf = (rows: readonly HostRow[] | undefined) =>
  (rows ?? []).map(({ message_id }) => ({ type: 'Message' as const, id: String(message_id) }));

/** A list that provides a tag of each of its rows, and a mutation that invalidates one of them. */
async function taggedHost(...rows: readonly HostRow[]): Promise<HostWorld> {
  const world = await openHost();
  world.api.enhanceEndpoints({
    addTagTypes: ['Message'],
    endpoints: {
      getMessages: { providesTags: (result?: readonly HostRow[]) => tagsOf(result) },
      rename: { invalidatesTags: (_result, _error, id) => [{ type: 'Message' as const, id }] },
    },
  });
  await askMessages(world);
  await world.asked('getMessages').answer(rows);
  return world;
}

async function change(world: HostWorld, id: string): Promise<void> {
  const { api, store, platform } = world;
  void store.dispatch(api.endpoints.rename.initiate(id));
  await platform.settle();
  await world.asked('rename').answer({});
  await platform.settle();
}

const askedFor = ({ requests }: HostWorld): number =>
  requests.filter(({ endpoint }) => endpoint === 'getMessages').length;
const sent = ({ actions }: HostWorld, name: string): number =>
  actions.filter(({ type }) => type === `hostApi/${name}`).length;

describe('the tags of a cached list', () => {
  it('are those of what it shows: a message that the stream brought is invalidated like any other', async () => {
    const world = await taggedHost(row(1));
    await world.push(messageFrame(2));
    await change(world, messageId(2));
    expect(askedFor(world)).toBe(2);
    await world.asked('getMessages').answer([row(1), row(2, { content: 'renamed' })]);
    expect(textsIn(world)).toEqual(['message 1', 'renamed']);
  });

  it('are given back by what is gone', async () => {
    const world = await taggedHost(row(1), row(2));
    await world.push(deletedFrame(messageId(2)));
    await change(world, messageId(2));
    expect(askedFor(world)).toBe(1);
  });

  it('follow what is on its way', async () => {
    const world = await taggedHost(row(1));
    const { hudhud, store, platform, layerRequests } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'mine' }));
    await platform.settle();
    const message = row(2, { user_id: ids.me, content: 'mine' });
    layerRequests.at(-1)?.json({ success: true, message });
    await platform.settle();
    await change(world, messageId(2));
    expect(askedFor(world)).toBe(2);
  });

  it('are left alone where they are the same', async () => {
    const world = await taggedHost(row(1), row(2));
    await world.push(editedFrame(messageId(1), 'edited'));
    expect(textsIn(world)).toEqual(['edited', 'message 2']);
    expect(sent(world, 'queries/queryResultPatched')).toBe(1);
    expect(sent(world, 'invalidation/updateProvidedBy')).toBe(0);
    await world.push(messageFrame(3), messageFrame(4));
    expect(sent(world, 'queries/queryResultPatched')).toBe(2);
    expect(sent(world, 'invalidation/updateProvidedBy')).toBe(1);
  });

  it('stay as they are where they cannot be told, which is counted', async () => {
    const world = await taggedHost(row(1));
    world.api.enhanceEndpoints({
      endpoints: {
        getMessages: {
          providesTags: () => {
            throw new Error('broken');
          },
        },
      },
    });
    await world.push(messageFrame(2));
    expect(textsIn(world)).toEqual(['message 1', 'message 2']);
    expect(world.hudhud.getStatus().counters.handlerErrors?.by).toEqual({ cachePatcher: 1 });
  });
});
