import { describe, expect, it } from '@jest/globals';
import { ids, messageId } from '../../support/hudhudAnswers';
import { createOutboxWorld, sendRoute } from '../../support/outboxWorld';

const one = `${sendRoute} one`;
const hour = 3_600_000;
const quarter = 15 * 60_000;

/** A send that the server refused for now, and asked to leave it alone for so many seconds. */
async function refused(seconds: number) {
  const world = await createOutboxWorld();
  world.fate = () => 429;
  world.refusedWith = { 'Retry-After': `${seconds}` };
  const opId = world.send('one');
  await world.platform.settle();
  expect(world.operations()).toMatchObject([{ status: 'queued', code: 'RATE_LIMITED' }]);
  world.fate = () => 'done';
  return { ...world, opId };
}

describe('a wait', () => {
  it('that a server asks for is no longer than a quarter of an hour, whatever it asks for', async () => {
    const { platform, written, statuses } = await refused(8_640_000);
    await platform.advance(quarter - 1_000);
    expect(written()).toEqual([one]);
    await platform.advance(60_000);
    expect(written()).toEqual([one, one]);
    expect(statuses()).toEqual([]);
  });

  it('is over when the clock is set back further than any wait can reach', async () => {
    const { platform, written, send } = await refused(60);
    platform.jumpClock(-hour);
    await platform.advance(120_000);
    send('two');
    await platform.settle();
    expect(written()).toEqual([one, one, `${sendRoute} two`]);
  });

  it('of a deletion that can be undone is over then as well', async () => {
    const world = await createOutboxWorld({ outbox: { undoDeleteMs: 5_000 } });
    const { store, hudhud, platform } = world;
    world.send('mine');
    await platform.settle();
    const target = { channelId: ids.general, target: messageId(3) };
    store.dispatch(hudhud.actions.deleteMessage(target));
    platform.jumpClock(-hour);
    await platform.advance(4_000);
    expect(world.writes()).toHaveLength(1);
    await platform.advance(2_000);
    expect(world.writes()).toHaveLength(2);
  });

  it('of a deletion may be longer than that where it is wanted so', async () => {
    const world = await createOutboxWorld({ outbox: { undoDeleteMs: hour } });
    const { store, hudhud, platform } = world;
    world.send('mine');
    await platform.settle();
    const target = { channelId: ids.general, target: messageId(3) };
    store.dispatch(hudhud.actions.deleteMessage(target));
    await platform.advance(hour - 1_000);
    expect(world.writes()).toHaveLength(1);
    await platform.advance(2_000);
    expect(world.writes()).toHaveLength(2);
  });

  it('is ended by the person who tries again: that one leaves at once, in its place, and no other', async () => {
    const { platform, store, hudhud, written, send, opId } = await refused(600);
    send('two');
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.random, content: 'elsewhere' }));
    const retry = hudhud.actions.retry({ opId });
    expect(store.dispatch(retry)).toBe(retry);
    await platform.settle();
    expect(written()).toEqual([one, one]);
    expect(store.dispatch(hudhud.actions.retry({ opId }))).toMatchObject({
      payload: { code: 'OPERATION_UNKNOWN' },
    });
    await platform.advance(600_000);
    expect(written().slice(2).sort()).toEqual([`${sendRoute} elsewhere`, `${sendRoute} two`]);
  });

  it('that is none is nothing to try again', async () => {
    const world = await createOutboxWorld();
    world.platform.setOnline(false);
    const opId = world.send('one');
    expect(world.store.dispatch(world.hudhud.actions.retry({ opId }))).toMatchObject({
      payload: { code: 'OPERATION_UNKNOWN' },
    });
  });
});
