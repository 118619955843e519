import { describe, expect, it } from '@jest/globals';
import type { HostRow } from '../support/hostApi';
import { general } from '../support/hostApi';
import type { HostWorld } from '../support/hostWorld';
import {
  askMessages,
  deletedFrame,
  editedFrame,
  loadedHost,
  messagesIn,
  textsIn,
} from '../support/hostWorld';
import { ids, messageFrame, messageId, row } from '../support/hudhudAnswers';

/** Writes into the list by hand, as an optimistic update does. */
function patch({ api, store }: HostWorld, change: (rows: HostRow[]) => void) {
  return store.dispatch(
    api.util.updateQueryData('getMessages', general, (rows) => {
      // a draft of the list, which the endpoint's type calls read-only
      change(rows as HostRow[]);
    }),
  );
}

const draft = (content: string): HostRow => ({ content });
const push =
  (content: string) =>
  (rows: HostRow[]): void => {
    rows.push(draft(content));
  };
const write =
  (at: number, content: string) =>
  (rows: HostRow[]): void => {
    rows[at] = { ...rows[at], content };
  };
const writeIn =
  (at: number, content: string) =>
  (rows: HostRow[]): void => {
    Object.assign(rows[at] ?? {}, { content });
  };

const texts = (...numbers: readonly number[]): string[] => numbers.map((n) => `message ${n}`);

describe('a patch by hand that was written over', () => {
  it('is undone without effect, however much came since', async () => {
    const world = await loadedHost(row(1), row(2));
    const first = patch(world, push('draft'));
    await world.push(messageFrame(3));
    await world.push(messageFrame(4));
    await world.push(messageFrame(5));
    first.undo();
    expect(textsIn(world)).toEqual(texts(1, 2, 3, 4, 5));
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  it('is undone without effect after the list was read again', async () => {
    const world = await loadedHost(row(1), row(2));
    const appended = patch(world, push('draft'));
    const written = patch(world, write(0, 'by hand'));
    await askMessages(world, { forceRefetch: true });
    const again = [row(1, { content: 'new', edited_at: row(9).created_at }), row(2), row(3)];
    await world.asked('getMessages').answer(again);
    written.undo();
    appended.undo();
    expect(textsIn(world)).toEqual(['new', ...texts(2, 3)]);
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  it('is undone without effect after the list was let go and read again', async () => {
    const world = await loadedHost(row(1));
    const { api, store } = world;
    const old = patch(world, push('draft'));
    const [queryCacheKey] = Object.keys(store.getState().hostApi.queries);
    store.dispatch(
      api.internalActions.removeQueryResult({ queryCacheKey: queryCacheKey as never }),
    );
    await askMessages(world);
    await world.asked('getMessages').answer([row(1), row(2)]);
    old.undo();
    expect(textsIn(world)).toEqual(texts(1, 2));
  });

  it('takes nothing of a later one with it when it is undone', async () => {
    const world = await loadedHost(row(1), row(2));
    const first = patch(world, push('first'));
    await world.push(messageFrame(3));
    const second = patch(world, push('second'));
    // what the host wants now: that an earlier patch was written over does not matter
    expect(textsIn(world)).toEqual([...texts(1, 2, 3), 'second']);
    first.undo();
    expect(textsIn(world)).toEqual([...texts(1, 2, 3), 'second']);
    second.undo();
    expect(textsIn(world)).toEqual(texts(1, 2, 3));
  });

  it('does not throw in the host where the place is gone', async () => {
    const world = await loadedHost(row(1), row(2));
    const second = patch(world, writeIn(1, 'by hand'));
    await world.push(deletedFrame(messageId(1)), deletedFrame(messageId(2)));
    expect(textsIn(world)).toEqual([]);
    expect(() => {
      second.undo();
    }).not.toThrow();
    expect(textsIn(world)).toEqual([]);
  });

  it('has no effect when it is undone twice', async () => {
    const world = await loadedHost(row(1), row(2));
    const first = patch(world, push('draft'));
    await world.push(messageFrame(3));
    first.undo();
    await world.push(messageFrame(4));
    first.undo();
    expect(textsIn(world)).toEqual(texts(1, 2, 3, 4));
  });
});

describe('a patch by hand that stands', () => {
  it('stays while nothing is known better', async () => {
    const world = await loadedHost(row(1), row(2));
    patch(world, push('draft'));
    // known already
    await world.push(messageFrame(2));
    expect(textsIn(world)).toEqual([...texts(1, 2), 'draft']);
    await world.push(messageFrame(3));
    expect(textsIn(world)).toEqual(texts(1, 2, 3));
  });

  it('is undone as it always is, and the list goes on row by row', async () => {
    const world = await loadedHost(row(1), row(2), row(3));
    await world.push(editedFrame(messageId(2), 'edited'));
    const [first, edited, third] = messagesIn(world);
    const added = patch(world, push('draft'));
    added.undo();
    expect(textsIn(world)).toEqual(['message 1', 'edited', 'message 3']);
    await world.push(editedFrame(messageId(3), 'edited as well'));
    expect(messagesIn(world)[0]).toBe(first);
    expect(messagesIn(world)[1]).toBe(edited);
    expect(messagesIn(world)[2]).not.toBe(third);
    expect(world.hudhud.checkCaches()).toEqual([]);
  });

  it('and another one are undone in the order in which they were made, and nothing is left of them', async () => {
    const world = await loadedHost(row(1));
    const one = patch(world, push('one'));
    const two = patch(world, push('two'));
    one.undo();
    two.undo();
    expect(textsIn(world)).toEqual(texts(1));
    expect(messagesIn(world)).toHaveLength(1);
  });

  it('is written over by a wish, and undone without effect', async () => {
    const world = await loadedHost(row(1));
    const { hudhud, store } = world;
    const added = patch(world, push('draft'));
    store.dispatch(hudhud.actions.sendMessage({ channelId: ids.general, content: 'hello' }));
    expect(textsIn(world)).toEqual(['message 1', 'hello']);
    added.undo();
    expect(textsIn(world)).toEqual(['message 1', 'hello']);
  });
});
