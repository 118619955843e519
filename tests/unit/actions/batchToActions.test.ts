import { describe, expect, it } from '@jest/globals';
import { SHOULD_AUTOBATCH } from '@reduxjs/toolkit';
import fc from 'fast-check';
import { batchToActions } from '../../../src/actions/batchToActions';
import type { HudhudAction } from '../../../src/actions/define';
import { defaultFlags } from '../../../src/flags';
import type { EventBatch } from '../../../src/protocol/batch';
import type { ServerEvent } from '../../../src/protocol/serverEvents';
import { frozen } from '../../support/frozen';

const message = (id: string): ServerEvent => ({
  type: 'channel_message',
  op: 'create',
  message: { id, channelId: 'c' },
});
const typing = (userId: string): ServerEvent => ({
  type: 'typing',
  channelId: 'c',
  userId,
  username: null,
  isTyping: true,
});
const presence = (userId: string): ServerEvent => ({ type: 'presence', userId, status: 'online' });
const notice = (text: string): ServerEvent => ({
  type: 'broadcast',
  op: 'notice',
  level: 'system',
  text,
  timestamp: null,
});
const reaction = (emoji: string): ServerEvent => ({
  type: 'reaction',
  op: 'add',
  messageId: 'm',
  userId: 'u',
  username: null,
  emoji,
  at: null,
});
const joined = (userId: string): ServerEvent => ({
  type: 'channel_event',
  op: 'memberJoined',
  channelId: 'c',
  userId,
});
const created = (channelId: string): ServerEvent => ({
  type: 'channel_event',
  op: 'created',
  channelId,
});
const init = (userId: string): ServerEvent => ({
  type: 'init',
  userId,
  username: null,
  timestamp: null,
});
const ping: ServerEvent = { type: 'ping', timestamp: null };

const batchOf = (events: readonly ServerEvent[]): EventBatch =>
  frozen({
    stream: 'main' as const,
    epoch: 4,
    events,
    rejected: [],
    lastEventId: '9',
    receivedAt: 1000,
  });
const translate = (events: readonly ServerEvent[], flags = defaultFlags) =>
  batchToActions(batchOf(events), { instance: 'chat', ordinal: 10, viewerId: 'me', flags });
const typesOf = (actions: readonly HudhudAction[]) => actions.map(({ type }) => type);

interface Payload {
  readonly ordinal: number;
  readonly events?: readonly ServerEvent[];
  readonly event?: ServerEvent;
  readonly viewerId?: string;
}
const payloadOf = (action: HudhudAction | undefined) => action?.payload as Payload;

describe('batchToActions', () => {
  it('makes one action per order group, in which arrival order is kept', () => {
    const events = [
      message('1'),
      presence('a'),
      notice('n'),
      typing('a'),
      joined('other'),
      reaction('👍'),
      presence('b'),
    ];
    const { actions } = translate(events);
    expect(typesOf(actions)).toEqual([
      'stream/channelEventsReceived',
      'stream/conversationReceived',
      'stream/presenceReceived',
      'stream/noticesReceived',
      'stream/frameCommitted',
    ]);
    expect(payloadOf(actions[1]).events).toEqual([message('1'), typing('a'), reaction('👍')]);
    expect(payloadOf(actions[2]).events).toEqual([presence('a'), presence('b')]);
  });

  it.each([
    ['a channel that is made', created('d')],
    ['the viewer who joins', joined('me')],
    ['the first word of a stream', init('me')],
  ])('cuts the groups at %s', (_name, barrier) => {
    const { actions } = translate([message('1'), barrier, message('2')]);
    const kinds = typesOf(actions);
    expect(kinds).toHaveLength(4);
    expect(kinds[0]).toBe('stream/conversationReceived');
    expect(kinds[2]).toBe('stream/conversationReceived');
    expect(payloadOf(actions[2]).events).toEqual([message('2')]);
  });

  it('does not cut at other members', () => {
    const { actions } = translate([message('1'), joined('other'), message('2')]);
    expect(typesOf(actions)).toEqual([
      'stream/channelEventsReceived',
      'stream/conversationReceived',
      'stream/frameCommitted',
    ]);
  });

  it('knows the viewer that the stream names from then on', () => {
    const { actions } = translate([message('1'), init('you'), message('2')]);
    expect(payloadOf(actions[0]).viewerId).toBe('me');
    expect(payloadOf(actions[2]).viewerId).toBe('you');
    expect(
      typesOf(translate([init('you'), message('1'), joined('you'), message('2')]).actions),
    ).toHaveLength(5);
  });

  it('passes on what only says that the stream lives as an end of a batch alone', () => {
    const { actions, nextOrdinal } = translate([ping]);
    expect(actions).toEqual([
      {
        type: 'stream/frameCommitted',
        payload: {
          stream: 'main',
          epoch: 4,
          ordinal: 10,
          lastEventId: '9',
          receivedAt: 1000,
          counts: { events: 1, rejected: 0 },
        },
        meta: { hudhud: 'chat' },
      },
    ]);
    expect(nextOrdinal).toBe(11);
  });

  it('leaves out what is switched off', () => {
    const events = [typing('a'), presence('a')];
    const flags = { ...defaultFlags, enableTypingIndicators: false, enablePresence: false };
    expect(typesOf(translate(events, flags).actions)).toEqual(['stream/frameCommitted']);
  });
});

const userIds = fc.constantFrom('me', 'a', 'b');
const anyEvent: fc.Arbitrary<ServerEvent> = fc.oneof(
  fc.string().map(message),
  userIds.map(typing),
  userIds.map(presence),
  fc.string().map(notice),
  fc.string().map(reaction),
  userIds.map(joined),
  fc.string().map(created),
  userIds.map(init),
  fc.constant(ping),
);

/** Order matters inside of a group only. */
function groupOf(event: ServerEvent): string {
  if (event.type === 'broadcast' && event.op === 'notice') return 'notices';
  if (event.type === 'presence' || event.type === 'channel_event' || event.type === 'init') {
    return event.type;
  }
  return 'conversation';
}

describe('batchToActions, for any batch', () => {
  const told = (events: readonly ServerEvent[]) => events.filter(({ type }) => type !== 'ping');

  it('carries every event once, with the order of each group', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        const { actions } = translate(events);
        const carried = actions.flatMap((action): readonly ServerEvent[] => {
          if (action.type === 'stream/sessionInitialised') {
            const { userId } = action.payload as { userId: string };
            return [init(userId)];
          }
          return payloadOf(action).events ?? [];
        });
        expect(carried).toHaveLength(told(events).length);
        for (const group of ['conversation', 'presence', 'notices', 'channel_event', 'init']) {
          const ofGroup = (list: readonly ServerEvent[]) =>
            told(list).filter((event) => groupOf(event) === group);
          expect(ofGroup(carried)).toEqual(ofGroup(events));
        }
      }),
    );
  });

  it('gives out ordinals without a hole, and wakes subscribers with the last action only', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        const { actions, nextOrdinal } = translate(events);
        let expected = 10;
        for (const action of actions) {
          expect(payloadOf(action).ordinal).toBe(expected);
          expected += payloadOf(action).events?.length ?? 1;
        }
        expect(nextOrdinal).toBe(expected);
        const deferred = actions.map(({ meta }) => meta[SHOULD_AUTOBATCH] === true);
        expect(deferred).toEqual(actions.map((_, at) => at < actions.length - 1));
        expect(actions.every(({ meta }) => meta.hudhud === 'chat')).toBe(true);
      }),
    );
  });
});
