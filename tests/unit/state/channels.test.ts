import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { channelsReceived } from '../../../src/actions/history';
import { channelInitialised } from '../../../src/actions/stream';
import type { ChannelFact } from '../../../src/protocol/models';
import type { ChannelsState } from '../../../src/state/channels';
import { channelsReducer } from '../../../src/state/channels';
import {
  asked,
  channelOf,
  channelsHeard,
  design,
  general,
  minute,
  snapshot,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const fold = (...actions: readonly UnknownAction[]): ChannelsState =>
  actions.reduce<ChannelsState>(
    (state, action) => frozen(channelsReducer(state, action)),
    channelsReducer(undefined, { type: 'start' }),
  );
const listed = (asOf: number, channels: readonly ChannelFact[], complete = true) =>
  channelsReceived({ ...asked(asOf), channels, complete });
const names = (state: ChannelsState): string[] => state.list.map(({ name }) => name);
const removed = { type: 'channel_event', op: 'deleted', channelId: general } as const;
const preview = { id: 'm1', content: 'أهلا', userId: null, username: 'omar', createdAt: minute(1) };

describe('channels', () => {
  it('come with a snapshot, which also says where the viewer is', () => {
    const state = fold(snapshot(1));
    expect(names(state)).toEqual(['general', 'تصميم']);
    expect(state).toMatchObject({ currentId: general, project: { slug: 'hudhud' } });
  });

  it('say since when they are known, in whatever order that is told', () => {
    const state = fold(
      listed(5, [channelOf(general)]),
      listed(3, [channelOf(general)]),
      snapshot(9),
    );
    expect(state.list[0]).toMatchObject({ id: general, since: 3 });
  });

  it('change only in what is said of them (L4)', () => {
    const state = fold(
      listed(1, [channelOf(general, { description: 'Everything', lastMessage: preview })]),
      listed(2, [{ id: general, name: 'everyone' }]),
    );
    expect(state.list[0]).toMatchObject({
      ...{ name: 'everyone', slug: 'general', description: 'Everything', lastMessage: preview },
    });
  });

  it('keep a newer word against an older answer, which still fills what nobody had said', () => {
    const renamed = { type: 'channel_event', op: 'updated', channelId: general } as const;
    const state = fold(
      channelsHeard(5, { ...renamed, channel: { id: general, name: 'new name' } }),
      listed(3, [channelOf(general, { name: 'old name', description: 'Everything' })]),
    );
    expect(state.list[0]).toMatchObject({ name: 'new name', description: 'Everything' });
  });

  it('are gone once a complete answer does not list them, unless they became known since', () => {
    const made = channelsHeard(9, {
      ...{ type: 'channel_event', op: 'created', channelId: 'c9' },
      channel: channelOf('c9', { name: 'brand new' }),
    });
    const state = fold(snapshot(1), made, listed(5, [channelOf(general)]));
    expect(names(state)).toEqual(['general', 'brand new']);
    expect(names(fold(snapshot(1), listed(5, [channelOf(general)], false)))).toHaveLength(2);
  });

  it('do not come back by an answer that is older than their end (L2)', () => {
    const state = fold(snapshot(1), channelsHeard(5, removed));
    expect(names(state)).toEqual(['تصميم']);
    expect(state.currentId).toBeNull();
    expect(names(channelsReducer(state, listed(4, [channelOf(general)], false)))).toEqual([
      'تصميم',
    ]);
    const missing = fold(snapshot(1), listed(5, [channelOf(general)]));
    expect(names(channelsReducer(missing, listed(4, [channelOf(design)], false)))).toEqual([
      'general',
    ]);
    expect(names(channelsReducer(state, listed(6, [channelOf(general)], false)))).toContain(
      'general',
    );
  });

  it('of another project are let go when one is opened, which is not to be gone', () => {
    const other = channelOf('c9', { name: 'plans', projectId: 'p9' });
    const state = fold(listed(1, [other], false), snapshot(5));
    expect(names(state)).toEqual(['general', 'تصميم']);
    expect(state.gone).toEqual([{ id: 'c9', o: 5, isElsewhere: true }]);
    // an older answer does not bring them among those that are open
    expect(names(channelsReducer(state, listed(4, [other], false)))).not.toContain('plans');
    const ended = { ...removed, channelId: 'c9' };
    expect(channelsReducer(state, channelsHeard(7, ended)).gone).toEqual([{ id: 'c9', o: 7 }]);
  });

  it('tell of themselves when their own stream opens', () => {
    const event = {
      ...{ type: 'channel_init' as const, members: [], timestamp: null },
      channel: channelOf(design, { name: 'تصميم' }),
    };
    const from = { stream: `channel:${design}`, epoch: 1, ordinal: 3 } as const;
    expect(names(fold(channelInitialised({ ...from, event })))).toEqual(['تصميم']);
  });

  it('stay the same for what is known', () => {
    const state = fold(snapshot(1), channelsHeard(5, removed));
    expect(channelsReducer(state, channelsHeard(5, removed))).toBe(state);
    const two = fold(snapshot(1));
    expect(channelsReducer(two, snapshot(1))).toBe(two);
  });
});
