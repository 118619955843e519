import { describe, expect, it } from '@jest/globals';
import type { HostWorld } from '../support/hostWorld';
import {
  askMessages,
  createHostWorld,
  deletedFrame,
  editedFrame,
  enterHost,
  messagesIn,
  textsIn,
} from '../support/hostWorld';
import { ids, messageFrame, messageId, row } from '../support/hudhudAnswers';

/** What the layer holds of a channel is let go from 220 on, what is kept beside it from 880 on. */
async function loaded(): Promise<HostWorld> {
  const world = createHostWorld(undefined, { options: { maxMessagesPerChannel: 200 } });
  await enterHost(world);
  await askMessages(world);
  await world.asked('getMessages').answer([row(1), row(2)]);
  return world;
}

async function pushAll(world: HostWorld, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n += 50) {
    const count = Math.min(50, to - n + 1);
    await world.push(...Array.from({ length: count }, (_, i) => messageFrame(n + i)));
  }
}

describe('a list that outgrows what is held', () => {
  it('has everything, as it was known when it was let go', async () => {
    const world = await loaded();
    const { hudhud, store } = world;
    await world.push(editedFrame(messageId(1), 'edited'));
    await pushAll(world, 3, 1_000);
    const texts = Array.from({ length: 1_000 }, (_, i) =>
      i === 0 ? 'edited' : `message ${i + 1}`,
    );
    expect(textsIn(world)).toEqual(texts);
    const held = hudhud.selectors.selectTimeline(store.getState(), ids.general);
    expect(held.length).toBeLessThan(221);

    await world.push(editedFrame(messageId(990), 'new'), deletedFrame(messageId(2)));
    const changed = texts.with(989, 'new').toSpliced(1, 1);
    expect(textsIn(world)).toEqual(changed);
    // of what was let go only deletions are followed
    await world.push(editedFrame(messageId(50), 'too late'), deletedFrame(messageId(60)));
    expect(textsIn(world)).toEqual(changed.toSpliced(58, 1));
  });

  it('keeps nothing that was only wished', async () => {
    const world = await loaded();
    const { hudhud, store, platform } = world;
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'never sent' }));
    await platform.settle();
    await pushAll(world, 3, 1_000);
    expect(textsIn(world).at(-1)).toBe('never sent');
    world.layerRequests.at(-1)?.json({ success: false }, { status: 403 });
    await platform.settle();
    const { channels } = hudhud.selectors.selectHudhud(store.getState()).outbox;
    store.dispatch(hudhud.actions.discard({ opId: channels[0]?.operations[0]?.opId ?? '' }));
    expect(messagesIn(world)).toHaveLength(1_000);
    expect(textsIn(world)).not.toContain('never sent');
  });
});
