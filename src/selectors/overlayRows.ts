import type { Operation, SendOperation } from '../protocol/operations';
import type { Upload } from '../state/outboxState';
import { tableGet } from '../state/table';
import type { UserRecord } from '../state/users';
import type { ConfirmedRows } from './confirmedRows';
import { sameRows } from './confirmedRows';
import { sendRow, withOperations } from './overlay';
import type { Change, OverlaySource } from './overlayPlan';
import { planOverlay } from './overlayPlan';
import { sameItems } from './pieces';
import type { MessageRow, RowViewer } from './row';
import { noRows } from './row';
import { gapBetween, joined } from './seam';

/** What the overlay is made of. @internal */
export interface OverlayInput extends OverlaySource {
  readonly uploads: readonly Upload[];
}

/** What a changed row is made of. */
interface Parts {
  /** The confirmed row; `null` of a message that is not confirmed. */
  readonly base: MessageRow | null;
  readonly send: SendOperation | null;
  readonly operations: readonly Operation[];
  readonly viewer: RowViewer;
  readonly author: UserRecord | null;
  readonly uploads: readonly Upload[];
}

interface Made extends Parts {
  readonly row: MessageRow;
  /** The row that it was joined to; `undefined` before it was. */
  readonly before: MessageRow | null | undefined;
}

/** A list of rows with what is pending on it. @internal */
export interface Overlaid {
  readonly rows: readonly MessageRow[];
  /** How many of them, from the start, stand at the place of a confirmed message. */
  readonly heldCount: number;
  readonly confirmed: ConfirmedRows;
  readonly firstUnreadId: string | null;
  /** The changed rows, in order. */
  readonly changed: readonly Made[];
  /** Rows that only stand differently, since the one before them was changed. */
  readonly followers: readonly Made[];
}

const noUploads: readonly Upload[] = [];
const noOperations: readonly Operation[] = [];

function uploadsOf({ uploads }: OverlayInput, { uploadIds }: SendOperation): readonly Upload[] {
  if (uploadIds.length === 0) return noUploads;
  return uploadIds.flatMap((id) => uploads.find(({ uploadId }) => uploadId === id) ?? []);
}

function isSame(a: Parts, b: Parts): boolean {
  return (
    a.base === b.base &&
    a.send === b.send &&
    a.author === b.author &&
    a.viewer === b.viewer &&
    sameItems(a.operations, b.operations) &&
    sameItems(a.uploads, b.uploads)
  );
}

/** The changed row as it was made last if nothing of it is new; where it stands is seen to later. */
function make(input: OverlayInput, change: Change, last: LastMade): Made {
  const { viewer, users } = input.confirmed.context;
  const { send, operations } = change;
  if (change.spot !== null) {
    const { row: base } = change.spot;
    const parts = { base, send, operations, viewer, author: null, uploads: noUploads };
    const known = last(send?.opId ?? base.key);
    if (known !== undefined && isSame(known, parts)) return known;
    return { ...parts, row: withOperations(base, send, operations, viewer), before: undefined };
  }
  const authorId = change.send.authorId ?? viewer.id;
  const author = authorId === null ? null : (tableGet(users, authorId) ?? null);
  const uploads = uploadsOf(input, change.send);
  const parts = { base: null, send, operations, viewer, author, uploads };
  const known = last(change.send.opId);
  if (known !== undefined && isSame(known, parts)) return known;
  const base = sendRow(change.send, { viewer, author, uploads });
  return { ...parts, row: withOperations(base, send, operations, viewer), before: undefined };
}

type LastMade = (key: string) => Made | undefined;

function lastMade(last: Overlaid | null): LastMade {
  if (last === null) return () => undefined;
  const made = new Map([...last.followers, ...last.changed].map((one) => [one.row.key, one]));
  return (key) => made.get(key);
}

/** All confirmed rows in one list, which is the caller's to change. @internal */
export function flatRows(
  { pieces }: ConfirmedRows,
  added: readonly MessageRow[] = noRows,
): MessageRow[] {
  return noRows.concat(...pieces.map(({ rows }) => rows), added);
}

/** Whether the list would be the same one again. */
function isUnchanged(input: OverlayInput, last: Overlaid, changed: readonly Made[]): boolean {
  return (
    sameRows(last.confirmed, input.confirmed) &&
    last.confirmed.context.gaps === input.confirmed.context.gaps &&
    last.firstUnreadId === input.firstUnreadId &&
    sameItems(last.changed, changed)
  );
}

/**
 * Confirmed rows with what is pending on top. `null` if that changes nothing.
 *
 * @internal
 */
export function overlayRows(input: OverlayInput, last: Overlaid | null): Overlaid | null {
  const { confirmed, firstUnreadId } = input;
  if (input.operations.length === 0 && firstUnreadId === null) return null;
  const plan = planOverlay(input);
  if (plan.length === 0) return null;
  const known = lastMade(last);
  const made = plan.map((change) => make(input, change, known));
  if (last !== null && isUnchanged(input, last, made)) return last;

  const { dayOf, gaps, viewer } = confirmed.context;
  // with room for what is added: writing behind the end would copy all of it once more
  const added = made.filter(({ base }) => base === null).map(({ row }) => row);
  const rows = flatRows(confirmed, added);
  const heldCount = rows.length - added.length;
  const followers: Made[] = [];
  const join = (at: number, one: Made): Made => {
    const before = rows[at - 1] ?? null;
    // behind what is held only the first row can have a gap before it: what follows has not happened yet
    const gapAtEnd = at === heldCount ? gapBetween(gaps, before, Infinity) : null;
    const gapBefore = at < heldCount ? one.row.gapBefore : gapAtEnd;
    const isFirstUnread = one.row.id !== null && one.row.id === firstUnreadId;
    const isInPlace =
      one.before === before &&
      one.row.gapBefore === gapBefore &&
      one.row.isFirstUnread === isFirstUnread;
    const row = isInPlace ? one.row : joined(before, one.row, { gapBefore, isFirstUnread }, dayOf);
    rows[at] = row;
    return isInPlace ? one : { ...one, row, before };
  };
  /** A row that became a placeholder, or ceased to be one, changes how the next one stands. */
  const follow = (at: number): void => {
    const base = rows[at];
    if (base === undefined) return;
    const parts = { base, send: null, operations: noOperations, viewer, author: null };
    const all = { ...parts, uploads: noUploads };
    const last = known(base.key);
    const isKnown = last !== undefined && isSame(last, all);
    followers.push(join(at, isKnown ? last : { ...all, row: base, before: undefined }));
  };
  const changed = made.map((one, i) => {
    const at = plan[i]?.spot?.at ?? heldCount + (i - (made.length - added.length));
    const joinedOne = join(at, one);
    const isNextChanged = plan[i + 1]?.spot?.at === at + 1;
    const isTurned = one.base !== null && one.base.isDeleted !== joinedOne.row.isDeleted;
    if (isTurned && at < heldCount - 1 && !isNextChanged) follow(at + 1);
    return joinedOne;
  });
  return { rows, heldCount, confirmed, firstUnreadId, changed, followers };
}
