import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import { ids, messageId } from '../../support/hudhudAnswers';
import type { OutboxWorld } from '../../support/outboxWorld';
import { createOutboxWorld } from '../../support/outboxWorld';

type Actions = OutboxWorld['hudhud']['actions'];
const here = { channelId: ids.general };
const omars = { ...here, target: messageId(1) };
const mine = { ...here, target: messageId(3) };
const gone = { ...here, target: messageId(4) };
const nobodys = { ...here, target: messageId(40) };

/** Two messages of Omar's, two of one's own, of which the second is deleted, and one on its way. */
async function open(): Promise<OutboxWorld & { readonly onItsWay: string }> {
  const world = await createOutboxWorld({ outbox: { maxMessageLength: 20, undoDeleteMs: 0 } });
  world.send('mine');
  world.send('gone');
  await world.platform.settle();
  world.store.dispatch(world.hudhud.actions.deleteMessage(gone));
  await world.platform.settle();
  world.fate = () => 'held';
  const onItsWay = world.send('on its way');
  await world.platform.settle();
  return Object.assign(world, { onItsWay });
}

const refused: readonly (readonly [string, string, (actions: Actions) => UnknownAction])[] = [
  ['an empty message', 'EMPTY_MESSAGE', (a) => a.sendMessage({ ...here, content: '' })],
  ['a blank message', 'EMPTY_MESSAGE', (a) => a.sendMessage({ ...here, content: ' \n\t' })],
  [
    'a message that is too long',
    'MESSAGE_TOO_LONG',
    (a) => a.sendMessage({ ...here, content: 'x'.repeat(21) }),
  ],
  ['an edit to nothing', 'EMPTY_MESSAGE', (a) => a.editMessage({ ...mine, content: ' ' })],
  [
    'an edit that is too long',
    'MESSAGE_TOO_LONG',
    (a) => a.editMessage({ ...mine, content: 'x'.repeat(21) }),
  ],
  ["an edit of someone else's", 'NOT_YOURS', (a) => a.editMessage({ ...omars, content: 'x' })],
  ["a deletion of someone else's", 'NOT_YOURS', (a) => a.deleteMessage(omars)],
  ['an edit of a deleted one', 'MESSAGE_DELETED', (a) => a.editMessage({ ...gone, content: 'x' })],
  ['a deletion of a deleted one', 'MESSAGE_DELETED', (a) => a.deleteMessage(gone)],
  [
    'a reaction on a deleted one',
    'MESSAGE_DELETED',
    (a) => a.addReaction({ ...gone, emoji: '👍' }),
  ],
  [
    'an edit of an unknown one',
    'MESSAGE_UNKNOWN',
    (a) => a.editMessage({ ...nobodys, content: 'x' }),
  ],
  [
    'a reaction in an unknown channel',
    'MESSAGE_UNKNOWN',
    (a) => a.removeReaction({ ...omars, channelId: '__proto__', emoji: '👍' }),
  ],
  [
    'a message with a file that nobody attached',
    'ATTACHMENT_LOST',
    (a) => a.sendMessage({ ...here, content: 'x', uploadIds: ['nobodys'] }),
  ],
  [
    'a reply to an unknown one',
    'MESSAGE_UNKNOWN',
    (a) => a.sendMessage({ ...here, content: 'x', parentId: messageId(40) }),
  ],
  [
    'a reply to a deleted one',
    'MESSAGE_DELETED',
    (a) => a.sendMessage({ ...here, content: 'x', parentId: gone.target }),
  ],
  ['a reaction with nothing', 'REQUEST_REJECTED', (a) => a.addReaction({ ...omars, emoji: ' ' })],
  ['a retry of nothing', 'OPERATION_UNKNOWN', (a) => a.retry({ opId: 'nothing' })],
  ['giving up nothing', 'OPERATION_UNKNOWN', (a) => a.discard({ opId: 'nothing' })],
];

describe('a wish that nobody can fulfil', () => {
  it.each(refused)(
    '%s is refused: %s; the state stays, nothing is sent',
    async (_name, code, wish) => {
      const world = await open();
      const { store, hudhud } = world;
      const before = store.getState()['hudhud'];
      const written = world.writes().length;
      const action = wish(hudhud.actions);
      const answer = store.dispatch(action);
      const { opId } = action['payload'] as { readonly opId: string };
      expect(answer).toMatchObject({ type: 'outbox/rejected', payload: { opId, code } });
      expect(store.getState()['hudhud']).toBe(before);
      expect(hudhud.getStatus().counters.refusedWishes).toMatchObject({
        total: 1,
        by: { [code]: 1 },
      });
      expect(world.actions.filter(({ type }) => type === action.type)).not.toContain(action);
      await world.platform.advance(10_000);
      expect(world.writes()).toHaveLength(written);
    },
  );

  it('is a retry, or giving up, of what is under way', async () => {
    const world = await open();
    const { store, hudhud, onItsWay } = world;
    const held = { opId: onItsWay };
    for (const wish of [hudhud.actions.retry(held), hudhud.actions.discard(held)]) {
      expect(store.dispatch(wish)).toMatchObject({
        payload: { code: 'OPERATION_UNKNOWN' },
      });
    }
    expect(world.statuses()).toEqual(['sending']);
  });

  it('is a reply to what has no id yet, or to a reply', async () => {
    const world = await open();
    const { store, hudhud, platform, onItsWay } = world;
    const replyTo = (parentId: string) =>
      store.dispatch(hudhud.actions.sendMessage({ ...here, content: 'reply', parentId }));
    expect(replyTo(onItsWay)).toMatchObject({ payload: { code: 'MESSAGE_UNKNOWN' } });
    world.finish(world.writes().at(-1));
    world.fate = () => 'done';
    await platform.settle();
    // it is known by its send as well, and sent with its id
    replyTo(onItsWay);
    await platform.settle();
    const [parent, sent] = world.rows.slice(-2);
    expect(parent).toMatchObject({ content: 'on its way' });
    expect(sent).toMatchObject({ content: 'reply', parent_message_id: parent?.message_id });
    expect(replyTo(sent?.message_id ?? '')).toMatchObject({ payload: { code: 'MESSAGE_UNKNOWN' } });
  });

  it('is an edit of what is about to be deleted', async () => {
    const world = await createOutboxWorld({ outbox: { undoDeleteMs: 5_000 } });
    const { store, hudhud, platform } = world;
    world.send('mine');
    await platform.settle();
    store.dispatch(hudhud.actions.deleteMessage(mine));
    expect(store.dispatch(hudhud.actions.editMessage({ ...mine, content: 'x' }))).toMatchObject({
      payload: { code: 'MESSAGE_DELETED' },
    });
  });

  it('does not hold up the next one', async () => {
    const world = await open();
    world.store.dispatch(world.hudhud.actions.sendMessage({ ...here, content: '' }));
    world.finish(world.writes().at(-1));
    world.fate = () => 'done';
    world.send('the next one');
    await world.platform.settle();
    expect(world.texts().at(-1)).toBe('the next one');
    expect(world.statuses()).toEqual([]);
  });
});

describe('a wish that can be fulfilled', () => {
  it('is of twenty characters where that is the most, and may be of files alone', async () => {
    const world = await open();
    const { store, hudhud } = world;
    const longest = hudhud.actions.sendMessage({ ...here, content: 'x'.repeat(20) });
    const { uploadId } = hudhud.attach(ids.general, new Blob(['x']));
    const files = hudhud.actions.sendMessage({ ...here, content: '', uploadIds: [uploadId] });
    expect(store.dispatch(longest)).toBe(longest);
    expect(store.dispatch(files)).toBe(files);
  });

  it('is an edit or a deletion of a message that is on its way', async () => {
    const world = await open();
    const { store, hudhud, onItsWay } = world;
    const target = { ...here, target: onItsWay };
    const edit = hudhud.actions.editMessage({ ...target, content: 'better' });
    const remove = hudhud.actions.deleteMessage(target);
    expect(store.dispatch(edit)).toBe(edit);
    expect(store.dispatch(remove)).toBe(remove);
  });

  it('is of another instance, and none of our business', async () => {
    const world = await open();
    const action = {
      ...world.hudhud.actions.retry({ opId: 'nothing' }),
      meta: { hudhud: 'other' },
    };
    expect(world.store.dispatch(action)).toBe(action);
    expect(world.hudhud.getStatus().counters.refusedWishes).toBeUndefined();
  });
});
