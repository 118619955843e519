import { describe, expect, it } from '@jest/globals';
import { channelEventsReceived } from '../../../src/actions/stream';
import { channelsHeard } from '../../support/exampleData';
import { ids } from '../../support/hudhudAnswers';
import type { OutboxWorld } from '../../support/outboxWorld';
import { createOutboxWorld, sendRoute } from '../../support/outboxWorld';

async function attach(world: OutboxWorld, ...names: readonly string[]): Promise<string[]> {
  const made = names.map((name) => world.hudhud.attach(ids.general, new Blob(['ab']), name));
  await world.platform.settle();
  return made.map(({ uploadId }) => uploadId);
}

function send(world: OutboxWorld, content: string, ...uploadIds: readonly string[]) {
  const { store, hudhud } = world;
  const wish = hudhud.actions.sendMessage({ channelId: ids.general, content, uploadIds });
  return { opId: wish.payload.opId, answer: store.dispatch(wish) };
}

const lost = { type: 'outbox/rejected', payload: { code: 'ATTACHMENT_LOST' } };
const drafts = ({ hudhud, store }: OutboxWorld) =>
  hudhud.selectors.selectUploads(store.getState(), ids.general).map(({ name }) => name);
const held = ({ hudhud, store }: OutboxWorld) =>
  hudhud.selectors.selectHudhud(store.getState()).outbox.uploads.map(({ name }) => name);
const namesOf = ({ uploads }: OutboxWorld) => uploads.requests.map(({ name }) => name);

/** Whether the channel's sends still go. */
async function expectGoing(world: OutboxWorld): Promise<void> {
  world.fate = () => 'done';
  send(world, 'the next one');
  await world.platform.advance(1_000);
  expect(world.written().at(-1)).toBe(`${sendRoute} the next one`);
}

describe('a file holds up a channel', () => {
  it('not when the same message is sent twice: the second one is refused', async () => {
    const world = await createOutboxWorld();
    const [uploadId = ''] = await attach(world, 'a');
    send(world, 'x', uploadId);
    expect(send(world, 'x', uploadId).answer).toMatchObject(lost);
    world.uploads.last().done();
    await world.platform.settle();
    expect(send(world, 'x', uploadId).answer).toMatchObject(lost);
    expect(world.written()).toEqual([`${sendRoute} x`]);
    await expectGoing(world);
  });

  it('not when it was called off just before', async () => {
    const world = await createOutboxWorld();
    const [uploadId = ''] = await attach(world, 'a');
    world.store.dispatch(world.hudhud.actions.cancelUpload({ uploadId }));
    expect(send(world, 'x', uploadId).answer).toMatchObject(lost);
    await expectGoing(world);
  });

  it('not when it had failed before: the message fails, and its retry uploads it again', async () => {
    const world = await createOutboxWorld();
    const [uploadId = ''] = await attach(world, 'a');
    world.uploads.last().json({}, { status: 413 });
    await world.platform.settle();
    const { opId } = send(world, 'x', uploadId);
    expect(world.operations()).toMatchObject([{ status: 'failed', code: 'UPLOAD_TOO_LARGE' }]);
    expect(drafts(world)).toEqual([]);
    await expectGoing(world);
    world.store.dispatch(world.hudhud.actions.retry({ opId }));
    await world.platform.settle();
    expect(namesOf(world)).toEqual(['a', 'a']);
    world.uploads.last().done();
    await world.platform.settle();
    expect(world.written().at(-1)).toBe(`${sendRoute} x`);
    expect(world.writes().at(-1)?.body).toContain('file-a');
    expect(held(world)).toEqual([]);
  });

  it.each([
    ['x', [`${sendRoute} x`, `${sendRoute} x`], []],
    ['', [`${sendRoute} `], ['failed']],
  ])(
    'not when it is called off while the message %j is under way, which is refused for now',
    async (content, written, statuses) => {
      const world = await createOutboxWorld();
      const [uploadId = ''] = await attach(world, 'a');
      world.uploads.last().done();
      await world.platform.settle();
      world.fate = () => 'held';
      send(world, content, uploadId);
      await world.platform.settle();
      world.store.dispatch(world.hudhud.actions.cancelUpload({ uploadId }));
      world.fate = () => 'done';
      world.writes().at(-1)?.json({}, { status: 429 });
      await world.platform.advance(60_000);
      expect(world.written()).toEqual(written);
      expect(world.statuses()).toEqual(statuses);
      if (content === '') expect(world.operations()).toMatchObject([{ code: 'ATTACHMENT_LOST' }]);
      else expect(world.writes().at(-1)?.body).not.toContain('file-a');
      await expectGoing(world);
    },
  );
});

describe('deleting a message that was not sent', () => {
  it('ends its uploads and makes room for the next one', async () => {
    const world = await createOutboxWorld();
    const [first = ''] = await attach(world, 'a', 'b', 'c', 'd');
    const { opId } = send(world, 'x', first);
    const { actions } = world.hudhud;
    world.store.dispatch(actions.deleteMessage({ channelId: ids.general, target: opId }));
    await world.platform.settle();
    expect(world.uploads.requests[0]?.isAborted()).toBe(true);
    expect(namesOf(world)).toEqual(['a', 'b', 'c', 'd']);
    expect(drafts(world)).toEqual(['b', 'c', 'd']);
  });

  it('since it failed does not bring its files back into the composer', async () => {
    const world = await createOutboxWorld();
    const [uploadId = ''] = await attach(world, 'a');
    world.uploads.last().done();
    await world.platform.settle();
    world.fate = () => 400;
    const { opId } = send(world, 'x', uploadId);
    await world.platform.settle();
    expect(world.statuses()).toEqual(['failed']);
    const { actions } = world.hudhud;
    world.store.dispatch(actions.deleteMessage({ channelId: ids.general, target: opId }));
    expect(held(world)).toEqual([]);
    expect(drafts(world)).toEqual([]);
  });
});

describe('a channel that is deleted', () => {
  const gone = (world: OutboxWorld) => {
    const { payload } = channelsHeard(1_000_000, {
      ...{ type: 'channel_event', op: 'deleted', channelId: ids.general },
    });
    world.store.dispatch(channelEventsReceived(payload, 'hudhud'));
  };

  it('ends its uploads and makes room for those of others', async () => {
    const world = await createOutboxWorld();
    await attach(world, 'a', 'b', 'c', 'd');
    world.hudhud.attach('other', new Blob(['ab']), 'e');
    gone(world);
    await world.platform.settle();
    expect(world.uploads.requests.map((upload) => upload.isAborted())).toEqual([
      ...[true, true, true, false],
    ]);
    expect(namesOf(world)).toEqual(['a', 'b', 'c', 'e']);
  });

  it('is not there again by the answer to what was under way', async () => {
    const world = await createOutboxWorld();
    world.fate = () => 'held';
    send(world, 'x');
    await world.platform.settle();
    gone(world);
    world.finish(world.writes().at(-1));
    await world.platform.advance(60_000);
    expect(world.messages()).toEqual([]);
    expect(world.statuses()).toEqual([]);
    expect(world.writes()).toHaveLength(1);
  });
});
