import { describe, expect, it } from '@jest/globals';
import {
  channelsReceived,
  conversationReceived,
  membersReceived,
  pageReceived,
  presenceReceived,
} from '../../../../src';
import type { HudhudAction, MessageEvent } from '../../../../src';
import { pendingTopics, topicsOf } from '../../../../src/middleware/patch/topics';
import { emptyOutbox } from '../../../../src/state/outboxState';

const asked = { asOf: 1, absentBefore: 0, oldestInFlight: null };
const seen = { stream: 'main', epoch: 1, ordinal: 1, receivedAt: 1 } as const;
const message = (id: string, channelId?: string): MessageEvent => ({
  type: 'channel_message',
  op: 'edit',
  message: { id, ...(channelId === undefined ? {} : { channelId }) },
});

const cases: readonly (readonly [string, HudhudAction, readonly string[]])[] = [
  [
    'a conversation: its channels, one that names none as such',
    conversationReceived({ ...seen, viewerId: null, events: [message('m1', 'c1'), message('m2')] }),
    ['channels', 'unread', 'messages:c1', 'messages:'],
  ],
  [
    'typing alone: nothing that is cached',
    conversationReceived({
      ...{ ...seen, viewerId: null },
      events: [{ type: 'typing', channelId: 'c1', userId: 'u1', username: null, isTyping: true }],
    }),
    [],
  ],
  [
    'a page',
    pageReceived({
      ...{ channelId: 'c1', parentId: null, messages: [], range: { from: null, to: null } },
      ...asked,
    }),
    ['messages:c1', 'channels', 'unread', 'people'],
  ],
  ['presence', presenceReceived({ ...seen, events: [] }), ['people']],
  [
    'members',
    membersReceived({ channelId: 'c1', members: [], users: [], ...asked }),
    ['members:c1', 'people'],
  ],
  [
    'channels',
    channelsReceived({ channels: [], complete: false, ...asked }),
    ['channels', 'unread'],
  ],
];

describe('topicsOf', () => {
  it.each(cases)('%s', (_, action, topics) => {
    expect(topicsOf(action)).toEqual(topics);
  });
});

describe('pendingTopics', () => {
  const held = { ...emptyOutbox, channels: [{ channelId: 'c1', operations: [] }] };

  it('are those of channels whose wishes changed', () => {
    expect(pendingTopics(emptyOutbox, emptyOutbox)).toEqual([]);
    const other = { channelId: 'c2', operations: [] };
    const next = { ...held, channels: [...held.channels, other] };
    expect(
      pendingTopics(held, { ...held, channels: [{ channelId: 'c1', operations: [] }] }),
    ).toEqual(['messages:c1', 'channels', 'unread']);
    expect(pendingTopics(held, { ...next, channels: [...held.channels] })).toEqual([]);
    expect(pendingTopics(held, { ...held, uploads: [] })).toEqual([
      ...['messages:c1', 'channels', 'unread'],
    ]);
  });
});
