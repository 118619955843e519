import { describe, expect, it } from '@jest/globals';
import { typingTtlMs } from '../../../src';
import { nothingPending } from '../../support/connectionSetup';
import { ids, initFrame, messageFrame, typingFrame } from '../../support/hudhudAnswers';
import { createHudhudWorld, enter } from '../../support/hudhudWorld';

async function open() {
  const world = createHudhudWorld();
  await enter(world);
  await world.push(initFrame());
  const typists = () =>
    world.hudhud.selectors.selectTypingUserIds(world.store.getState(), ids.general);
  return { ...world, typists };
}

describe('typing indicators', () => {
  it('end in time, each at its own, by an action that carries the moment', async () => {
    const { push, typists, platform, newTypes } = await open();
    await push(typingFrame(ids.omar));
    await platform.advance(2_000);
    await push(typingFrame(ids.sara));
    expect(typists()).toEqual([ids.omar, ids.sara]);
    newTypes();
    await platform.advance(typingTtlMs - 2_020);
    expect(typists()).toEqual([ids.sara]);
    await platform.advance(2_020);
    expect(typists()).toEqual([]);
    expect(newTypes()).toEqual(['expiry/typingExpired', 'expiry/typingExpired']);
  });

  it('are prolonged by every sign', async () => {
    const { push, typists, platform } = await open();
    await push(typingFrame(ids.omar));
    await platform.advance(typingTtlMs - 100);
    await push(typingFrame(ids.omar));
    await platform.advance(typingTtlMs - 100);
    expect(typists()).toEqual([ids.omar]);
    await platform.advance(100);
    expect(typists()).toEqual([]);
  });

  it('hold one timer for all, and none when nobody types', async () => {
    const { push, platform } = await open();
    const idle = platform.pending().timers;
    await push(typingFrame(ids.omar), typingFrame(ids.sara), typingFrame(ids.omar, ids.random));
    expect(platform.pending().timers).toBe(idle + 1);
    await push(messageFrame(1), messageFrame(2, { user_id: ids.sara }));
    await platform.advance(typingTtlMs);
    expect(platform.pending().timers).toBe(idle);
  });

  it('all end at once after the machine slept', async () => {
    const { push, typists, platform, newTypes } = await open();
    await push(typingFrame(ids.omar));
    await platform.advance(1_000);
    await push(typingFrame(ids.sara));
    newTypes();
    platform.jumpClock(60_000);
    await platform.advance(typingTtlMs);
    expect(typists()).toEqual([]);
    expect(newTypes().filter((type) => type === 'expiry/typingExpired')).toHaveLength(1);
  });

  it('leave no timer when the client stops', async () => {
    const { push, hudhud, platform } = await open();
    await push(typingFrame(ids.omar));
    hudhud.stop();
    expect(platform.pending()).toEqual(nothingPending);
  });

  it('do not outlive the client where a channel stream told of them last', async () => {
    const { stream, store, hudhud, platform, typists } = await open();
    store.dispatch(hudhud.actions.watchChannel({ channelId: ids.general }));
    await platform.settle();
    stream().push(typingFrame(ids.omar));
    await platform.settle();
    hudhud.stop();
    expect(typists()).toEqual([]);
    expect(platform.pending()).toEqual(nothingPending);
  });
});
