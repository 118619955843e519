import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import type { PresenceState } from '../../../src/state/presence';
import { presenceReducer } from '../../../src/state/presence';
import { tableGet } from '../../../src/state/table';
import {
  connection,
  general,
  lina,
  minute,
  omar,
  presenceHeard,
  presenceOf,
  salma,
  snapshot,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const fold = (...actions: readonly UnknownAction[]): PresenceState =>
  actions.reduce<PresenceState>(
    (state, action) => frozen(presenceReducer(state, action)),
    presenceReducer(undefined, { type: 'start' }),
  );
const statusOf = (state: PresenceState, id: string) => tableGet(state.people, id)?.status;

describe('presence (D22)', () => {
  it('starts with the roster of a snapshot', () => {
    const state = fold(snapshot(1));
    expect([statusOf(state, lina), statusOf(state, omar)]).toEqual(['online', 'away']);
    expect(state.online).toBe(2);
  });

  it('takes an update of someone unknown', () => {
    expect(statusOf(fold(presenceHeard(1, presenceOf(salma, { status: 'busy' }))), salma)).toBe(
      'busy',
    );
  });

  it('leaves no ghosts: who is missing from a later snapshot is not online', () => {
    const state = fold(presenceHeard(1, presenceOf(salma)), snapshot(5));
    expect(statusOf(state, salma)).toBeUndefined();
    expect(state.online).toBe(2);
  });

  it('keeps what was heard after the snapshot was asked for, new word or the same again', () => {
    const away = presenceOf(omar, { status: 'offline' });
    expect(statusOf(fold(presenceHeard(9, away), snapshot(5)), omar)).toBe('offline');
    const again = fold(presenceHeard(1, presenceOf(omar)), presenceHeard(9, presenceOf(omar)));
    expect(statusOf(presenceReducer(again, snapshot(5)), omar)).toBe('online');
    expect(statusOf(fold(presenceHeard(9, presenceOf(salma)), snapshot(5)), salma)).toBe('online');
  });

  it('believes the server’s count rather than its own, and moves it with each change', () => {
    const counted = fold(presenceHeard(1, presenceOf(omar, { onlineCount: 40 })));
    expect(counted).toMatchObject({ serverCount: 40, online: 1 });
    const later = presenceReducer(counted, presenceHeard(2, presenceOf(salma)));
    expect(later).toMatchObject({ serverCount: 41, online: 2 });
    expect(fold(snapshot(1, { onlineCount: 12 })).serverCount).toBe(12);
  });

  it('takes times from the server only', () => {
    const seen = presenceOf(omar, { status: 'offline', lastSeen: minute(1) });
    const state = fold(presenceHeard(1, seen, presenceOf(salma)));
    expect(tableGet(state.people, omar)?.lastSeen).toBe(minute(1));
    expect(tableGet(state.people, salma)?.lastSeen).toBeNull();
  });

  it('remembers where someone is until it is said otherwise', () => {
    const there = presenceHeard(1, presenceOf(omar, { currentChannel: general }));
    const place = (...actions: readonly UnknownAction[]) =>
      tableGet(fold(there, ...actions).people, omar)?.currentChannel;
    expect(place(presenceHeard(2, presenceOf(omar)))).toBe(general);
    expect(place(presenceHeard(2, presenceOf(omar, { currentChannel: null })))).toBeNull();
  });

  it('is stale while the main stream is not open, and is kept meanwhile', () => {
    const state = fold(
      connection('open'),
      presenceHeard(1, presenceOf(omar)),
      connection('waiting'),
    );
    expect(state).toMatchObject({ isStale: true, online: 1 });
    expect(presenceReducer(state, connection('open', 2)).isStale).toBe(false);
    expect(presenceReducer(state, connection('open', 2, `channel:${general}`))).toBe(state);
  });

  it('ignores what it has heard already', () => {
    const action = presenceHeard(1, presenceOf(omar), presenceOf(salma));
    const state = fold(action, snapshot(3));
    expect(presenceReducer(state, snapshot(3))).toBe(state);
    expect(presenceReducer(state, presenceHeard(1, presenceOf(omar)))).toBe(state);
  });
});
