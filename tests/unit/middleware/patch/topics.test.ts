import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import { channelsReceived, membersReceived } from '../../../../src';
import type { PatchedState } from '../../../../src/middleware/patch/topics';
import { changedTopics } from '../../../../src/middleware/patch/topics';
import {
  asked,
  channelOf,
  connection,
  created,
  general,
  heard,
  messageOf,
  omar,
  page,
  presenceHeard,
  presenceOf,
  typing,
} from '../../../support/exampleData';
import type { Root } from '../../../support/roots';
import { after, rootOf } from '../../../support/roots';

const open = rootOf(connection('open'));
const topicsOf = (action: UnknownAction, before: Root = open): readonly string[] =>
  changedTopics(before.hudhud, after(before, action).hudhud);

const inGeneral = [`messages:${general}`, 'channels', 'unread'];

describe('changedTopics', () => {
  it('are none where everything is the same', () => {
    expect(changedTopics(open.hudhud, { ...open.hudhud })).toEqual([]);
    const read = page(2, [messageOf('m1')]);
    const known = after(open, read);
    expect(topicsOf(read, known)).toEqual([]);
    expect(topicsOf(heard(3, typing(omar)), known)).toEqual([]);
  });

  it('of a message: its channel, and what is counted', () => {
    const known = after(open, page(1, [messageOf('m0')]));
    expect(topicsOf(heard(1, created('m1')), known)).toEqual(inGeneral);
  });

  it('of a change that names no channel, to a message that nobody knows: every channel', () => {
    const { channelId: _, ...message } = messageOf('m1');
    const unknown = { type: 'message', op: 'delete', message } as const;
    expect(topicsOf(heard(1, unknown))).toContain('messages:');
  });

  it('of a name that is learned: every row, and people', () => {
    expect(topicsOf(page(2, [messageOf('m1')]))).toEqual([
      ...[`messages:${general}`, 'messages:', 'channels', 'unread', 'people'],
    ]);
  });

  it('of people, members and channels: those', () => {
    expect(topicsOf(presenceHeard(1, presenceOf(omar)))).toContain('people');
    const members = [{ userId: omar }];
    expect(
      topicsOf(membersReceived({ channelId: general, members, users: [], ...asked(1) })),
    ).toEqual([`members:${general}`]);
    const channels = [channelOf(general)];
    const told = channelsReceived({ channels, complete: false, ...asked(1) });
    expect(topicsOf(told)).toEqual(inGeneral);
  });

  it('of wishes: the channels whose wishes changed', () => {
    const [one, other] = ['c1', 'c2'].map((channelId) => ({ channelId, operations: [] }));
    const having = (...channels: unknown[]): PatchedState =>
      ({ ...open.hudhud, outbox: { ...open.hudhud.outbox, channels } }) as PatchedState;
    expect(changedTopics(having(one), having({ ...one, operations: [] }))).toEqual([
      ...['messages:c1', 'channels', 'unread'],
    ]);
    expect(changedTopics(having(one, other), having(one, other))).not.toContain('messages:c1');
    const uploads = { ...having(one), outbox: { ...having(one).outbox, uploads: [] } };
    expect(changedTopics(having(one), uploads)).toContain('messages:c1');
  });

  it('of a key that is let go: every channel, as it may be of any message', () => {
    const keyed = (...ids: readonly string[]): PatchedState => {
      const aliases = ids.map((messageId) => ({ messageId, clientId: `c-${messageId}` }));
      return { ...open.hudhud, outbox: { ...open.hudhud.outbox, aliases } };
    };
    const before = keyed('m1', 'm2');
    const { outbox } = before;
    const [, second] = outbox.aliases;
    const rest = second === undefined ? [] : [second];
    const later = { ...before, outbox: { ...outbox, aliases: rest } };
    expect(changedTopics(before, later)).toEqual(['messages:', 'channels', 'unread']);
    const more = [...outbox.aliases, { messageId: 'm3', clientId: 'c-m3' }];
    const added = { ...before, outbox: { ...outbox, aliases: more } };
    expect(changedTopics(before, added)).not.toContain('messages:');
  });

  it('of the line above what is unread: the rows between which it stands', () => {
    const lines = (anchor: string | null): PatchedState => ({
      ...open.hudhud,
      reads: {
        ...open.hudhud.reads,
        channels: [{ channelId: 'c1', anchor } as never],
      },
    });
    expect(changedTopics(lines(null), lines('m1'))).toEqual(['messages:c1', 'channels', 'unread']);
  });
});
