import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { membersReceived } from '../../../src/actions/history';
import { channelInitialised } from '../../../src/actions/stream';
import type { MemberFact } from '../../../src/protocol/models';
import type { ChannelEvent } from '../../../src/protocol/serverEvents';
import type { MembersState } from '../../../src/state/members';
import { membersReducer } from '../../../src/state/members';
import {
  asked,
  channelOf,
  channelsHeard,
  general,
  lina,
  omar,
  salma,
  snapshot,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const fold = (...actions: readonly UnknownAction[]): MembersState =>
  actions.reduce<MembersState>(
    (state, action) => frozen(membersReducer(state, action)),
    membersReducer(undefined, { type: 'start' }),
  );
const listed = (asOf: number, ...members: readonly MemberFact[]) =>
  membersReceived({ ...asked(asOf), channelId: general, members, users: [] });
const event = (op: ChannelEvent['op'], userId: string, role?: string): ChannelEvent => ({
  ...{ type: 'channel_event', op, channelId: general, userId },
  ...(role === undefined ? {} : { role }),
});
const ids = (state: MembersState, scopeId: string = general) =>
  state.find((scope) => scope.scopeId === scopeId)?.list.map(({ userId }) => userId);

describe('members', () => {
  it('are complete once an answer listed them, and not before', () => {
    const heard = fold(channelsHeard(1, event('memberJoined', omar)));
    expect(heard[0]).toMatchObject({ isComplete: false, list: [{ userId: omar }] });
    expect(membersReducer(heard, listed(5, { userId: lina }))[0]).toMatchObject({
      ...{ isComplete: true, list: [{ userId: lina }] },
    });
  });

  it('of a snapshot are the project’s', () => {
    expect(ids(fold(snapshot(1)), 'p1')).toEqual([lina, omar]);
  });

  it('keep what was heard after the answer was asked for', () => {
    const state = fold(
      channelsHeard(5, event('memberJoined', salma), event('memberLeft', omar)),
      listed(4, { userId: lina }, { userId: omar }),
    );
    expect(ids(state)).toEqual([lina, salma]);
  });

  it('keep a newer answer against an older one that comes later', () => {
    const state = fold(listed(5, { userId: lina }), listed(4, { userId: omar }));
    expect(ids(state)).toEqual([lina]);
  });

  it('change their role, join once, and leave', () => {
    const state = fold(
      listed(1, { userId: omar, role: 'member' }),
      channelsHeard(2, event('memberUpdated', omar, 'admin'), event('memberJoined', omar)),
    );
    expect(state[0]?.list).toEqual([{ userId: omar, role: 'admin', joinedAt: null }]);
    expect(ids(membersReducer(state, channelsHeard(4, event('memberLeft', omar))))).toEqual([]);
  });

  it('of a channel that is deleted are forgotten', () => {
    const state = fold(listed(1, { userId: omar }));
    const gone = channelsHeard(2, { type: 'channel_event', op: 'deleted', channelId: general });
    expect(membersReducer(state, gone)).toEqual([]);
    expect(membersReducer(fold(), gone)).toBe(fold());
  });

  it('come with the first frame of a channel’s stream', () => {
    const from = { stream: `channel:${general}`, epoch: 1, ordinal: 3 } as const;
    const first = (members: readonly MemberFact[]) =>
      channelInitialised({
        ...from,
        event: { type: 'channel_init', channel: channelOf(general), members, timestamp: null },
      });
    expect(ids(fold(first([{ userId: omar }])))).toEqual([omar]);
    expect(fold(first([]))).toEqual([]);
  });
});
