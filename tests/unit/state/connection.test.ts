import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { pollingChanged } from '../../../src/actions/connection';
import { sessionEnded, sessionStarted } from '../../../src/actions/session';
import { continuityTold, frameCommitted, sessionInitialised } from '../../../src/actions/stream';
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

  it('knows whether what is shown comes by polls, until it does not', () => {
    const polling = pollingChanged({ isPolling: true, at: minute(1) });
    const state = fold(polling);
    expect(fold().isPolling).toBe(false);
    expect(state.isPolling).toBe(true);
    expect(connectionReducer(state, polling)).toBe(state);
    const over = pollingChanged({ isPolling: false, at: minute(2) });
    expect(connectionReducer(state, over).isPolling).toBe(false);
    const none = fold();
    expect(connectionReducer(none, over)).toBe(none);
  });

  it('learns whether the server goes on without a hole: once it did, that it is too late is chance', () => {
    const told = (wholeSince: number | null) => continuityTold({ ...from, wholeSince });
    expect(fold().resumes).toBe('unknown');
    expect(fold(told(null)).resumes).toBe('no');
    expect(fold(told(null), told(1)).resumes).toBe('yes');
    expect(fold(told(1), told(null)).resumes).toBe('yes');
    const state = fold(told(1));
    expect(connectionReducer(state, told(2))).toBe(state);
  });
});
