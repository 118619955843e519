import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { sessionEnded, sessionStarted } from '../../../src/actions/session';
import { frameCommitted, sessionInitialised } from '../../../src/actions/stream';
import type { ConnectionState } from '../../../src/state/connection';
import { connectionReducer, findStream } from '../../../src/state/connection';
import { connection, design, general, lina, minute } from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const fold = (...actions: readonly UnknownAction[]): ConnectionState =>
  actions.reduce<ConnectionState>(
    (state, action) => frozen(connectionReducer(state, action)),
    connectionReducer(undefined, { type: 'start' }),
  );
const from = { stream: 'main', epoch: 1, ordinal: 3 } as const;
const committed = (lastEventId: string | null) =>
  frameCommitted({
    ...{ ...from, lastEventId, receivedAt: minute(2), counts: { events: 1, rejected: 0 } },
  });

describe('connection', () => {
  it('holds what became of each stream, and the last event whose data is in the state (L12)', () => {
    const state = fold(
      connection('open'),
      connection('connecting', 1, `channel:${design}`),
      committed('41'),
      connection('waiting'),
    );
    expect(findStream(state, 'main')).toMatchObject({ phase: 'waiting', lastEventId: '41' });
    expect(findStream(state, `channel:${design}`)).toMatchObject({ phase: 'connecting' });
  });

  it('takes no event id of a stream that is not known', () => {
    expect(fold(committed('41'))).toBe(fold());
  });

  it('knows who is looking and what the stream covers', () => {
    const first = { ...from, userId: lina, username: 'lina' };
    const state = fold(
      sessionStarted({ user: { id: lina } }),
      sessionInitialised({ ...first, channelIds: [general] }),
    );
    expect(state).toMatchObject({ viewer: { id: lina, username: 'lina' }, covered: [general] });
  });

  it('keeps the streams and their epochs when a session ends, and nothing of the session', () => {
    const state = fold(
      connection('open', 7),
      committed('41'),
      sessionInitialised({ ...from, userId: lina, username: null, channelIds: [general] }),
      sessionEnded({ reason: 'logout' }),
    );
    expect(state).toMatchObject({ viewer: null, covered: null });
    expect(findStream(state, 'main')).toMatchObject({ epoch: 7, lastEventId: null });
  });
});
