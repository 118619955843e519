import { describe, it } from '@jest/globals';
import fc from 'fast-check';

import { messageFetched, pageReceived } from '../../src/actions/history';
import { conversationReceived } from '../../src/actions/stream';
import type { MessageFact, Reaction } from '../../src/protocol/models';
import type { MessageRecord } from '../../src/state/messageRecord';
import type { MessagesState } from '../../src/state/messagesState';
import { messagesReducer } from '../../src/state/messages';
import { findLog } from '../../src/state/messagesState';
import { findMessage } from '../../src/state/channelLog';
import { expectEqual, expectSame } from '../support/quickExpect';
import type { SimEvent, Versions } from '../support/simServer';
import { SimServer, viewer } from '../support/simServer';
import type { SimAction } from '../support/simWorld';
import { visibleOfRecord } from '../support/visible';

const reduce = (actions: readonly SimAction[]): MessagesState =>
  actions.reduce(messagesReducer, messagesReducer(undefined, { type: 'start' }));
const versions = fc.constantFrom<Versions>('on', 'off', 'mixed');

function tell(events: readonly SimEvent[], ordinal: number): SimAction {
  const from = { stream: 'main', epoch: 1, ordinal } as const;
  return conversationReceived({ ...from, events, viewerId: viewer, receivedAt: 1 });
}

function rowOf(state: MessagesState, id: string): MessageRecord | undefined {
  const log = findLog(state, 'general');
  return log === undefined ? undefined : findMessage(log, id);
}

describe('a change that comes before its message (L3)', () => {
  const changes = fc.array(fc.record({ kind: fc.nat({ max: 5 }), n: fc.nat({ max: 20 }) }), {
    maxLength: 20,
  });

  /** One message and what happened to it. */
  function story(said: Versions, steps: readonly { kind: number; n: number }[]) {
    const server = new SimServer({ versions: said });
    const [create] = server.create(1, 1);
    const message = server.messages[0];
    if (create === undefined || message === undefined) throw new Error('nothing was created');
    const told = steps.flatMap(({ kind, n }) => {
      if (message.deletedAt !== null) return [];
      if (kind === 0) return server.edit(message);
      if (kind === 1) return server.attach(message, n);
      if (kind === 2) return server.react(message, n, n >> 2);
      if (kind === 3) return server.sayReactions(message);
      if (kind === 4) return server.reply(n, message).slice(1);
      return n % 3 === 0 ? server.remove(message) : [];
    });
    return { create, told, id: message.id };
  }

  it('has the same effect as one that comes after, wherever in between the message arrives', () => {
    fc.assert(
      fc.property(versions, changes, fc.nat({ max: 20 }), (said, steps, at) => {
        const { create, told, id } = story(said, steps);
        const after = reduce([tell([create], 1), ...told.map((event, i) => tell([event], i + 2))]);
        const early = told.slice(0, at).map((event, i) => tell([event], i + 2));
        const late = told.slice(at).map((event, i) => tell([event], at + i + 2));
        const before = reduce([...early, tell([create], 100), ...late]);
        const [a, b] = [rowOf(before, id), rowOf(after, id)];
        if (a === undefined || b === undefined) throw new Error('the message is not held');
        expectEqual(visibleOfRecord(a), visibleOfRecord(b));
        expectSame(a.isEdited, b.isEdited);
        expectEqual(before.homeless, []);
        expectEqual(before.channels[0]?.parked, []);
      }),
      { numRuns: 500 },
    );
  });

  it('has it too where a page or a reply brings the message, read before the change', () => {
    fc.assert(
      fc.property(versions, changes, fc.boolean(), (said, steps, isPage) => {
        const { create, told, id } = story(said, steps);
        const after = reduce([tell([create], 1), ...told.map((event, i) => tell([event], i + 2))]);
        const message: MessageFact = create.type === 'reaction' ? { id } : create.message;
        const asked = { asOf: 1, absentBefore: 0, oldestInFlight: null };
        const range = { from: null, to: null };
        const page = { channelId: 'general', parentId: null, messages: [message], range };
        const before = reduce([
          ...told.map((event, i) => tell([event], i + 2)),
          isPage ? pageReceived({ ...asked, ...page }) : messageFetched({ ...asked, message }),
        ]);
        const [a, b] = [rowOf(before, id), rowOf(after, id)];
        if (a === undefined || b === undefined) throw new Error('the message is not held');
        expectEqual(visibleOfRecord(a), visibleOfRecord(b));
        expectEqual(before.homeless, []);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a partial event (L4)', () => {
  const reactions: readonly Reaction[] = [
    {
      emoji: '👍',
      count: 1,
      users: [{ userId: 'omar', username: 'omar', at: null }],
      mine: false,
    },
  ];
  const whole: MessageFact = {
    ...{ id: 'm1', channelId: 'general', userId: 'omar', parentId: null, type: 'text' },
    ...{ content: 'text', createdAt: 10, editedAt: null, updatedAt: 10, deletedAt: null },
    ...{ threadCount: 2, files: [], metadata: { a: 1 }, fromAgent: 'helper', isRead: true },
    reactions,
  };
  const news = fc.record(
    {
      content: fc.constant('changed'),
      threadCount: fc.constant(3),
      metadata: fc.constant({ b: 2 }),
      type: fc.constant('image' as const),
      reactions: fc.constant([]),
    },
    { requiredKeys: [], noNullPrototype: true },
  );

  it('changes the fields that it carries and leaves every other as it was', () => {
    fc.assert(
      fc.property(news, fc.constantFrom(undefined, null, 20), (what, updatedAt) => {
        const asked = { asOf: 1, absentBefore: 0, oldestInFlight: null };
        const before = reduce([messageFetched({ ...asked, message: whole })]);
        const at = updatedAt === undefined ? {} : { updatedAt };
        const message: MessageFact = { id: 'm1', channelId: 'general', ...what, ...at };
        const event: SimEvent = { type: 'broadcast', op: 'edit', message };
        const held = rowOf(before, 'm1');
        const row = rowOf(messagesReducer(before, tell([event], 5)), 'm1');
        const visible = ['content', 'type', 'metadata', 'files', 'threadCount', 'isRead'] as const;
        for (const key of visible) {
          if (key in what) expectEqual(row?.[key], message[key]);
          else expectSame(row?.[key], held?.[key]);
        }
        expectEqual(row?.reactions, 'reactions' in what ? [] : reactions);
        for (const key of ['userId', 'fromAgent', 'createdAt', 'parentId'] as const) {
          expectSame(row?.[key], held?.[key]);
        }
        expectSame(row?.isEdited, 'content' in what);
      }),
      { numRuns: 300 },
    );
  });

  it('never takes from the viewer what only the viewer’s own answers say', () => {
    const person = fc.constantFrom('lina', 'omar', 'salma');
    const set = fc
      .record({
        people: fc.uniqueArray(person, { minLength: 1 }),
        unlisted: fc.nat({ max: 2 }),
      })
      .map(({ people, unlisted }) => ({
        emoji: '👍',
        count: people.length + unlisted,
        users: people.map((userId) => ({ userId, username: null, at: null })),
      }));
    fc.assert(
      fc.property(set, fc.boolean(), (reaction, wasMine) => {
        const asked = { asOf: 1, absentBefore: 0, oldestInFlight: null };
        const held = { emoji: '👍', count: 9, users: [], mine: wasMine };
        const message: MessageFact = { ...whole, reactions: [held] };
        const before = reduce([messageFetched({ ...asked, message })]);
        const said: MessageFact = {
          ...{ id: 'm1', channelId: 'general', updatedAt: 20, reactions: [reaction] },
        };
        const event: SimEvent = { type: 'broadcast', op: 'edit', message: said };
        const row = rowOf(messagesReducer(before, tell([event], 5)), 'm1');
        const isListed = reaction.users.some(({ userId }) => userId === viewer);
        const isWhole = reaction.count === reaction.users.length;
        expectSame(row?.isRead, true);
        expectSame(row?.reactions[0]?.mine ?? false, isListed || (!isWhole && wasMine));
      }),
      { numRuns: 300 },
    );
  });
});
