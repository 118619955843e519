import type { ChannelLog } from '../state/channelLog';
import { findMessage } from '../state/channelLog';
import { isInDoubt } from '../state/operationStatus';
import type { Operation, SendOperation } from '../protocol/operations';
import { namesOf } from './aliases';
import type { ConfirmedRows } from './confirmedRows';
import { memoByReference } from './memo';
import { indexIn, segmentAt } from './pieces';
import type { MessageRow } from './row';

/** A confirmed row, and where in the whole list it stands. */
interface Spot {
  readonly at: number;
  readonly row: MessageRow;
}

/** A row to be shown other than it is confirmed. */
interface PlacedChange {
  readonly spot: Spot;
  /** The send that it is, while that is pending itself. */
  readonly send: SendOperation | null;
  readonly operations: readonly Operation[];
}

/** A message that is not in the list: it goes to the end. */
interface AddedChange {
  readonly spot: null;
  readonly send: SendOperation;
  readonly operations: readonly Operation[];
}

/** @internal */
export type Change = PlacedChange | AddedChange;

/** A timeline and what is pending in its channel. @internal */
export interface OverlaySource {
  readonly log: ChannelLog | undefined;
  readonly parentId: string | null;
  readonly confirmed: ConfirmedRows;
  readonly operations: readonly Operation[];
  readonly firstUnreadId: string | null;
}

/** How many rows stand before each piece; asked for once per change of the list, not once per wish. */
const startsOf = memoByReference((pieces: ConfirmedRows['pieces']): readonly number[] => {
  let start = 0;
  return pieces.map(({ rows }) => {
    const before = start;
    start += rows.length;
    return before;
  });
});

/** Finds the row of a message without looking at the others. */
function findSpot(
  { log, parentId, confirmed }: Pick<OverlaySource, 'log' | 'parentId' | 'confirmed'>,
  messageId: string,
): Spot | null {
  const record = log === undefined ? undefined : findMessage(log, messageId);
  if (record?.parentId !== parentId) return null;
  const { segments, pieces } = confirmed;
  const segment = segmentAt(segments, record);
  const piece = pieces[segment];
  const index = piece === undefined ? -1 : indexIn(piece.records, record);
  const row = piece?.rows[index];
  if (row === undefined) return null;
  return { at: (startsOf(pieces)[segment] ?? 0) + index, row };
}

interface Sends {
  /** Sends of which a message that must be theirs is already in the list: they are that row. */
  readonly shadows: ReadonlyMap<string, { readonly send: SendOperation; readonly spot: Spot }>;
  readonly others: readonly SendOperation[];
}

function placeSends(source: OverlaySource): Sends {
  const shadows = new Map<string, { send: SendOperation; spot: Spot }>();
  const others: SendOperation[] = [];
  for (const send of source.operations) {
    if (send.kind !== 'send' || send.parentId !== source.parentId) continue;
    const candidate = isInDoubt(send) ? send.candidates[0] : undefined;
    const isFree = candidate !== undefined && !shadows.has(candidate);
    const spot = isFree ? findSpot(source, candidate) : null;
    if (spot === null || candidate === undefined) others.push(send);
    else shadows.set(candidate, { send, spot });
  }
  return { shadows, others };
}

/** Edits, deletes and reactions by what they are of: the id of a message, or of a send that has none yet. */
function byTarget(
  { operations, confirmed }: OverlaySource,
  { shadows }: Sends,
): ReadonlyMap<string, readonly Operation[]> {
  const ids = new Map([...shadows].map(([id, { send }]) => [send.opId, id]));
  const { messageIds } = namesOf(confirmed.context.aliases);
  const targets = new Map<string, Operation[]>();
  for (const held of operations) {
    if (held.kind === 'send' || held.kind === 'read') continue;
    const target = ids.get(held.target) ?? messageIds.get(held.target) ?? held.target;
    const others = targets.get(target);
    if (others === undefined) targets.set(target, [held]);
    else others.push(held);
  }
  return targets;
}

const nothing: readonly Operation[] = [];

/**
 * Finds what of a timeline is to be shown differently, in the order in which it is shown. Costs what is pending, not
 * what is held.
 *
 * @internal
 */
export function planOverlay(source: OverlaySource): readonly Change[] {
  const { firstUnreadId } = source;
  const sends = placeSends(source);
  const targets = byTarget(source, sends);
  const ids = new Set([...sends.shadows.keys(), ...targets.keys()]);
  if (firstUnreadId !== null) ids.add(firstUnreadId);
  const changed = [...ids].flatMap((id): PlacedChange[] => {
    const shadow = sends.shadows.get(id);
    const spot = shadow?.spot ?? findSpot(source, id);
    const operations = targets.get(id) ?? nothing;
    return spot === null ? [] : [{ spot, send: shadow?.send ?? null, operations }];
  });
  changed.sort((a, b) => a.spot.at - b.spot.at);
  const added = sends.others.map((send): AddedChange => {
    return { spot: null, send, operations: targets.get(send.opId) ?? nothing };
  });
  return [...changed, ...added];
}
