import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { toMetrics } from '../../../src/middleware/toMetrics';
import { metricsSampled } from '../../../src/actions/metrics';
import { loadStarted } from '../../../src/actions/load';
import { sendRequested } from '../../../src/actions/outbox';
import { storageChanged } from '../../../src/actions/storage';
import { sessionEnded, sessionStarted } from '../../../src/actions/session';
import { noticesReceived } from '../../../src/actions/stream';
import type { HudhudState } from '../../../src/state/rootReducer';
import { createRootReducer } from '../../../src/state/rootReducer';
import { tableEntries } from '../../../src/state/table';
import {
  channelOf,
  channelsHeard,
  connection,
  created,
  general,
  heard,
  lina,
  messageOf,
  minute,
  page,
  presenceHeard,
  presenceOf,
  salma,
  snapshot,
  typing,
} from '../../support/exampleData';
import { frozen } from '../../support/frozen';
import { rowsOf } from '../../support/visible';

const nothingMeasured = {
  counters: {},
  measured: {},
  connections: [],
  clockSkewMs: null,
  memoryBytes: null,
};
const reduce = createRootReducer('hudhud');
const initial = frozen(reduce(undefined, { type: 'start' }));
const fold = (...actions: readonly UnknownAction[]): HudhudState =>
  actions.reduce((state, action) => frozen(reduce(state, action)), initial);

/** Something in every slice. */
const full = fold(
  connection('open', 1),
  sessionStarted({ user: { id: lina, username: 'lina' } }),
  snapshot(1),
  heard(5, created('m1'), typing(salma)),
  channelsHeard(9, {
    type: 'channel_event',
    op: 'memberJoined',
    channelId: general,
    userId: salma,
  }),
  presenceHeard(11, presenceOf(salma)),
  noticesReceived({
    ...{ stream: 'main', epoch: 1, ordinal: 12, receivedAt: minute(2) },
    events: [{ type: 'broadcast', op: 'notice', level: 'alert', text: 'hello', timestamp: null }],
  }),
  loadStarted({ key: 'workspace' }),
  storageChanged({ status: 'ready', code: null, lost: 0 }),
  sendRequested({
    ...{ opId: 'op1', channelId: general, at: minute(3), parentId: null },
    ...{ content: 'on its way', messageType: 'text', uploadIds: [] },
  }),
  metricsSampled({ at: minute(3), metrics: toMetrics(nothingMeasured) }),
);
const slices = Object.keys(initial) as (keyof HudhudState)[];

describe('every slice', () => {
  const ended = reduce(full, sessionEnded({ reason: 'logout' }));

  it.each(slices.filter((slice) => slice !== 'connection'))(
    '%s goes back to its first state when the session ends',
    (slice) => {
      expect(full[slice]).not.toEqual(initial[slice]);
      expect(ended[slice]).toEqual(initial[slice]);
    },
  );

  it('connection keeps its streams when the session ends, since their epochs must not start anew', () => {
    expect(ended.connection).toEqual({ ...full.connection, viewer: null, covered: null });
  });

  const later = snapshot(20, {
    users: [{ id: salma, username: 'salma', status: 'online' }],
    members: [{ userId: salma }],
    channels: [channelOf(general, { name: 'everyone' })],
    page: page(20, [messageOf('m2', { createdAt: minute(3) })]).payload,
  });
  const applied = reduce(full, later);
  const expectations: Record<keyof HudhudState, () => void> = {
    connection: () => {
      expect(applied.connection).toBe(full.connection);
    },
    messages: () => {
      const rows = rowsOf(applied.messages, general, null).filter((row) => !row.isDeleted);
      expect(rows.map(({ id }) => id)).toEqual(['m2']);
    },
    channels: () => {
      expect(applied.channels.list.map(({ name }) => name)).toEqual(['everyone']);
    },
    members: () => {
      const scope = applied.members.find(({ scopeId }) => scopeId === 'p1');
      expect(scope).toMatchObject({ isComplete: true, list: [{ userId: salma }] });
    },
    users: () => {
      expect(tableEntries(applied.users).map(({ id }) => id)).toContain(salma);
    },
    presence: () => {
      expect(tableEntries(applied.presence.people).map(({ id }) => id)).toEqual([salma]);
    },
    typing: () => {
      expect(applied.typing).toBe(full.typing);
    },
    notices: () => {
      expect(applied.notices).toBe(full.notices);
    },
    loads: () => {
      expect(applied.loads).toBe(full.loads);
    },
    outbox: () => {
      expect(applied.outbox).toBe(full.outbox);
    },
    metrics: () => {
      expect(applied.metrics).toBe(full.metrics);
    },
    reads: () => {
      expect(applied.reads.channels.map(({ count }) => count?.asOf)).toEqual([20, 1]);
    },
    storage: () => {
      expect(applied.storage).toBe(full.storage);
    },
  };

  it.each(slices)('%s answers a snapshot as it should', (slice) => {
    expectations[slice]();
  });
});

describe('the root reducer', () => {
  it('starts by itself and is the same for anything that is not its own', () => {
    expect(reduce(full, { type: '@@redux/INIT' })).toBe(full);
    expect(reduce(full, { ...heard(30, created('m9')), meta: { hudhud: 'other' } })).toBe(full);
    expect(reduce(full, { type: heard(30).type, payload: null })).toBe(full);
  });

  it('survives an action of its own without the payload that it should have', () => {
    expect(reduce(full, { type: 'host/sent', meta: { hudhud: 'hudhud' } })).toBe(full);
    expect(reduce(full, { type: 'host/sent', payload: null, meta: { hudhud: 'hudhud' } })).toBe(
      full,
    );
  });

  it('keeps instances apart', () => {
    const other = createRootReducer('other');
    const start = other(undefined, { type: 'start' });
    expect(other(start, connection('open'))).toBe(start);
  });

  it('takes nothing of an older connection, nor its last word (L12)', () => {
    const reconnected = fold(connection('open', 1), connection('open', 2));
    expect(reduce(reconnected, heard(5, created('m1')))).toBe(reconnected);
    expect(reduce(reconnected, connection('waiting', 1))).toBe(reconnected);
  });
});
