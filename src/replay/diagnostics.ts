import type { Metrics } from '../actions/metrics';
import type { CountersSnapshot } from '../platform/counters';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { ConnectionStatus } from '../protocol/connectionStatus';
import type { Hudhud } from '../store/createHudhud';
import type { HudhudConfig } from '../store/hudhudConfig';
import { guardLens } from './lenses';
import { createPseudonyms, makeKey } from './pseudonyms';
import type { Recorder, RecorderStats } from './recorder';
import { toJson } from './redact';

/** A frame or row that was not taken, without anything of what it said. @public */
export interface RejectedShape {
  readonly reason: string;
  readonly size: number;
  /** The field at fault. */
  readonly path: string | null;
}

/** Why a report has no recording. @public */
export type RecordingGap =
  /** There is no recorder, or it never ran. */
  | 'none'
  /** It keeps texts (`redaction: 'none'`). */
  | 'not_redacted';

/** What a report of a problem needs, without anything that a person wrote, is called or has given. @public */
export interface Diagnostics {
  /** By the client's clock. */
  readonly at: number;
  readonly config: HudhudConfig;
  readonly connectionStatus: ConnectionStatus;
  readonly connections: readonly ConnectionSnapshot[];
  readonly counters: CountersSnapshot;
  readonly metrics: Metrics;
  readonly rejected: readonly RejectedShape[];
  readonly recorder: RecorderStats | null;
  /** The log that the recorder holds, for `hudhud replay`. */
  readonly recording: string | null;
  /** Why there is none. */
  readonly recordingGap: RecordingGap | null;
}

/** @public */
export interface DiagnosticsOptions {
  readonly hudhud: Pick<Hudhud, 'getStatus' | 'getConfig'>;
  /** Default: none. */
  readonly recorder?: Pick<Recorder, 'export' | 'stats'>;
  /** When it is, in ms since 1970. Default: now. */
  readonly at?: number;
}

/** Names of fields have a form; whatever else stands in a path came from the wire. */
const fieldPath = /^[\w.[\]]{1,100}$/;

function recordingOf(
  recorder: DiagnosticsOptions['recorder'],
): Pick<Diagnostics, 'recording' | 'recordingGap'> {
  const text = recorder?.export() ?? '';
  if (text === '') return { recording: null, recordingGap: 'none' };
  const header = JSON.parse(text.slice(0, text.indexOf('\n'))) as { readonly redaction?: unknown };
  return header.redaction === 'pseudonyms'
    ? { recording: text, recordingGap: null }
    : { recording: null, recordingGap: 'not_redacted' };
}

/**
 * Collects what a report of a problem needs: how the client was set up, what it counted and measured, and the last
 * recording. All of it is plain JSON, to be copied.
 *
 * @public
 * @example
 * ```ts
 * copyButton.onclick = () =>
 *   navigator.clipboard.writeText(JSON.stringify(getDiagnostics({ hudhud, recorder })));
 * ```
 */
export function getDiagnostics({ hudhud, recorder, at }: DiagnosticsOptions): Diagnostics {
  const { connectionStatus, connections, counters, metrics, quarantine } = hudhud.getStatus();
  const told: Omit<Diagnostics, 'recording' | 'recordingGap'> = {
    at: at ?? Date.now(),
    config: hudhud.getConfig(),
    ...{ connectionStatus, connections, counters, metrics },
    rejected: quarantine.map(({ reason, size, path }) => ({
      ...{ reason, size },
      path: path !== undefined && fieldPath.test(path) ? path : null,
    })),
    recorder: recorder?.stats() ?? null,
  };
  // labels of counters may come from a host: what looks like a token goes, wherever it stands
  const safe = toJson(told, guardLens(createPseudonyms(makeKey())));
  return { ...(JSON.parse(safe) as typeof told), ...recordingOf(recorder) };
}
