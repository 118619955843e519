import { describe, expect, it } from '@jest/globals';
import { act } from '@testing-library/react';
import type { ReactElement } from 'react';
import { pageKey } from '../../src';
import type { RealtimeMessages } from '../../src/react';
import { useRealtimeMessages } from '../../src/react';
import { ids, initFrame, messageFrame, refuse, row } from '../support/hudhudAnswers';
import type { HudhudWorld } from '../support/hudhudWorld';
import { createHudhudWorld } from '../support/hudhudWorld';
import { Around, pushIn, renderIn, settle } from '../support/rendering';

const messagesRoute = 'GET /chat/messages';

function setUp() {
  const world = createHudhudWorld({ routes: { [messagesRoute]: () => undefined } });
  const seen: RealtimeMessages[] = [];
  const List = ({ channelId = ids.general }: { channelId?: string }): ReactElement => {
    const timeline = useRealtimeMessages(channelId);
    seen.push(timeline);
    return <p>{timeline.messages.map(({ content }) => content).join(', ')}</p>;
  };
  const now = () => {
    const value = seen.at(-1);
    if (value === undefined) throw new Error('Nothing was rendered.');
    return value;
  };
  return { world, List, now, seen };
}

async function answer(world: HudhudWorld, at: number, rows: readonly unknown[], more = false) {
  await act(async () => {
    world.asked(messagesRoute)[at]?.json({ success: true, messages: rows, has_more: more });
    await world.platform.settle();
  });
}

describe('useRealtimeMessages', () => {
  it('loads, follows the stream, and pages to the beginning', async () => {
    const { world, List, now } = setUp();
    const view = await renderIn(world, <List />);
    expect(now()).toMatchObject({ isKnown: false, isLoading: true, error: null, messages: [] });
    // asked for before the stream was open, and again since
    await answer(world, 0, [row(5)], true);
    expect(view.container.textContent).toBe('message 5');
    await answer(world, 1, [row(5)], true);
    expect(now()).toMatchObject({ isKnown: true, isLive: true, hasOlder: true, isLoading: false });
    await pushIn(world, messageFrame(6));
    expect(view.container.textContent).toBe('message 5, message 6');

    act(() => {
      now().loadOlder();
    });
    expect(now().isLoading).toBe(true);
    await settle(world);
    await answer(world, 2, [row(4), row(5)]);
    expect(view.container.textContent).toBe('message 4, message 5, message 6');
    expect(now()).toMatchObject({ hasOlder: false, isLoading: false, gaps: [] });
  });

  it('says why the last request failed, until one succeeds', async () => {
    const { world, List, now } = setUp();
    await renderIn(world, <List />);
    await answer(world, 0, [row(1)]);
    await act(async () => {
      const request = world.asked(messagesRoute)[1];
      if (request !== undefined) refuse(500)(request);
      await world.platform.settle();
    });
    expect(now()).toMatchObject({ error: 'SERVER_ERROR', isLoading: false });
    act(() => {
      now().reload();
    });
    await settle(world);
    await answer(world, 2, [row(1)]);
    expect(now()).toMatchObject({ error: null, isLoading: false, isLive: true });
  });

  it('opens its channel, and closes it for another one and at the end', async () => {
    const { world, List } = setUp();
    const view = await renderIn(world, <List />);
    const commands = () =>
      world.actions
        .filter(({ type }) => type.startsWith('command/channel'))
        .map(({ type, payload }) => [type, (payload as { channelId: string }).channelId]);
    view.rerender(
      <Around world={world}>
        <List channelId={ids.random} />
      </Around>,
    );
    await settle(world);
    view.unmount();
    await settle(world);
    expect(commands()).toEqual([
      ['command/channelOpened', ids.general],
      ['command/channelClosed', ids.general],
      ['command/channelOpened', ids.random],
      ['command/channelClosed', ids.random],
    ]);
    expect(
      world.hudhud.selectors.selectLoad(
        world.store.getState(),
        pageKey(ids.random, null, 'newest'),
      ),
    ).toMatchObject({ code: 'ABORTED' });
  });

  it('shows what was held through a break, and fills it after', async () => {
    const { world, List, now } = setUp();
    const view = await renderIn(world, <List />);
    await answer(world, 0, [row(1)]);
    await answer(world, 1, [row(1)]);
    await act(async () => {
      world.stream().fail();
      await world.platform.advance(2_000);
    });
    expect(view.container.textContent).toBe('message 1');
    expect(now().isLive).toBe(false);
    await pushIn(world, initFrame());
    await answer(world, 2, [row(1), row(2)]);
    expect(view.container.textContent).toBe('message 1, message 2');
    expect(now()).toMatchObject({ isLive: true, gaps: [] });
  });
});
