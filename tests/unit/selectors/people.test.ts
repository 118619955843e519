import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { sessionStarted } from '../../../src/actions/session';
import { createSelectors } from '../../../src/selectors/createSelectors';
import type { HudhudState } from '../../../src/state/rootReducer';
import { createRootReducer } from '../../../src/state/rootReducer';
import { typingTtlMs } from '../../../src/state/typing';
import {
  connection,
  design,
  general,
  heard,
  lina,
  minute,
  omar,
  presenceHeard,
  presenceOf,
  salma,
  snapshot,
  typing,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const reduce = createRootReducer('hudhud');
const fold = (...actions: readonly UnknownAction[]): { readonly hudhud: HudhudState } => ({
  hudhud: frozen(actions.reduce(reduce, reduce(undefined, { type: 'start' }))),
});
const select = createSelectors();
const signedIn = [connection('open'), sessionStarted({ user: { id: lina } })];

describe('people', () => {
  it('are found by id, with what was last heard of them', () => {
    const root = fold(
      ...signedIn,
      snapshot(1),
      presenceHeard(5, presenceOf(omar, { status: 'busy' })),
    );
    expect(select.selectUser(root, omar)?.fullName).toBe('عمر حداد');
    expect(select.selectPresence(root, omar)?.status).toBe('busy');
    expect(select.selectMembers(root, 'p1')).toHaveLength(2);
  });

  it('who are not known are offline nobodies', () => {
    const root = fold();
    expect(select.selectUser(root, '__proto__')).toBeNull();
    expect(select.selectPresence(root, salma)).toBeNull();
    expect(select.selectPresenceStatus(root, salma)).toBe('offline');
    expect(select.selectMembers(root, general)).toBe(select.selectMembers(root, design));
  });

  it('are online unless they are offline; the server’s count is believed (D22)', () => {
    const root = fold(
      ...signedIn,
      presenceHeard(5, presenceOf(omar), presenceOf(salma, { status: 'offline' })),
    );
    expect(select.selectOnlineUsers(root).map(({ id }) => id)).toEqual([omar]);
    expect(select.selectOnlineCount(root)).toBe(1);
    const counted = fold(...signedIn, presenceHeard(5, presenceOf(omar, { onlineCount: 9 })));
    expect(select.selectOnlineCount(counted)).toBe(9);
  });

  it('are as they were last heard of while the stream is closed', () => {
    expect(select.selectIsPresenceStale(fold(...signedIn))).toBe(false);
    expect(select.selectIsPresenceStale(fold(...signedIn, connection('waiting')))).toBe(true);
  });
});

describe('typing (D21)', () => {
  it('lists the others, not the viewer', () => {
    const root = fold(...signedIn, snapshot(1), heard(5, typing(lina), typing(omar)));
    expect(select.selectTypingUserIds(root, general)).toEqual([omar]);
    expect(select.selectTypingUsers(root, general)).toMatchObject([{ username: 'omar' }]);
  });

  it('is the same empty list where nobody types, or only the viewer', () => {
    const root = fold(...signedIn, heard(5, typing(lina)));
    expect(select.selectTypingUserIds(root, general)).toEqual([]);
    expect(select.selectTypingUserIds(root, general)).toBe(
      select.selectTypingUserIds(root, design),
    );
    expect(select.selectTypingUsers(root, general)).toEqual([]);
  });

  it('follows who becomes known', () => {
    const root = fold(...signedIn, heard(5, typing(salma)));
    expect(select.selectTypingUsers(root, general)).toMatchObject([{ id: salma, username: null }]);
    const named = {
      hudhud: reduce(root.hudhud, presenceHeard(6, presenceOf(salma, { username: 'salma' }))),
    };
    expect(select.selectTypingUsers(named, general)).toMatchObject([{ username: 'salma' }]);
  });

  it('knows when someone next counts as having stopped', () => {
    expect(select.selectNextTypingDeadline(fold(...signedIn))).toBeNull();
    const root = fold(...signedIn, heard(5, typing(omar), typing(salma, true, design)));
    expect(select.selectNextTypingDeadline(root)).toBe(minute(2) + typingTtlMs);
  });
});
