import { describe, expect, it } from '@jest/globals';

import type { ConnectionPhase } from '../../../src/protocol/connectionStatus';
import type { ConnectionEventName } from '../../../src/transport/connectionStates';
import { connectionTransitions, transition } from '../../../src/transport/connectionStates';

const events: ConnectionEventName[] = [
  'START',
  'STOP',
  'HELD_OFFLINE',
  'OPENED',
  'ENDED',
  'UNAUTHORIZED',
  'REFUSED_FINAL',
  'GAVE_UP',
  'RETRY_DUE',
  'ONLINE',
  'VISIBLE',
  'MANUAL_RETRY',
];

/** Written out a second time on purpose: a row per phase, a column per event in the order above; `-` is "ignored". */
const table: Record<ConnectionPhase, string> = {
  idle: 'connecting - waiting - - - - - - - - -',
  connecting: '- idle - open waiting connecting failed failed - - - -',
  open: '- idle - - waiting - - failed - - - -',
  waiting: '- idle waiting - - - - - connecting connecting connecting connecting',
  failed: 'connecting idle waiting - - - - - - - - connecting',
};

const pairs = Object.entries(table).flatMap(([phase, row]) =>
  row.split(' ').map((next, i) => [phase as ConnectionPhase, events[i] ?? 'START', next] as const),
);

describe('transition', () => {
  it('is asked about every pair', () => {
    expect(pairs).toHaveLength(5 * events.length);
  });

  it.each(pairs)('%s, %s → %s', (phase, event, next) => {
    expect(transition(phase, event)).toBe(next === '-' ? null : next);
  });

  it('reaches every phase', () => {
    const reached = new Set(
      Object.values(connectionTransitions).flatMap((row) => Object.values(row)),
    );
    expect([...reached].sort()).toEqual(['connecting', 'failed', 'idle', 'open', 'waiting']);
  });

  it('can be stopped from everywhere but idle', () => {
    for (const phase of ['connecting', 'open', 'waiting', 'failed'] as const) {
      expect(transition(phase, 'STOP')).toBe('idle');
    }
  });
});
