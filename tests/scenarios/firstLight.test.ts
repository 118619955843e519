import { describe, expect, it } from '@jest/globals';
import {
  ids,
  initFrame,
  messageFrame,
  messageId,
  presenceFrame,
  typingFrame,
} from '../support/hudhudAnswers';
import { createHudhudWorld, enter, streamRoute } from '../support/hudhudWorld';

describe('first light', () => {
  it('goes from login to a live message', async () => {
    const world = createHudhudWorld();
    const { hudhud, store, platform } = world;
    await enter(world);
    expect(hudhud.selectors.selectViewerId(store.getState())).toBe(ids.me);
    await world.push(initFrame());
    store.dispatch(hudhud.actions.loadWorkspace({ projectSlug: 'hudhud', channelSlug: 'general' }));
    await platform.settle();
    const texts = () =>
      hudhud.selectors.selectMessages(store.getState(), ids.general).map((row) => row.content);
    expect(texts()).toEqual(['message 1', 'message 2']);
    expect(hudhud.selectors.selectTimelineInfo(store.getState(), ids.general)).toEqual({
      isKnown: true,
      isLive: true,
      hasOlder: false,
      hasNewer: false,
      gaps: [],
    });

    await world.push(messageFrame(3));
    expect(texts()).toEqual(['message 1', 'message 2', 'message 3']);
    expect(hudhud.selectors.selectChannelPreview(store.getState(), ids.general)).toMatchObject({
      id: messageId(3),
    });
    expect(world.asked(streamRoute)).toHaveLength(1);
  });

  it('wakes subscribers exactly once per batch, whatever is in it', async () => {
    const world = createHudhudWorld();
    await enter(world);
    await world.push(initFrame());
    const before = world.notifications();
    world.newTypes();
    await world.push(
      messageFrame(3),
      presenceFrame(ids.omar),
      typingFrame(ids.sara),
      messageFrame(4),
      'event: broadcast\ndata: {"type":"system","message":"maintenance at ten"}\n\n',
    );
    expect(world.newTypes()).toEqual([
      'stream/conversationReceived',
      'stream/presenceReceived',
      'stream/noticesReceived',
      'stream/frameCommitted',
    ]);
    expect(world.notifications() - before).toBe(1);
  });
});
