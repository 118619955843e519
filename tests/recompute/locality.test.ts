import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';
import { setGlobalDevModeChecks } from 'reselect';

import { sessionStarted } from '../../src/actions/session';
import type { HudhudSelectors } from '../../src/selectors/createSelectors';
import { createSelectors } from '../../src/selectors/createSelectors';
import type { HudhudState } from '../../src/state/rootReducer';
import { createRootReducer } from '../../src/state/rootReducer';
import {
  channelsHeard,
  connection,
  created,
  deleted,
  design,
  edited,
  general,
  heard,
  lina,
  minute,
  omar,
  page,
  presenceHeard,
  presenceOf,
  reacted,
  salma,
  snapshot,
  typing,
  messageOf,
} from '../support/exampleData';

const reduce = createRootReducer('hudhud');
const fold = (actions: readonly UnknownAction[], from?: HudhudState): HudhudState =>
  actions.reduce(reduce, from ?? reduce(undefined, { type: 'start' }));

/** Two channels with messages, threads, people who type, and everyone online. */
function workspace(): HudhudState {
  return fold([
    connection('open'),
    sessionStarted({ user: { id: lina, username: 'lina' } }),
    snapshot(1),
    page(2, [messageOf('a1'), messageOf('a2', { createdAt: minute(2) })]),
    page(3, [messageOf('b1', { channelId: design })], { channelId: design }),
    heard(
      10,
      created('b2', { channelId: design, createdAt: minute(3), content: 'ما رأيكم باللون؟' }),
      created('b3', { channelId: design, parentId: 'b1', createdAt: minute(4) }),
      typing(omar, true, design),
      typing(omar, true, general),
    ),
    presenceHeard(20, presenceOf(omar), presenceOf(salma)),
  ]);
}

/** Everything that a screen of one channel reads. */
function read(selectors: HudhudSelectors, state: HudhudState, channelId: string): unknown[] {
  const root = { hudhud: state };
  return [
    selectors.selectMessages(root, channelId),
    selectors.selectReplies(root, channelId, 'b1'),
    selectors.selectMessage(root, channelId, 'b1'),
    selectors.selectTimelineInfo(root, channelId),
    selectors.selectTimelineInfo(root, channelId, 'b1'),
    selectors.selectHeldTimeline(root, channelId, null),
    selectors.selectTimeline(root, channelId),
    selectors.selectTimeline(root, channelId, 'b1'),
    selectors.selectRow(root, channelId, 'b1'),
    selectors.selectOperations(root, channelId),
    selectors.selectUploads(root, channelId),
    selectors.selectChannel(root, channelId),
    selectors.selectChannelPreview(root, channelId),
    selectors.selectMembers(root, channelId),
    selectors.selectTypingUserIds(root, channelId),
    selectors.selectTypingUsers(root, channelId),
    selectors.selectIsCovered(root, channelId),
  ];
}

function recomputations(selectors: HudhudSelectors): number {
  return Object.values(selectors).reduce<number>((sum, selector: unknown) => {
    const counted = selector as { readonly recomputations?: () => number };
    return sum + (counted.recomputations?.() ?? 0);
  }, 0);
}

describe('what an event makes anew (L14)', () => {
  const warn = jest.spyOn(console, 'warn');
  beforeEach(() => {
    setGlobalDevModeChecks({ inputStabilityCheck: 'always', identityFunctionCheck: 'always' });
    warn.mockReset();
  });
  afterEach(() => {
    expect(warn).not.toHaveBeenCalled();
    setGlobalDevModeChecks({ inputStabilityCheck: 'once', identityFunctionCheck: 'once' });
  });

  it.each<[string, UnknownAction]>([
    ['a new message', heard(30, created('a3', { createdAt: minute(9) }))],
    [
      'a message of someone unknown',
      heard(30, created('a4', { userId: 'u9', username: 'youssef', createdAt: minute(9) })),
    ],
    ['an edit', heard(30, edited('a1', { content: 'The build is green again' }))],
    ['a delete', heard(30, deleted('a1'))],
    ['a reaction', heard(30, reacted('a1', salma))],
    ['a reply', heard(30, created('a5', { parentId: 'a1', createdAt: minute(9) }))],
    ['a change to an unknown message', heard(30, edited('a9', { content: '?' }))],
    ['typing', heard(30, typing(salma))],
    ['the end of typing', heard(30, typing(omar, false))],
    ['a page', page(30, [messageOf('a0', { createdAt: minute(0) }), messageOf('a1')])],
    ['someone who leaves', channelsHeard(30, left(general, omar))],
    ['presence', presenceHeard(30, presenceOf(omar, { status: 'away' }))],
  ])('%s in one channel recomputes nothing of another', (_name, action) => {
    const selectors = createSelectors();
    const state = workspace();
    const before = read(selectors, state, design);
    const counted = recomputations(selectors);
    const after = read(selectors, fold([action], state), design);
    after.forEach((value, i) => {
      expect(value).toBe(before[i]);
    });
    expect(recomputations(selectors)).toBe(counted);
  });

  it('presence of one person leaves every other and all messages alone', () => {
    const selectors = createSelectors();
    const state = workspace();
    const next = fold([presenceHeard(30, presenceOf(omar, { status: 'busy' }))], state);
    const [before, after] = [{ hudhud: state }, { hudhud: next }];
    expect(selectors.selectPresenceStatus(after, omar)).toBe('busy');
    expect(selectors.selectPresence(after, salma)).toBe(selectors.selectPresence(before, salma));
    expect(selectors.selectUser(after, omar)).toBe(selectors.selectUser(before, omar));
    for (const channelId of [general, design]) {
      read(selectors, next, channelId).forEach((value, i) => {
        expect(value).toBe(read(selectors, state, channelId)[i]);
      });
    }
  });

  it('a hundred events of other channels cause no recomputation at all', () => {
    const selectors = createSelectors();
    let state = workspace();
    read(selectors, state, design);
    const counted = recomputations(selectors);
    for (let i = 0; i < 100; i++) {
      const event = created(`c${i}`, { channelId: `channel ${i % 7}`, createdAt: minute(10 + i) });
      state = fold([heard(40 + i, event)], state);
      read(selectors, state, design);
    }
    expect(recomputations(selectors)).toBe(counted);
  });

  it('an edit makes one row anew and leaves the others', () => {
    const selectors = createSelectors();
    const state = workspace();
    const next = fold([heard(30, edited('a1', { content: 'new' }))], state);
    const [b1, b2] = selectors.selectMessages({ hudhud: state }, general);
    const [a1, a2] = selectors.selectMessages({ hudhud: next }, general);
    expect(a1).not.toBe(b1);
    expect(a2).toBe(b2);
  });
});

function left(channelId: string, userId: string) {
  return { type: 'channel_event', op: 'memberLeft', channelId, userId } as const;
}
