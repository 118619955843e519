import { describe, expect, it } from '@jest/globals';
import type { UnknownAction } from '@reduxjs/toolkit';

import { connectionChanged } from '../../../src/actions/connection';
import { sessionInitialised } from '../../../src/actions/stream';
import { createSelectors } from '../../../src/selectors/createSelectors';
import type { HudhudState } from '../../../src/state/rootReducer';
import { createRootReducer } from '../../../src/state/rootReducer';
import { connection, design, general, lina } from '../../support/exampleData';
import { frozen } from '../../support/frozen';

const reduce = createRootReducer('hudhud');
const fold = (...actions: readonly UnknownAction[]): { readonly hudhud: HudhudState } => ({
  hudhud: frozen(actions.reduce(reduce, reduce(undefined, { type: 'start' }))),
});
const select = createSelectors();

describe('connection', () => {
  it('is idle before it was ever started', () => {
    const root = fold();
    expect(select.selectStream(root)).toBeNull();
    expect(select.selectConnectionPhase(root)).toBe('idle');
    expect(select.selectConnectionStatus(root)).toBe('disconnected');
    expect(select.selectNextRetryAt(root)).toBeNull();
    expect(select.selectViewerId(root)).toBeNull();
  });

  it.each([
    ['open', 'connected', true],
    ['connecting', 'connecting', false],
    ['waiting', 'reconnecting', false],
    ['offline', 'offline', false],
    ['suspended', 'reconnecting', false],
    ['authRequired', 'authRequired', false],
    ['failed', 'error', false],
    ['idle', 'disconnected', false],
  ] as const)('that is %s counts as %s', (phase, status, isConnected) => {
    const root = fold(connection(phase));
    expect(select.selectConnectionStatus(root)).toBe(status);
    expect(select.selectIsConnected(root)).toBe(isConnected);
  });

  it.each([
    [{ attempt: 0, lostAt: null }, 'connecting'],
    [{ attempt: 1, lostAt: null }, 'reconnecting'],
    [{ attempt: 0, lostAt: 7 }, 'reconnecting'],
  ] as const)('that is connecting with %p counts as %s', (more, status) => {
    const { payload } = connection('connecting');
    const root = fold(connectionChanged({ ...payload, ...more }));
    expect(select.selectConnectionStatus(root)).toBe(status);
  });

  it('covers a channel by the main stream, or by a stream of the channel’s own', () => {
    const first = { stream: 'main', epoch: 1, ordinal: 1, userId: lina, username: null } as const;
    const root = fold(connection('open'), sessionInitialised({ ...first, channelIds: [general] }));
    expect(select.selectViewerId(root)).toBe(lina);
    expect(select.selectIsCovered(root, general)).toBe(true);
    expect(select.selectIsCovered(root, design)).toBe(false);
    const own = reduce(root.hudhud, connection('open', 1, `channel:${design}`));
    expect(select.selectIsCovered({ hudhud: own }, design)).toBe(true);
  });

  it('covers every channel where the server did not say which, and none while it is closed', () => {
    expect(select.selectIsCovered(fold(connection('open')), design)).toBe(true);
    expect(select.selectIsCovered(fold(connection('waiting')), design)).toBe(false);
  });
});
