import type { ChannelLog } from '../state/channelLog';
import { findMessage } from '../state/channelLog';
import type { MessageRecord } from '../state/messageRecord';
import type { Alias } from '../state/outboxState';
import type { Segment } from '../state/segments';
import { compareKeys } from '../state/segments';
import { tableGet } from '../state/table';
import type { UserRecord, UsersState } from '../state/users';
import { changedAliases, namesOf } from './aliases';
import { confirmedRow } from './confirmedRow';
import type { Gap } from './gaps';
import type { Pieces } from './pieces';
import { keptPieces, sameItems, segmentAt, shownOf } from './pieces';
import type { MessageRow, RowViewer } from './row';
import type { DayOf } from './seam';
import { gapBetween, joined, seamOf } from './seam';

/** What rows depend on beside their records. @internal */
export interface RowContext {
  readonly viewer: RowViewer;
  readonly users: UsersState;
  readonly aliases: readonly Alias[];
  readonly gaps: readonly Gap[];
  readonly dayOf: DayOf;
}

/** The rows of one segment. */
interface RowPiece {
  /** The records that are shown, in step with the rows. */
  readonly records: Segment;
  readonly rows: readonly MessageRow[];
  /** The row that the first one was joined to. */
  readonly before: MessageRow | null;
  /** One row of each author. */
  readonly voices: readonly MessageRow[];
}

/** Rows of what is confirmed, before anything pending is put on them. @internal */
export interface ConfirmedRows extends Pieces<RowPiece> {
  readonly context: RowContext;
}

interface Known {
  readonly row: MessageRow;
  readonly before: MessageRow | null;
}

type FindKnown = (record: MessageRecord) => Known | undefined;

/** Finds what was made of records before. They are asked for in order, so that one pass over the old rows will do. */
function knownRows(pieces: readonly RowPiece[]): FindKnown {
  let p = 0;
  let i = 0;
  const isBefore = (held: MessageRecord, { createdAt, id }: MessageRecord): boolean =>
    compareKeys(held.createdAt, held.id, createdAt, id) < 0;
  return (record) => {
    for (let piece = pieces[p]; piece !== undefined; piece = pieces[p]) {
      const { records, rows, before } = piece;
      const last = records.at(-1);
      if (last !== undefined && !isBefore(last, record)) {
        for (let held = records[i]; held !== undefined && isBefore(held, record); held = records[i])
          i += 1;
        const row = rows[i];
        return records[i] === record && row !== undefined
          ? { row, before: rows[i - 1] ?? before }
          : undefined;
      }
      p += 1;
      i = 0;
    }
    return undefined;
  };
}

function authorOf({ users }: RowContext, userId: string | null): UserRecord | null {
  return userId === null ? null : (tableGet(users, userId) ?? null);
}

function makeRow(
  record: MessageRecord,
  before: MessageRow | null,
  context: RowContext,
  known: Known | undefined,
): MessageRow {
  const { viewer, aliases, gaps, dayOf } = context;
  const author = authorOf(context, record.userId);
  const clientId = namesOf(aliases).clientIds.get(record.id) ?? null;
  const gapBefore = gapBetween(gaps, before, record.createdAt);
  const rest = { gapBefore, isFirstUnread: false };
  if (known?.row.author === author && known.row.clientId === clientId) {
    const isInPlace = known.before === before && known.row.gapBefore === gapBefore;
    return isInPlace ? known.row : joined(before, known.row, rest, dayOf);
  }
  const { userId: authorId, fromAgent, createdAt, type, isDeleted } = record;
  const joint = { authorId, fromAgent, createdAt, type, isDeleted, ...rest };
  return confirmedRow(record, { viewer, author, clientId, seam: seamOf(before, joint, dayOf) });
}

function voicesOf(rows: readonly MessageRow[]): readonly MessageRow[] {
  const heard = new Set<string | null>();
  return rows.filter(({ authorId }) => !heard.has(authorId) && heard.add(authorId));
}

function makePiece(
  segment: Segment,
  before: MessageRow | null,
  context: RowContext,
  find: FindKnown,
  held: RowPiece | undefined,
): RowPiece {
  const records = shownOf(segment);
  let last = before;
  const made = records.map((record) => (last = makeRow(record, last, context, find(record))));
  const rows = held !== undefined && sameItems(held.rows, made) ? held.rows : made;
  return { records, rows, before, voices: voicesOf(rows) };
}

/** What comes before it has changed: only its first row may stand differently. */
function rejoin(piece: RowPiece, before: MessageRow | null, { gaps, dayOf }: RowContext): RowPiece {
  const first = piece.rows[0];
  if (piece.before === before || first === undefined) return piece;
  const gapBefore = gapBetween(gaps, before, first.createdAt);
  const row = joined(before, first, { gapBefore, isFirstUnread: false }, dayOf);
  return { ...piece, before, rows: row === first ? piece.rows : piece.rows.with(0, row) };
}

function segmentsRenamed(
  log: ChannelLog | undefined,
  segments: readonly Segment[],
  ids: readonly string[],
): ReadonlySet<number> {
  const records = log === undefined ? [] : ids.flatMap((id) => findMessage(log, id) ?? []);
  return new Set(records.map((record) => segmentAt(segments, record)));
}

/**
 * Rows of a timeline. What was made before is kept wherever it still holds: an event makes the rows of one segment anew
 * at most, and most often one row.
 *
 * @internal
 */
export function confirmedRows(
  held: ConfirmedRows | undefined,
  log: ChannelLog | undefined,
  segments: readonly Segment[],
  context: RowContext,
): ConfirmedRows {
  // everything on a row may depend on who looks at it
  const last = held?.context.viewer === context.viewer ? held : undefined;
  const find = knownRows(last?.pieces ?? []);
  const kept = keptPieces(last, segments);
  const renamed = changedAliases(last?.context.aliases ?? [], context.aliases);
  const stale = last === undefined ? null : segmentsRenamed(log, segments, renamed);
  const isStale = (piece: RowPiece, i: number): boolean =>
    last?.context.gaps !== context.gaps ||
    stale?.has(i) === true ||
    (last.context.users !== context.users &&
      piece.voices.some(({ author, authorId }) => authorOf(context, authorId) !== author));
  let before: MessageRow | null = null;
  const pieces = segments.map((segment, i) => {
    const known = kept[i];
    const piece =
      known === undefined || isStale(known, i)
        ? makePiece(segment, before, context, find, known ?? last?.pieces[i])
        : rejoin(known, before, context);
    before = piece.rows.at(-1) ?? before;
    return piece;
  });
  return { segments, pieces, context };
}

/** Whether two of them show the same rows. @internal */
export function sameRows(a: ConfirmedRows, b: ConfirmedRows): boolean {
  return (
    a.pieces.length === b.pieces.length &&
    a.pieces.every(({ rows }, i) => rows === b.pieces[i]?.rows)
  );
}
