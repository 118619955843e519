import { describe, expect, it } from '@jest/globals';
import { decodeMessagesPage } from '../../../src/protocol/decodePages';
import { toSnapshotApplied } from '../../../src/middleware/snapshotAction';
import { channelEventsReceived, sessionInitialised } from '../../../src/actions/stream';
import { connectionChanged } from '../../../src/actions/connection';
import { membersReceived, snapshotApplied } from '../../../src/actions/history';
import type { WorkspaceSnapshot } from '../../../src/protocol/rest';
import { createRootReducer } from '../../../src/state/rootReducer';

const row = (id: string) => ({
  message_id: id,
  channel_id: 'c1',
  user_id: 'u1',
  content: 'hello',
  created_at: '2026-01-05T08:00:00.000Z',
});
const project = { id: 'p1', slug: 'hudhud', name: 'Hudhud', description: null, color: null };
const bad = { reason: 'hostile_id', eventType: null, size: 2, sample: '{}' } as const;

function snapshot(channelIds: readonly string[], isPartial: boolean): WorkspaceSnapshot {
  return {
    project,
    channels: channelIds.map((id) => ({ id, name: id })),
    currentChannelId: null,
    members: [],
    users: [],
    page: null,
    typing: [],
    unreadTotal: null,
    membersOnline: null,
    fallbackReason: null,
    rejected: isPartial ? [bad] : [],
  };
}

const asked = (asOf: number) => ({ asOf, absentBefore: asOf, oldestInFlight: null });

describe('an answer with a row that is not understood', () => {
  it('is still a full page: it does not claim to reach the beginning', () => {
    const page = decodeMessagesPage(
      { messages: [row('m1'), row('__proto__')] },
      { channelId: 'c1', limit: 2 },
    );
    expect(page.messages).toHaveLength(1);
    expect(page.hasMore).toBe(true);
  });

  it('removes no channel that it does not list', () => {
    const reduce = createRootReducer('hudhud');
    const apply = (isPartial: boolean) => {
      const first = toSnapshotApplied(snapshot(['c1', 'c2'], false), false, asked(1), true);
      const second = toSnapshotApplied(snapshot(['c1'], isPartial), false, asked(2), true);
      const start = reduce(undefined, { type: 'start' });
      const state = reduce(reduce(start, snapshotApplied(first)), snapshotApplied(second));
      return state.channels.list.map(({ id }) => id);
    };
    expect(apply(true)).toEqual(['c1', 'c2']);
    expect(apply(false)).toEqual(['c1']);
  });

  it('removes no member whom it does not list', () => {
    const reduce = createRootReducer('hudhud');
    const list = (asOf: number, userIds: readonly string[], isPartial: boolean) =>
      membersReceived({
        ...{ channelId: 'c1', members: userIds.map((userId) => ({ userId })), users: [] },
        ...asked(asOf),
        ...(isPartial ? { isPartial: true as const } : {}),
      });
    const membersAfter = (isPartial: boolean) => {
      const lists = [list(1, ['u1', 'u2'], false), list(2, ['u1', 'u3'], isPartial)];
      return lists.reduce(reduce, reduce(undefined, { type: 'start' })).members[0];
    };
    expect(membersAfter(true)).toMatchObject({
      ...{ list: [{ userId: 'u2' }, { userId: 'u1' }, { userId: 'u3' }], isComplete: true },
    });
    expect(membersAfter(false)?.list.map(({ userId }) => userId)).toEqual(['u1', 'u3']);
    const alone = reduce(reduce(undefined, { type: 'start' }), list(2, ['u1'], true));
    expect(alone.members[0]?.isComplete).toBe(false);
  });
});

describe('who leaves a channel', () => {
  it('is no longer told of it: it counts as not covered', () => {
    const reduce = createRootReducer('hudhud');
    const observed = { stream: 'main', epoch: 1 } as const;
    const state = [
      connectionChanged({
        ...observed,
        phase: 'open',
        attempt: 0,
        openedAt: 1,
        since: 0,
        source: 'sse' as const,
        lostAt: null,
        nextRetryAt: null,
        error: null,
      }),
      sessionInitialised({
        ...observed,
        ordinal: 1,
        userId: 'u1',
        username: 'lina',
        channelIds: ['c1', 'c2'],
      }),
      channelEventsReceived({
        ...observed,
        ordinal: 2,
        viewerId: 'u1',
        events: [
          { type: 'channel_event', op: 'memberLeft', channelId: 'c1', userId: 'u1' },
          { type: 'channel_event', op: 'memberLeft', channelId: 'c2', userId: 'u2' },
        ],
      }),
    ].reduce(reduce, reduce(undefined, { type: 'start' }));
    expect(state.connection.covered).toEqual(['c2']);
  });
});
