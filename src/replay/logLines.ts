import type {
  LogAction,
  LogCheckpoint,
  LogEntry,
  LogFooter,
  LogHeader,
  LogKeyframe,
} from '../actions/logFormat';
import { logFormat, logVersion } from '../actions/logFormat';
import { HudhudError } from '../errors';

/** What a line of JSON is, and whether it is what it says. */

type Fields = Readonly<Record<string, unknown>>;

/** Turns the lines of an older version, after its header, into those of the next one. @internal */
export type LogUpgrade = (line: Fields) => Fields;

/** By the version that it starts from. There is only one version yet. @internal */
export const logUpgrades: Readonly<Record<number, LogUpgrade>> = {};

/** @internal */
export function invalid(line: number, sentence: string): HudhudError {
  return new HudhudError('LOG_INVALID', `Line ${line}: ${sentence}`, { line });
}

/** @internal */
export function foreignEnd(line: number): HudhudError {
  return new HudhudError(
    'LOG_DAMAGED',
    `Line ${line} ends with \\r\\n, and logs end lines with \\n: something changed the ends of lines, as when a file is sent as text. Send it packed, or take the \\r out.`,
    { line },
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

/** @internal */
export function parseFields(text: string, line: number): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = null;
  }
  if (!isObject(parsed)) throw invalid(line, 'this is no JSON object.');
  return parsed;
}

/** The last moment that a `Date` has. */
const maxTime = 8.64e15;

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= maxTime;

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/**
 * Reads the first line.
 *
 * @internal
 * @throws HudhudError `LOG_INVALID`, `LOG_VERSION`.
 */
export function toHeader(fields: Fields, upgrades: typeof logUpgrades): LogHeader {
  const { format, version, app, instance, level, slices, startedAt, redaction, hash } = fields;
  if (format !== logFormat || !isCount(version)) {
    throw invalid(1, `this is no log: it does not begin with {"format":"${logFormat}", …}.`);
  }
  for (let from = version; from !== logVersion; from++) {
    if (from > logVersion || upgrades[from] === undefined) {
      throw new HudhudError(
        'LOG_VERSION',
        `This log has version ${version}; version ${logVersion} is known here. Update @hudhud/state.`,
        { line: 1 },
      );
    }
  }
  const isFine =
    typeof app === 'string' &&
    typeof instance === 'string' &&
    (level === 'domain' || level === 'full') &&
    isTextList(slices) &&
    isTime(startedAt) &&
    (redaction === 'none' || redaction === 'pseudonyms') &&
    hash === 'murmur3-128';
  if (!isFine) throw invalid(1, 'a field of the header is missing, or not what it should be.');
  return { format: logFormat, version, app, instance, level, slices, startedAt, redaction, hash };
}

/** Brings a line to the version that is known. @internal */
export function upgraded(fields: Fields, version: number, upgrades: typeof logUpgrades): Fields {
  let next = fields;
  for (let from = version; from < logVersion; from++) next = upgrades[from]?.(next) ?? next;
  return next;
}

/**
 * Reads a line after the first one.
 *
 * @internal
 * @throws HudhudError `LOG_INVALID`.
 */
export function toEntry(
  fields: Fields,
  line: number,
): LogEntry | { readonly kind: 'footer'; readonly entry: LogFooter } {
  const { i, t, a, c, h, k, why, s, n } = fields;
  if (isCount(i) && isTime(t) && isObject(a) && typeof a['type'] === 'string') {
    return { kind: 'action', line, entry: { i, t, a: a as LogAction['a'] } };
  }
  if (isCount(c) && isObject(h) && Object.values(h).every((hash) => typeof hash === 'string')) {
    return { kind: 'checkpoint', line, entry: { c, h: h as LogCheckpoint['h'] } };
  }
  if (isCount(k) && (why === 'start' || why === 'jump') && isObject(s)) {
    return { kind: 'keyframe', line, entry: { k, why, s } satisfies LogKeyframe };
  }
  if (isCount(n)) return { kind: 'footer', entry: { n } };
  throw invalid(line, 'this is neither an action nor a checkpoint, a keyframe or a footer.');
}

/** Number of the action that an entry is, or stands before. @internal */
export function numberOf({ kind, entry }: LogEntry): number {
  if (kind === 'action') return entry.i;
  return kind === 'checkpoint' ? entry.c : entry.k;
}
