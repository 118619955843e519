import { describe, expect, it } from '@jest/globals';
import { createWishActions } from '../../../src/store/wishActions';
import { createFakePlatform } from '../../../src/testing';
import { general, lina } from '../../support/exampleData';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const now = 1_756_713_600_000;

function setUp(seed = 1) {
  const platform = createFakePlatform({ seed, now });
  return { platform, wishes: createWishActions('chat', platform, 5_000) };
}
const message = { channelId: general, target: 'm1' };

describe('wishes', () => {
  it('have an id and a time of their own, and are addressed to their instance', async () => {
    const { platform, wishes } = setUp();
    const first = wishes.sendMessage({ channelId: general, content: 'hello' });
    await platform.advance(7);
    const second = wishes.sendMessage({ channelId: general, content: 'hello' });
    expect(first).toEqual({
      type: 'outbox/sendRequested',
      payload: {
        ...{ opId: expect.stringMatching(uuid), channelId: general, at: now },
        ...{ parentId: null, content: 'hello', messageType: 'text', uploadIds: [] },
      },
      meta: { hudhud: 'chat' },
    });
    expect(second.payload.at).toBe(now + 7);
    expect(second.payload.opId).not.toBe(first.payload.opId);
  });

  it('are the same again for the same chance', () => {
    const draft = { channelId: general, content: 'hello' };
    const wish = (seed: number) => setUp(seed).wishes.sendMessage(draft);
    expect(wish(1)).toEqual(wish(1));
    expect(wish(1).payload.opId).not.toBe(wish(2).payload.opId);
  });

  it('take along what a draft says', () => {
    const draft = { channelId: general, content: '', parentId: 'p1', uploadIds: ['u1'] };
    expect(setUp().wishes.sendMessage({ ...draft, type: 'image' }).payload).toMatchObject({
      ...{ parentId: 'p1', content: '', messageType: 'image', uploadIds: ['u1'] },
    });
  });

  it('name the message that they are about', () => {
    const { wishes } = setUp();
    const common = { channelId: general, target: 'm1', at: now };
    expect(wishes.editMessage({ ...message, content: 'new' })).toMatchObject({
      type: 'outbox/editRequested',
      payload: { ...common, content: 'new' },
    });
    expect(wishes.deleteMessage(message)).toMatchObject({
      type: 'outbox/deleteRequested',
      payload: { ...common, notBefore: now + 5_000 },
    });
    expect(wishes.addReaction({ ...message, emoji: '👍' })).toMatchObject({
      type: 'outbox/reactRequested',
      payload: { ...common, emoji: '👍', on: true },
    });
    expect(wishes.removeReaction({ ...message, emoji: '👍' })).toMatchObject({
      type: 'outbox/reactRequested',
      payload: { ...common, emoji: '👍', on: false },
    });
  });

  it('about an operation name that one', () => {
    const { wishes } = setUp();
    expect(wishes.retry({ opId: 'op' })).toMatchObject({
      type: 'outbox/retryRequested',
      payload: { opId: 'op', at: now },
    });
    expect(wishes.discard({ opId: 'op' })).toMatchObject({
      type: 'outbox/discardRequested',
      payload: { opId: 'op' },
    });
  });

  it('hold nothing but plain JSON, and nobody: who wishes is known where they are sent', () => {
    const { wishes } = setUp();
    const wish = wishes.sendMessage({ channelId: general, content: 'hello' });
    expect(JSON.parse(JSON.stringify(wish))).toEqual(wish);
    expect(JSON.stringify(wish)).not.toContain(lina);
  });
});
