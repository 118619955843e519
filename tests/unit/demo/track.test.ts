import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { axisOf, elapsedAt, indexAt } from '../../../demo/src/inspector/axis';
import { elapsed } from '../../../demo/src/inspector/elapsed';
import { trackOf } from '../../../demo/src/inspector/track';
import type { LogEntry } from '../../../src/actions/logFormat';
import { readLog } from '../../../src/replay/readLog';

type Said = readonly [t: number, type: string, payload?: Readonly<Record<string, unknown>>];

/** A log of actions, from number 10 on. */
const logOf = (...said: readonly Said[]): { readonly entries: readonly LogEntry[] } => ({
  entries: [
    { kind: 'keyframe', line: 2, entry: { k: 10, why: 'start', s: {} } },
    ...said.map(([t, type, payload], n): LogEntry => ({
      kind: 'action',
      line: n + 3,
      entry: { i: n + 10, t, a: { type, payload } },
    })),
  ],
});
const track = (...said: readonly Said[]) => trackOf(logOf(...said), 10);

const connection = (t: number, phase: string, epoch = 1, stream = 'main', code?: string): Said => [
  t,
  'connection/changed',
  { stream, phase, epoch, error: code === undefined ? null : { code } },
];
const told = (t: number, epoch: number, wholeSince: number | null, stream = 'main'): Said => [
  t,
  'stream/continuityTold',
  { stream, epoch, ordinal: 1, wholeSince },
];

describe('the axis of a timeline', () => {
  it('is time, with room behind the last action', () => {
    const { places, length, cuts } = axisOf([500, 600, 600, 1_500]);
    expect(places).toEqual([0, 100, 100, 1_000, 1_020]);
    expect([length, cuts]).toEqual([1_020, []]);
  });

  it('cuts long waits, and still says how long it was', () => {
    const axis = axisOf([0, 3_600_000, 3_601_000]);
    expect(axis.places.slice(0, 3)).toEqual([0, 10_000, 11_000]);
    expect(axis.cuts).toEqual([{ at: 1, ms: 3_590_000 }]);
    expect(elapsedAt(axis, 9_999)).toBe(9_999);
    expect(elapsedAt(axis, 11_000)).toBe(3_601_000);
  });

  it('never goes back, and is never of no length', () => {
    expect(axisOf([100, 40, 60]).places).toEqual([0, 0, 20, 21]);
    expect(axisOf([]).places).toEqual([1]);
    expect(axisOf([7]).places).toEqual([0, 1]);
  });

  it('knows which action a place stands for', () => {
    const axis = axisOf([0, 0, 100, 100, 200]);
    expect([0, 1, 99, 100, 150, 200, 203, 204, 999].map((place) => indexAt(axis, place))).toEqual([
      ...[0, 1, 1, 3, 3, 4, 4, 5, 5],
    ]);
  });

  it('is told in short', () => {
    expect([0, 440, 9_900, 12_300, 185_000, 7_800_000].map(elapsed)).toEqual([
      ...['0.0 s', '0.4 s', '9.9 s', '12 s', '3:05', '2:10:00'],
    ]);
  });
});

describe('trackOf', () => {
  it('counts events where they came in time', () => {
    const { density } = track(
      [0, 'stream/conversationReceived', { events: [1, 2, 3] }],
      [0, 'stream/frameCommitted', {}],
      [500, 'stream/noticesReceived', { events: [1] }],
      [1_000, 'stream/presenceReceived', { events: [1, 2] }],
    );
    const places = density.flatMap((events, i) => (events > 0 ? [[i, events]] : []));
    expect(places).toEqual([
      [0, 3],
      [58, 1],
      [117, 2],
    ]);
    expect(density).toHaveLength(120);
  });

  it('says what the main stream was doing', () => {
    const { spans } = track(
      [0, 'session/started'],
      connection(10, 'connecting'),
      connection(20, 'waiting', 1, 'channel:c1'),
      connection(30, 'open'),
      connection(40, 'open'),
      [50, 'said'],
    );
    expect(spans).toEqual([
      { phase: 'idle', from: 10, to: 11 },
      { phase: 'connecting', from: 11, to: 13 },
      { phase: 'open', from: 13, to: 16 },
    ]);
  });

  const reconnect: readonly Said[] = [
    connection(0, 'open', 1),
    connection(10, 'waiting', 1, 'main', 'NETWORK'),
    connection(20, 'connecting', 2, 'main', 'NETWORK'),
    connection(30, 'open', 2),
  ];
  const gaps = (...said: readonly Said[]) =>
    track(...said).marks.flatMap(({ kind, at }) => (kind === 'gap' ? [at] : []));

  it('marks a gap where a stream came back without proof that nothing is missing', () => {
    expect(gaps(connection(0, 'open', 1))).toEqual([]);
    expect(gaps(...reconnect)).toEqual([13]);
    expect(gaps(...reconnect, told(40, 2, null))).toEqual([13]);
    expect(gaps(...reconnect, told(40, 2, 1))).toEqual([]);
    // whole since itself: nothing is said of the connection before
    expect(gaps(...reconnect, told(40, 2, 2))).toEqual([13]);
    // of another connection, or of another stream
    expect(gaps(...reconnect, told(40, 3, 1))).toEqual([13]);
    expect(gaps(...reconnect, told(40, 2, 1, 'channel:c1'))).toEqual([13]);
  });

  it('looks at each stream by itself, and at each time that it came back', () => {
    const again = [connection(50, 'waiting', 2), connection(60, 'open', 5)];
    const other = [
      connection(70, 'open', 1, 'channel:c1'),
      connection(80, 'open', 2, 'channel:c1'),
    ];
    expect(gaps(...reconnect, told(40, 2, 1), ...again, ...other)).toEqual([16, 18]);
    // a proof that reaches back two connections
    expect(gaps(...reconnect, told(40, 2, 1), ...again, told(65, 5, 1))).toEqual([]);
  });

  it('marks an error where it came, once', () => {
    const { marks } = track(
      ...reconnect,
      [40, 'outbox/failed', { opId: 'o1', code: 'FORBIDDEN', retryable: false }],
      [50, 'outbox/failed', { error: { code: 'NETWORK' } }],
    );
    expect(marks.map(({ at, label }) => `${at} ${label}`)).toEqual([
      '11 connection/changed: NETWORK',
      '13 the stream came back: something may be missing before',
      '14 outbox/failed: FORBIDDEN',
      '15 outbox/failed: NETWORK',
    ]);
  });

  it('is of nothing for a log of nothing', () => {
    expect(track()).toMatchObject({ spans: [{ phase: 'idle', from: 10, to: 10 }], marks: [] });
  });

  it('reads a recorded session with ten reconnects', () => {
    const log = readLog(readFileSync('tests/replay/ten-reconnects.ndjson'));
    const { spans, marks } = trackOf(log, 0);
    expect(spans.filter(({ phase }) => phase === 'open')).toHaveLength(11);
    expect(marks.filter(({ kind }) => kind === 'gap')).toHaveLength(10);
    expect(marks.filter(({ kind }) => kind === 'error')).toHaveLength(10);
  });
});
