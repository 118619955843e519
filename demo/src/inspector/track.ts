import type { Log, LogAction } from '@hudhud/state/replay';
import type { Axis } from './axis';
import { axisOf } from './axis';

/** What the main stream was doing from one position to the next. */
interface Span {
  readonly phase: string;
  readonly from: number;
  readonly to: number;
}

/** A position that is worth a look. */
interface Mark {
  readonly at: number;
  readonly kind: 'error' | 'gap';
  readonly label: string;
}

/** What a timeline draws. Positions are numbers of actions; where they are is said by the axis. */
export interface Track {
  readonly axis: Axis;
  /** Events per bucket; the axis is cut into as many of the same length. */
  readonly density: readonly number[];
  readonly spans: readonly Span[];
  readonly marks: readonly Mark[];
}

type Fields = Readonly<Record<string, unknown>>;

const buckets = 120;

const payloadOf = ({ a }: LogAction): Fields => (a['payload'] ?? {}) as Fields;

/** How many events of the stream came in an action. */
function weightOf(action: LogAction): number {
  const { events } = payloadOf(action);
  return Array.isArray(events) ? events.length : 0;
}

/** What a connection came to, of whichever stream. */
function changeOf(action: LogAction) {
  if (action.a.type !== 'connection/changed') return null;
  const { stream, phase, epoch } = payloadOf(action);
  if (typeof stream !== 'string' || typeof phase !== 'string') return null;
  return { stream, phase, epoch: typeof epoch === 'number' ? epoch : 0 };
}

/** An action that fails carries the code of why; a connection carries it until it is open again. */
function errorOf(action: LogAction): string | null {
  const change = changeOf(action);
  if (change?.phase === 'connecting' || change?.phase === 'open') return null;
  const { code, error } = payloadOf(action);
  const inner = (error ?? {}) as Fields;
  const found = typeof code === 'string' ? code : inner['code'];
  return typeof found === 'string' ? `${action.a.type}: ${found}` : null;
}

/**
 * Where a stream came back and something may be missing: unless the server went on where the connection before had
 * ended, and told so. That comes before anything else of the new connection.
 */
function gapsOf(actions: readonly LogAction[]): Mark[] {
  const gaps = new Map<string, Mark>();
  const opened = new Map<string, number>();
  /** By stream: the connection before the one that is open. */
  const before = new Map<string, number>();
  const keyOf = (stream: unknown, epoch: unknown) => `${String(stream)} ${String(epoch)}`;
  for (const action of actions) {
    const change = changeOf(action);
    if (change?.phase === 'open') {
      const { stream, epoch } = change;
      const last = opened.get(stream);
      opened.set(stream, epoch);
      if (last === undefined || last === epoch) continue;
      before.set(stream, last);
      const name = stream === 'main' ? 'the stream' : stream;
      const label = `${name} came back: something may be missing before`;
      gaps.set(keyOf(stream, epoch), { at: action.i, kind: 'gap', label });
    } else if (action.a.type === 'stream/continuityTold') {
      const { stream, epoch, wholeSince } = payloadOf(action);
      const last = before.get(String(stream));
      const isWhole = typeof wholeSince === 'number' && last !== undefined && wholeSince <= last;
      if (isWhole) gaps.delete(keyOf(stream, epoch));
    }
  }
  return [...gaps.values()];
}

function spansOf(actions: readonly LogAction[], first: number): Span[] {
  const spans: Span[] = [];
  let phase = 'idle';
  let from = first;
  for (const action of actions) {
    const change = changeOf(action);
    if (change?.stream !== 'main' || change.phase === phase) continue;
    if (action.i > from) spans.push({ phase, from, to: action.i });
    [phase, from] = [change.phase, action.i];
  }
  spans.push({ phase, from, to: first + actions.length });
  return spans;
}

function densityOf(actions: readonly LogAction[], { places, length }: Axis): number[] {
  const density = Array.from({ length: buckets }, () => 0);
  for (const [n, action] of actions.entries()) {
    const bucket = Math.min(buckets - 1, Math.floor(((places[n] ?? 0) / length) * buckets));
    density[bucket] = (density[bucket] ?? 0) + weightOf(action);
  }
  return density;
}

/** Reads a log once for what its timeline shows. */
export function trackOf({ entries }: Pick<Log, 'entries'>, first: number): Track {
  const actions = entries.flatMap((read) => (read.kind === 'action' ? [read.entry] : []));
  const axis = axisOf(actions.map(({ t }) => t));
  const errors = actions.flatMap((action): Mark[] => {
    const label = errorOf(action);
    return label === null ? [] : [{ at: action.i, kind: 'error', label }];
  });
  return {
    axis,
    density: densityOf(actions, axis),
    spans: spansOf(actions, first),
    marks: [...errors, ...gapsOf(actions)].sort((a, b) => a.at - b.at),
  };
}
