import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { typingExpired } from '../../../src/actions/expiry';
import type { TypingState } from '../../../src/state/typing';
import { typingReducer, typingTtlMs } from '../../../src/state/typing';
import {
  channelsHeard,
  connection,
  created,
  design,
  general,
  heard,
  minute,
  omar,
  salma,
  typing,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const fold = (...actions: readonly UnknownAction[]): TypingState =>
  actions.reduce<TypingState>(
    (state, action) => frozen(typingReducer(state, action)),
    typingReducer(undefined, { type: 'start' }),
  );
const who = (state: TypingState, channelId: string = general): string[] =>
  state.find((known) => known.channelId === channelId)?.users.map(({ userId }) => userId) ?? [];
const until = minute(2) + typingTtlMs;

describe('typing (D21)', () => {
  it('lists people in the order in which they began, per channel', () => {
    const state = fold(
      heard(1, typing(omar), typing(salma), typing(omar), typing(omar, true, design)),
    );
    expect(who(state)).toEqual([omar, salma]);
    expect(who(state, design)).toEqual([omar]);
  });

  it.each<[string, UnknownAction]>([
    ['says so', heard(2, typing(omar, false))],
    ['has written', heard(2, created('m1', { userId: omar }))],
    [
      'has left',
      channelsHeard(2, {
        type: 'channel_event',
        op: 'memberLeft',
        channelId: general,
        userId: omar,
      }),
    ],
    ['was not heard for long', typingExpired({ now: until })],
    ['cannot be heard any more', connection('waiting')],
  ])('ends when someone %s', (_name, action) => {
    expect(who(fold(heard(1, typing(omar)), action))).toEqual([]);
  });

  it('ends with the channel, for everyone in it and nobody else', () => {
    const gone = channelsHeard(2, { type: 'channel_event', op: 'deleted', channelId: general });
    const state = fold(heard(1, typing(omar), typing(salma), typing(omar, true, design)), gone);
    expect(state.map(({ channelId }) => channelId)).toEqual([design]);
  });

  it('goes on before its deadline, and with a word that renews it', () => {
    const state = fold(heard(1, typing(omar)));
    expect(typingReducer(state, typingExpired({ now: until - 1 }))).toBe(state);
  });

  it('is not ended by what someone else does, or does elsewhere', () => {
    const state = fold(heard(1, typing(omar)));
    expect(typingReducer(state, heard(2, created('m1', { userId: salma })))).toBe(state);
    expect(typingReducer(state, heard(2, created('m1', { userId: omar, channelId: design })))).toBe(
      state,
    );
    expect(typingReducer(state, heard(2, typing(salma, false)))).toBe(state);
    expect(typingReducer(state, connection('waiting', 1, `channel:${design}`))).toBe(state);
  });

  it('of one channel leaves the entries of others as they were', () => {
    const state = fold(heard(1, typing(omar), typing(omar, true, design)));
    const next = typingReducer(state, heard(2, typing(salma)));
    const entry = (known: TypingState) => known.find(({ channelId }) => channelId === design);
    expect(entry(next)).toBe(entry(state));
  });

  it('has one empty state', () => {
    expect(fold(heard(1, typing(omar), typing(omar, false)))).toBe(fold());
  });
});
