import { describe, expect, it } from '@jest/globals';

import type { ConnectionPhase } from '../../../src/protocol/connectionStatus';
import type { ConnectionEventName } from '../../../src/transport/connectionStates';
import { connectionTransitions, transition } from '../../../src/transport/connectionStates';

const events: ConnectionEventName[] = [
  'START',
  'STOP',
  'OPENED',
  'ENDED',
  'UNAUTHORIZED',
  'AUTH_LOST',
  'REFUSED_FINAL',
  'GAVE_UP',
  'STEPPED_DOWN',
  'STEPPED_UP',
  'OFFLINE',
  'HELD_BACK',
  'RETRY_DUE',
  'PAGE_HIDDEN',
  'PAGE_SHOWN',
  'ONLINE',
  'VISIBLE',
  'CLOCK_JUMPED',
  'MANUAL_RETRY',
];

/**
 * Written out a second time on purpose: a row per phase, a column per event in the order above. `.` is "ignored", a
 * letter the first one of a phase; `x` is suspended, for want of another s.
 */
const table: Record<ConnectionPhase, string> = {
  idle: 'c.........O........',
  connecting: '.iowcaffc.O..x.....',
  open: '.i.wcaffccO..x.....',
  waiting: '.i...a....O.cxccccc',
  offline: '.i...a.....w.xccccc',
  suspended: '.i...a....Ow..c...c',
  authRequired: 'ci........O...ccccc',
  failed: 'ci...a....O.c.ccccc',
};

const letters: Readonly<Record<string, ConnectionPhase>> = {
  i: 'idle',
  c: 'connecting',
  o: 'open',
  w: 'waiting',
  O: 'offline',
  x: 'suspended',
  a: 'authRequired',
  f: 'failed',
};

const pairs = Object.entries(table).flatMap(([phase, row]) =>
  row
    .split('')
    .map(
      (next, i) => [phase as ConnectionPhase, events[i] ?? 'START', letters[next] ?? null] as const,
    ),
);

describe('transition', () => {
  it('is asked about every pair', () => {
    expect(pairs).toHaveLength(8 * events.length);
  });

  it.each(pairs)('%s, %s → %s', (phase, event, next) => {
    expect(transition(phase, event)).toBe(next);
  });

  it('reaches every phase', () => {
    const reached = new Set(
      Object.values(connectionTransitions).flatMap((row) => Object.values(row)),
    );
    expect([...reached].sort()).toEqual(Object.keys(table).sort());
  });

  it('can be stopped from everywhere but idle', () => {
    for (const phase of Object.values(letters).filter((known) => known !== 'idle')) {
      expect(transition(phase, 'STOP')).toBe('idle');
    }
  });
});
