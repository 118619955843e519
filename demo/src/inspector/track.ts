import type { Log, LogAction } from '@hudhud/state/replay';

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

/** What a timeline draws. Positions are numbers of actions. */
export interface Track {
  /** Events per bucket; the positions are cut into as many. */
  readonly density: readonly number[];
  readonly spans: readonly Span[];
  readonly marks: readonly Mark[];
}

type Fields = Readonly<Record<string, unknown>>;

const most = 120;

const payloadOf = ({ a }: LogAction): Fields => (a['payload'] ?? {}) as Fields;

/** How many events of the stream came in an action. */
function weightOf(action: LogAction): number {
  const { events } = payloadOf(action);
  return Array.isArray(events) ? events.length : 0;
}

function phaseOf(action: LogAction): string | null {
  const { stream, phase } = payloadOf(action);
  if (action.a.type !== 'connection/changed' || stream !== 'main') return null;
  return typeof phase === 'string' ? phase : null;
}

/** An action that fails carries the code of why. */
function errorOf(action: LogAction): string | null {
  const { code, error } = payloadOf(action);
  const inner = (error ?? {}) as Fields;
  const found = typeof code === 'string' ? code : inner['code'];
  return typeof found === 'string' ? `${action.a.type}: ${found}` : null;
}

/** The stream came back: what was said meanwhile is not known until it is read. */
function gapAt(action: LogAction, wasOpen: boolean): string | null {
  return phaseOf(action) === 'open' && wasOpen ? 'the stream came back' : null;
}

/** Reads a log once for what its timeline shows. */
export function trackOf(log: Log, first: number): Track {
  const actions = log.entries.flatMap((read) => (read.kind === 'action' ? [read.entry] : []));
  const buckets = Math.max(1, Math.min(most, actions.length));
  const density = Array.from({ length: buckets }, () => 0);
  const spans: Span[] = [];
  const marks: Mark[] = [];
  let phase = 'idle';
  let from = first;
  let wasOpen = false;
  for (const [n, action] of actions.entries()) {
    const bucket = Math.floor((n * buckets) / actions.length);
    density[bucket] = (density[bucket] ?? 0) + weightOf(action);
    const error = errorOf(action);
    if (error !== null) marks.push({ at: action.i, kind: 'error', label: error });
    const gap = gapAt(action, wasOpen);
    if (gap !== null) marks.push({ at: action.i, kind: 'gap', label: gap });
    const next = phaseOf(action);
    if (next === null || next === phase) continue;
    if (action.i > from) spans.push({ phase, from, to: action.i });
    [phase, from] = [next, action.i];
    wasOpen ||= next === 'open';
  }
  spans.push({ phase, from, to: first + actions.length });
  return { density, spans, marks };
}
