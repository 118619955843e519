import { describe, expect, it } from '@jest/globals';
import { general } from '../support/hostApi';
import type { HostWorld } from '../support/hostWorld';
import { createHostWorld, deletedFrame, editedFrame, enterHost } from '../support/hostWorld';
import { messageFrame, messageId, row } from '../support/hudhudAnswers';

const listed = ({ api, store }: HostWorld): unknown[] =>
  (api.endpoints.getMessages.select(general)(store.getState() as never).data ?? []).map(
    (one) => one['content'],
  );

async function ask({ api, store }: HostWorld, force = false): Promise<void> {
  void store.dispatch(api.endpoints.getMessages.initiate(general, { forceRefetch: force }));
  await Promise.resolve();
}

describe('a host list of messages', () => {
  it('takes an event in that comes before its first answer', async () => {
    const world = createHostWorld();
    await enterHost(world);
    await ask(world);
    await world.push(messageFrame(3));
    await world.asked('getMessages').answer([row(1), row(2)]);
    expect(listed(world)).toEqual(['message 1', 'message 2', 'message 3']);
  });

  it('keeps an event that comes while it is asked for again', async () => {
    const world = createHostWorld();
    await enterHost(world);
    await ask(world);
    await world.asked('getMessages').answer([row(1), row(2)]);
    await ask(world, true);
    await world.push(
      messageFrame(3),
      editedFrame(messageId(1), 'edited'),
      deletedFrame(messageId(2)),
    );
    expect(listed(world)).toEqual(['edited', 'message 3']);
    await world.asked('getMessages').answer([row(1), row(2)]);
    expect(listed(world)).toEqual(['edited', 'message 3']);
  });

  it('loses what a later answer does not list any more', async () => {
    const world = createHostWorld();
    await enterHost(world);
    await ask(world);
    await world.asked('getMessages').answer([row(1), row(2), row(3)]);
    await world.platform.advance(10_000);
    await ask(world, true);
    await world.asked('getMessages').answer([row(1), row(3)]);
    expect(listed(world)).toEqual(['message 1', 'message 3']);
  });

  it('shows a send at once, and once', async () => {
    const world = createHostWorld();
    await enterHost(world);
    await ask(world);
    await world.asked('getMessages').answer([row(1)]);
    world.store.dispatch(
      world.hudhud.actions.sendMessage({ channelId: general.channelId, content: 'hello' }),
    );
    expect(listed(world)).toEqual(['message 1', 'hello']);
    await world.platform.settle();
    const post = world.layerRequests.at(-1);
    const body = JSON.parse(post?.body ?? '{}') as { metadata: object };
    const stored = row(2, {
      user_id: world.hudhud.selectors.selectViewerId(world.store.getState()),
    });
    const told = { ...stored, content: 'hello', metadata: body.metadata };
    await world.push(messageFrame(2, told));
    expect(listed(world)).toEqual(['message 1', 'hello']);
    post?.json({ success: true, message: told });
    await world.platform.settle();
    expect(listed(world)).toEqual(['message 1', 'hello']);
  });
});
