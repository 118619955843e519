import { describe, expect, it } from '@jest/globals';
import { ActionCreators } from '@redux-devtools/instrument';
import type { UnknownAction } from '@reduxjs/toolkit';
import { typingTtlMs } from '../../src';
import { isType } from '../../src/actions/define';
import { conversationReceived } from '../../src/actions/stream';
import { maxHeldEvents } from '../../src/middleware/present';
import { nothingPending } from '../support/connectionSetup';
import {
  frame,
  ids,
  messageFrame,
  presenceFrame,
  row,
  typingFrame,
} from '../support/hudhudAnswers';
import { streamRoute } from '../support/hudhudWorld';
import { sendRoute } from '../support/outboxWorld';
import type { TravelWorld } from '../support/travelWorld';
import { createTravelWorld, noticeMs } from '../support/travelWorld';

const here = { channelId: ids.general };

/** Brings everything on its way that can end by itself. */
async function before(world: TravelWorld): Promise<void> {
  const { store, hudhud, platform } = world;
  await world.push(typingFrame(ids.omar), messageFrame(3));
  // a try that failed waits for its next one
  world.fate = ({ body }) => (body?.includes('later') === true ? 503 : 'held');
  world.send('held');
  store.dispatch(hudhud.actions.channelOpened({ channelId: ids.random }));
  world.holdsReads = true;
  store.dispatch(hudhud.actions.loadHistory({ ...here, parentId: null, side: 'newest' }));
  await platform.settle();
}

/** What the world does meanwhile: frames, answers, deadlines. */
async function meanwhile(world: TravelWorld): Promise<void> {
  const { platform } = world;
  await world.push(messageFrame(4), typingFrame(ids.sara));
  world.fate = () => 'done';
  world.holdsReads = false;
  world.finish(world.asked(sendRoute).at(-1));
  for (const request of world.asked('GET /chat/messages')) {
    request.json({ success: true, messages: [row(1)], has_more: false });
  }
  await platform.settle();
  platform.setOnline(false);
  platform.setOnline(true);
  await world.push(presenceFrame(ids.omar), messageFrame(5), messageFrame(4, { content: 'new' }));
  await platform.advance(2 * typingTtlMs);
}

async function after(world: TravelWorld): Promise<void> {
  world.jump();
  await world.platform.advance(noticeMs);
  await world.push(messageFrame(6));
  await world.platform.advance(60_000);
}

describe('while the DevTools show the past', () => {
  it('nothing is dispatched and nothing is sent; on the way back everything is there', async () => {
    const travelled = await createTravelWorld();
    await before(travelled);
    const sent = travelled.server.requests.length;
    travelled.jump(3);
    const logged = travelled.logged();
    const shown = travelled.store.getState();
    await meanwhile(travelled);
    expect(travelled.logged()).toBe(logged);
    expect(travelled.store.getState()).toBe(shown);
    expect(travelled.server.requests).toHaveLength(sent);
    await after(travelled);

    const stayed = await createTravelWorld();
    await before(stayed);
    await meanwhile(stayed);
    await after(stayed);
    expect(travelled.texts()).toEqual(stayed.texts());
    expect(travelled.texts()).toContain('held');
    expect(travelled.hudhudState()).toEqual(stayed.hudhudState());
    expect(travelled.written()).toEqual(stayed.written());
  });

  it('a stream that goes on is kept, in order, and subscribers hear it on the way back', async () => {
    const world = await createTravelWorld();
    const heard: string[] = [];
    world.hudhud.subscribe('channel_message', (event) => heard.push(event.type));
    world.jump(2);
    for (let n = 3; n < 8; n += 1) await world.push(messageFrame(n));
    expect(heard).toEqual([]);
    world.jump();
    await world.platform.advance(noticeMs);
    expect(heard).toHaveLength(5);
    expect(world.messages().map(({ id }) => id)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => row(n).message_id),
    );
    expect(world.asked(streamRoute)).toHaveLength(1);
  });

  it('the next event is enough to notice the way back', async () => {
    const world = await createTravelWorld();
    world.jump(2);
    await world.push(messageFrame(3));
    world.jump();
    world.send('at once');
    expect(world.messages()).toHaveLength(3);
    expect(world.statuses()).toEqual(['sending']);
  });

  it('what a person wishes waits as well, and is sent then', async () => {
    const world = await createTravelWorld();
    world.jump(2);
    const logged = world.logged();
    world.send('from the past');
    world.store.dispatch(world.hudhud.actions.loadUnread());
    const query = world.hudhud.manualRefresh();
    await world.platform.advance(10_000);
    expect(world.logged()).toBe(logged);
    expect(world.writes()).toEqual([]);
    world.jump();
    await world.platform.advance(noticeMs);
    await world.platform.advance(1_000);
    expect(world.written()).toEqual([`${sendRoute} from the past`]);
    expect(world.texts()).toContain('from the past');
    expect(typeof (await query)).toBe('boolean');
  });

  it('costs no timer while nothing waits', async () => {
    const world = await createTravelWorld();
    const pending = world.platform.pending();
    world.jump(2);
    world.store.dispatch({ type: 'host/looked' });
    expect(world.platform.pending()).toEqual(pending);
  });

  it('more than can be kept is a break of the stream: it is begun anew and read again', async () => {
    const world = await createTravelWorld();
    const reads = world.asked('GET /chat/messages').length;
    world.jump(2);
    const crowd = Array.from({ length: 200 }, (_unused, i) => typingFrame(`crowd-${i}`)).join('');
    for (let i = 0; i < maxHeldEvents / 200; i += 1) await world.push(crowd);
    world.rows.push(row(3), row(4));
    await world.push(messageFrame(3), messageFrame(4));
    expect(world.hudhud.getStatus().counters.drops?.by).toEqual({ time_travel: 2 });
    world.jump();
    await world.platform.advance(noticeMs);
    await world.push(frame('init', { userId: ids.me, channels: [ids.general] }));
    await world.platform.advance(5_000);
    expect(world.asked(streamRoute)).toHaveLength(2);
    expect(world.asked('GET /chat/messages').length).toBeGreaterThan(reads);
    expect(world.messages()).toHaveLength(4);
  });
});

describe('an earlier state that is the same', () => {
  it('is left by the first action that the store does not follow', async () => {
    const world = await createTravelWorld();
    world.lifted.dispatch(ActionCreators.jumpToState(1));
    world.store.dispatch({ type: 'host/looked' });
    world.store.dispatch({ type: 'host/looked again' });
    world.jump(world.newest() - 1);
    await world.push(messageFrame(8));
    const logged = world.logged();
    await world.push(messageFrame(9));
    world.send('five');
    expect(world.logged()).toBe(logged);
    world.jump();
    await world.platform.advance(noticeMs);
    expect(world.texts()).toHaveLength(5);
    expect(world.asked(streamRoute)).toHaveLength(1);
  });

  it('keeps no wish from being sent', async () => {
    const world = await createTravelWorld();
    world.jump(1);
    world.store.dispatch({ type: 'host/looked' });
    world.store.dispatch({ type: 'host/looked again' });
    world.jump(world.newest() - 1);
    world.send('wished');
    await world.platform.advance(10_000);
    expect(world.writes()).toEqual([]);
    world.jump();
    await world.platform.advance(noticeMs);
    await world.platform.advance(1_000);
    expect(world.written()).toEqual([`${sendRoute} wished`]);
    expect(world.operations()).toEqual([]);
  });

  it('lets nothing overtake what waits, where it is left on the way back', async () => {
    const world = await createTravelWorld();
    await world.push(typingFrame(ids.omar));
    world.jump(0);
    // its end waits, and then a message
    await world.platform.advance(typingTtlMs);
    await world.push(messageFrame(3));
    // the last action ended a frame, which changes nothing
    world.jump(world.newest() - 1);
    await world.push(messageFrame(4));
    world.jump();
    await world.platform.advance(noticeMs);
    const heard = world.actions.filter((action) => isType(action, conversationReceived));
    const ordinals = heard.map(({ payload }) => payload.ordinal);
    expect(ordinals).toHaveLength(3);
    expect(ordinals).toEqual(ordinals.toSorted((a, b) => a - b));
    expect(world.messages()).toHaveLength(4);
  });

  it('is noticed afterwards, where nothing told of tools before', async () => {
    const world = await createTravelWorld();
    world.store.dispatch({ type: 'host/looked' });
    world.jump(world.newest() - 1);
    await world.push(messageFrame(8));
    world.jump(2);
    await world.push(messageFrame(9));
    world.jump();
    await world.platform.advance(noticeMs);
    expect(world.messages()).toHaveLength(4);
    expect(world.asked(streamRoute)).toHaveLength(1);
  });
});

describe('locked changes', () => {
  it('keep out one action; the rest waits until the store is seen to follow again', async () => {
    const world = await createTravelWorld();
    world.jump(1);
    world.store.dispatch({ type: 'host/looked' });
    world.jump();
    const { lifted } = world;
    lifted.dispatch(ActionCreators.lockChanges(true));
    const requests = world.server.requests.length;
    await world.push(messageFrame(3));
    await world.push(messageFrame(4));
    await world.platform.advance(10_000);
    expect(world.messages()).toHaveLength(2);
    expect(world.server.requests).toHaveLength(requests);
    world.rows.push(row(3), row(4));
    lifted.dispatch(ActionCreators.lockChanges(false));
    world.hudhud.stop();
    world.hudhud.start();
    await world.platform.advance(10_000);
    expect(world.messages()).toHaveLength(4);
  });
});

describe('a recording that is paused', () => {
  it('stops nothing: the store goes on', async () => {
    const world = await createTravelWorld();
    world.lifted.dispatch(ActionCreators.pauseRecording(true));
    await world.push(messageFrame(8));
    world.send('sent');
    await world.platform.advance(1_000);
    world.lifted.dispatch(ActionCreators.pauseRecording(false));
    await world.push(messageFrame(9));
    expect(world.texts()).toHaveLength(5);
    expect(world.writes()).toHaveLength(1);
    expect(world.asked(streamRoute)).toHaveLength(1);
  });
});

describe('the present is', () => {
  it('a state that was computed anew and is the same', async () => {
    const world = await createTravelWorld();
    await world.push(messageFrame(3));
    const last = world.lifted.getState().stagedActionIds.at(-1) ?? 0;
    world.lifted.dispatch(ActionCreators.toggleAction(last - 1));
    await world.push(messageFrame(4));
    expect(world.messages()).toHaveLength(2);
    world.lifted.dispatch(ActionCreators.toggleAction(last - 1));
    await world.platform.advance(noticeMs);
    expect(world.messages()).toHaveLength(4);
    expect(world.asked(streamRoute)).toHaveLength(1);
  });

  it('not what was imported, until the store is seen to go on from there', async () => {
    const world = await createTravelWorld();
    const other = await createTravelWorld();
    await other.push(messageFrame(3), messageFrame(4));
    world.rows.push(row(9));
    world.lifted.dispatch(ActionCreators.importState(other.lifted.getState()));
    await world.push(messageFrame(7));
    await world.platform.advance(60_000);
    expect(world.messages()).toHaveLength(4);
    // a host whose own reducer answers
    const store = world.store as unknown as { replaceReducer(reducer: unknown): void };
    const { reducer } = world.hudhud;
    store.replaceReducer(
      (state: { hudhud?: never; n?: number } | undefined, action: UnknownAction) => ({
        hudhud: reducer(state?.hudhud, action),
        n: (state?.n ?? 0) + (action.type === 'host/counted' ? 1 : 0),
      }),
    );
    world.store.dispatch({ type: 'host/counted' });
    await world.platform.advance(1_000);
    // the stream begins anew, and what is on screen is the server's word again
    expect(world.messages().map(({ id }) => id)).toEqual([1, 2, 9].map((n) => row(n).message_id));
    expect(world.asked(streamRoute)).toHaveLength(2);
  });
});

describe('stopping in the past', () => {
  it('does not wait, and leaves nothing behind', async () => {
    const world = await createTravelWorld();
    await before(world);
    world.jump(2);
    await meanwhile(world);
    world.send('wished in the past');
    world.hudhud.stop();
    await world.platform.settle();
    expect(world.platform.pending()).toEqual(nothingPending);
    world.jump();
    expect(world.messages().length).toBeGreaterThan(3);
    expect(world.hudhud.getStatus().connectionStatus).not.toBe('connected');
    world.hudhud.start();
    await world.platform.advance(10_000);
    expect(world.texts()).toContain('wished in the past');
    expect(world.written().filter((line) => line.endsWith('wished in the past'))).toHaveLength(1);
  });

  it('starts again on the way back, where that was asked for in the past', async () => {
    const world = await createTravelWorld();
    world.jump(2);
    world.hudhud.stop();
    world.hudhud.start();
    await world.platform.advance(10_000);
    expect(world.asked(streamRoute)).toHaveLength(1);
    world.jump();
    await world.platform.advance(noticeMs);
    expect(world.asked(streamRoute)).toHaveLength(2);
  });

  it('signing out forgets what waits', async () => {
    const world = await createTravelWorld();
    world.jump(3);
    await world.push(messageFrame(3));
    world.send('nobody is left to send this');
    void world.hudhud.auth.logout();
    await world.platform.settle();
    world.jump();
    await world.platform.advance(60_000);
    expect(world.messages()).toEqual([]);
    expect(world.hudhudState().connection.viewer).toBeNull();
    expect(world.writes()).toEqual([]);
  });
});
