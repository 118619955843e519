import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { membersReceived } from '../../../src/actions/history';
import { sessionStarted } from '../../../src/actions/session';
import { channelInitialised, sessionInitialised } from '../../../src/actions/stream';
import { tableGet } from '../../../src/state/table';
import type { UsersState } from '../../../src/state/users';
import { usersReducer } from '../../../src/state/users';
import {
  asked,
  channelOf,
  channelsHeard,
  created,
  general,
  heard,
  lina,
  messageOf,
  omar,
  page,
  presenceHeard,
  presenceOf,
  reply,
  salma,
  snapshot,
  typing,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const fold = (...actions: readonly UnknownAction[]): UsersState =>
  actions.reduce<UsersState>(
    (state, action) => frozen(usersReducer(state, action)),
    usersReducer(undefined, { type: 'start' }),
  );
const named = messageOf('m1', { userId: salma, username: 'salma' });
const from = { stream: 'main', epoch: 1, ordinal: 3 } as const;
const user = { id: salma, username: 'salma' };

describe('users', () => {
  it.each<[string, UnknownAction]>([
    ['messages', heard(1, created('m1', { userId: salma, username: 'salma' }))],
    ['typing', heard(1, { ...typing(salma), username: 'salma' })],
    ['presence', presenceHeard(1, presenceOf(salma, { username: 'salma' }))],
    [
      'those who join',
      channelsHeard(1, {
        ...{ type: 'channel_event', op: 'memberJoined', channelId: general },
        ...{ userId: salma, username: 'salma' },
      }),
    ],
    ['pages', page(1, [named])],
    ['replies', reply(1, named)],
    ['snapshots', snapshot(1, { users: [user] })],
    ['a snapshot’s messages', snapshot(1, { page: page(1, [named]).payload })],
    [
      'lists of members',
      membersReceived({ ...asked(1), channelId: general, members: [], users: [user] }),
    ],
    ['sign-in', sessionStarted({ user })],
    [
      'the stream’s first frame',
      sessionInitialised({ ...from, userId: salma, username: 'salma', channelIds: null }),
    ],
    [
      'a channel’s first frame',
      channelInitialised({
        ...from,
        event: {
          ...{ type: 'channel_init', channel: channelOf(general), timestamp: null },
          members: [{ userId: salma, user }],
        },
      }),
    ],
  ])('become known by %s', (_name, action) => {
    expect(tableGet(fold(action), salma)?.username).toBe('salma');
  });

  it('keep a newer name against an older one, which still fills what is not known', () => {
    const state = fold(
      heard(9, created('m1', { username: 'omar-h' })),
      snapshot(5, { users: [{ id: omar, username: 'omar', fullName: 'عمر حداد' }] }),
    );
    expect(tableGet(state, omar)).toMatchObject({ username: 'omar-h', fullName: 'عمر حداد' });
  });

  it('lose no name to a frame that leaves it out or empty (L4)', () => {
    const state = fold(snapshot(1));
    const said = heard(5, created('m1', { userId: lina, username: null, fullName: null }));
    expect(usersReducer(state, said)).toBe(state);
  });

  it('are not learned from a message without an author', () => {
    const state = fold(heard(1, created('m1', { userId: null, username: 'ghost' })));
    expect(state).toBe(fold());
  });

  it('hold no addresses', () => {
    const state = fold(snapshot(1, { users: [{ ...user, email: 'salma@example.com' }] }));
    expect(JSON.stringify(state)).not.toContain('salma@example.com');
  });
});
