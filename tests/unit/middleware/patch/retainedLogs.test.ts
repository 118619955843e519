import { describe, expect, it } from '@jest/globals';
import { conversationReceived, historyEvicted, pageReceived } from '../../../../src';
import type { ConversationEvent } from '../../../../src';
import { createRetainedLogs } from '../../../../src/middleware/patch/retainedLogs';
import { findMessage } from '../../../../src/state/channelLog';
import type { MessagesState } from '../../../../src/state/messagesState';
import { messagesReducer } from '../../../../src/state/messages';
import { findLog } from '../../../../src/state/messagesState';

const asked = { asOf: 1, absentBefore: 0, oldestInFlight: null };
const page = (channelId: string) =>
  pageReceived({
    ...{ channelId, parentId: null, range: { from: null, to: null }, ...asked },
    messages: [1, 2, 3].map((n) => ({
      id: `${channelId}${n}`,
      channelId,
      content: 'old',
      createdAt: n,
    })),
  });
const edit = (id: string, channelId?: string): ConversationEvent => ({
  ...{ type: 'channel_message', op: 'edit' },
  message: { id, content: 'new', ...(channelId === undefined ? {} : { channelId }) },
});
const told = (...events: ConversationEvent[]) =>
  conversationReceived({
    ...{ stream: 'main', epoch: 1, ordinal: 10, viewerId: null, receivedAt: 1, events },
  });
const evicted = historyEvicted({
  ordinal: 5,
  channels: ['c', 'd'].map((channelId) => ({ channelId, before: 3 })),
});

const start = ['c', 'd'].reduce<MessagesState>(
  (state, channelId) => messagesReducer(state, page(channelId)),
  messagesReducer(undefined, { type: 'start' }),
);
const followed = () => new Set(['c']);
const textOf = (state: MessagesState, id: string) => {
  const log = findLog(state, id[0] ?? '');
  return log === undefined ? undefined : findMessage(log, id)?.content;
};

/** Let go of the older rows of both channels, of which one is followed. */
function afterEviction() {
  const retained = createRetainedLogs(Infinity);
  retained.reduce(evicted, start, followed);
  return { retained, layer: messagesReducer(start, evicted) };
}

describe('retained messages', () => {
  it('are none while nothing was let go', () => {
    const retained = createRetainedLogs(Infinity);
    retained.reduce(told(edit('c1', 'c')), start, followed);
    expect(retained.over(start)).toBe(start);
  });

  it('are those of followed channels, as they were, and kept up', () => {
    const { retained, layer } = afterEviction();
    expect(textOf(layer, 'c1')).toBeUndefined();
    expect(textOf(retained.over(layer), 'c1')).toBe('old');
    expect(textOf(retained.over(layer), 'd1')).toBeUndefined();
    retained.reduce(
      told(edit('d3', 'd'), edit('c1', 'c'), edit('c2'), edit('d2')),
      layer,
      followed,
    );
    const over = retained.over(layer);
    expect([textOf(over, 'c1'), textOf(over, 'c2'), textOf(over, 'c3')]).toEqual([
      'new',
      'new',
      'old',
    ]);
    expect(retained.over(layer)).toBe(over);
  });

  it('survive another eviction, and go with the last answer about them', () => {
    const { retained, layer } = afterEviction();
    retained.reduce(evicted, layer, followed);
    expect(textOf(retained.over(layer), 'c1')).toBe('old');
    retained.keepOnly(new Set(['c']));
    expect(textOf(retained.over(layer), 'c1')).toBe('old');
    retained.keepOnly(new Set());
    expect(retained.over(layer)).toBe(layer);
  });

  it('are bounded: the oldest go once there are more than may be, and no older page brings them back', () => {
    const retained = createRetainedLogs(10);
    retained.reduce(evicted, start, followed);
    const layer = messagesReducer(start, evicted);
    const news = (n: number): ConversationEvent => ({
      ...{ type: 'channel_message', op: 'create' },
      message: { id: `c${n}`, channelId: 'c', content: 'new', createdAt: n },
    });
    const sizeNow = () => findLog(retained.over(layer), 'c')?.size;
    for (let n = 4; n <= 11; n++) retained.reduce(told(news(n)), layer, followed);
    expect(retained.overfull()).toEqual([]);
    retained.reduce(told(news(12)), layer, followed);
    expect(retained.overfull()).toEqual(['c']);
    retained.cut('c', 20);
    retained.cut('nowhere', 20);
    expect(retained.overfull()).toEqual([]);
    expect(sizeNow()).toBe(10);
    retained.reduce(page('c'), layer, followed);
    expect(textOf(retained.over(layer), 'c2')).toBeUndefined();
    expect(textOf(retained.over(layer), 'c3')).toBe('old');
  });
});
