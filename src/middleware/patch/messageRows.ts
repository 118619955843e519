import { decodeMessage } from '../../protocol/decodeMessage';
import type { Decoded } from '../../protocol/fault';
import { Fault } from '../../protocol/fault';
import type { MessageFact } from '../../protocol/models';
import { isRaw } from '../../protocol/raw';
import type { MessageRow } from '../../selectors/row';
import { equalJson } from '../../state/equalJson';
import { findMessage } from '../../state/channelLog';
import { findLog, isKnownDeleted } from '../../state/messagesState';
import { compareKeys } from '../../state/segments';
import type { Given, GivenMessage, PlacedRow, RowPlace } from './givenRows';
import { comparePlaces, givenRows } from './givenRows';
import type { ListScope } from './listRows';
import { listRows, sameScope } from './listRows';
import type { PatchReader, PatchView } from './patchRule';
import { nameOf } from './rowName';
import { isSameSpan, spanOf } from './rowReach';
import { changedWireRow, newWireRow } from './wireRow';

/** How a host's rows are told in the backend's words, and back. @public */
export interface RowShape {
  /**
   * A row as the backend sends it, made of the host's; any of the spellings of the wire contract will do. Pure. Default:
   * the row itself.
   */
  readonly fromRow?: (row: unknown) => unknown;
  /**
   * The host's row of a message. Pure.
   *
   * @param held - The row that the endpoint gave for it, if it did.
   * Default: that row with what really differs, in its own spelling, and `client_id` and `status` while something is
   * pending; of a message that it did not give, a row as the backend sends it.
   */
  readonly toRow?: (row: MessageRow, held: unknown) => unknown;
}

/** Whether rows are told in the host's words. @internal */
export function hasOwnRows({ fromRow, toRow }: RowShape): boolean {
  return fromRow !== undefined || toRow !== undefined;
}

/** @internal */
export interface MessageRows {
  /** What a row of an answer says, or why that is not understood. */
  readonly read: (row: unknown, channelId: string | null) => Decoded<MessageFact>;
  /** The same; `null` where it is not understood. */
  readonly factOf: (row: unknown, channelId: string | null) => MessageFact | null;
  /** The rows of a list with everything that is known now, oldest first. `held` is in the list's own order. */
  readonly placed: (
    held: readonly unknown[],
    scope: ListScope,
    view: PatchView,
  ) => readonly PlacedRow[];
  /**
   * The same of a list that is a part of another one, up to where the next part begins (`null`: it is the last part). The
   * same object as long as nothing that it reaches over has changed. `null`: not all of its rows stand where it has them,
   * so that they can be placed with those of the other parts only.
   */
  readonly placedUntil: (
    held: readonly unknown[],
    scope: ListScope,
    view: PatchView,
    until: RowPlace | null,
  ) => readonly PlacedRow[] | null;
  /** Whether the layer knows everything from the oldest row to the newest one, or to now. */
  readonly isLoaded: (held: readonly unknown[], scope: ListScope, view: PatchView) => boolean;
  /** One row with everything that is known now. */
  readonly written: (row: MessageRow, held: unknown, fact: MessageFact | null) => unknown;
}

/** What was made of a row, and of which row that the endpoint gave. */
interface Written extends PlacedRow {
  readonly held: unknown;
}

interface Remembered {
  readonly scope: ListScope;
  readonly rows: readonly MessageRow[];
  readonly placed: readonly PlacedRow[];
}

/**
 * Reads and writes the rows of one rule. What was made of a row is remembered beside it, so that a row that did not
 * change is the same object.
 *
 * @internal
 */
export function createMessageRows({
  fromRow,
  toRow,
  newestFirst = false,
}: RowShape & { readonly newestFirst?: boolean }): MessageRows {
  const facts = new WeakMap<object, Decoded<MessageFact>>();
  const lastWritten = new WeakMap<MessageRow, Written>();

  const decode = (row: unknown, channelId: string | null): Decoded<MessageFact> => {
    const fact = decodeMessage(fromRow === undefined ? row : fromRow(row));
    if (fact instanceof Fault || fact.channelId !== undefined) return fact;
    return channelId === null ? new Fault('missing_channel', 'channelId') : { ...fact, channelId };
  };
  const read: MessageRows['read'] = (row, channelId) => {
    if (typeof row !== 'object' || row === null) return new Fault('not_an_object');
    let fact = facts.get(row);
    if (fact === undefined) {
      fact = decode(row, channelId);
      facts.set(row, fact);
    }
    return fact;
  };
  const factOf: MessageRows['factOf'] = (row, channelId) => {
    const fact = read(row, channelId);
    return fact instanceof Fault ? null : fact;
  };
  const write = (row: MessageRow, held: unknown, fact: MessageFact | null): unknown => {
    if (toRow !== undefined) return toRow(row, held);
    return isRaw(held) && fact !== null ? changedWireRow(held, fact, row) : newWireRow(row);
  };
  const placeOf = (row: MessageRow, held: unknown, fact: MessageFact | null): Written => {
    const known = lastWritten.get(row);
    if (known !== undefined && known.held === held) return known;
    const at = row.id === null ? Infinity : row.createdAt;
    const made = { at, id: row.id ?? row.key, row: write(row, held, fact), held };
    lastWritten.set(row, made);
    return made;
  };
  const written: MessageRows['written'] = (row, held, fact) => placeOf(row, held, fact).row;
  const place = (row: MessageRow, own: GivenMessage | undefined): PlacedRow =>
    placeOf(row, own?.row, own?.fact ?? null);

  const givenLists = new WeakMap<readonly unknown[], Given>();
  const givenOf = (held: readonly unknown[], channelId: string): Given => {
    let given = givenLists.get(held);
    if (given === undefined) {
      const list = newestFirst ? held.toReversed() : held;
      given = givenRows(list, (row) => factOf(row, channelId));
      givenLists.set(held, given);
    }
    return given;
  };

  /** What an answer reaches over and does not have is gone, with or without a stream that could tell. */
  const isGoneIn = (
    { last, isWhole }: Given,
    { channelId, parentId, absentBefore }: ListScope,
    { root, selectors }: PatchReader,
  ) => {
    const log = findLog(selectors.selectHudhud(root).messages, channelId);
    // a row that is not understood may be the one that seems to be missing
    const goneBefore = isWhole ? absentBefore : 0;
    return (row: MessageRow, id: string): boolean => {
      // what the answer has on both sides of it is the reducers' to tell, but for a reply that stands among messages
      const isInside = last !== null && compareKeys(row.createdAt, id, last.at, last.id) < 0;
      if (isInside && row.parentId === parentId) return false;
      const record = log === undefined ? undefined : findMessage(log, id);
      return record !== undefined && record.seen < goneBefore;
    };
  };

  const everything = (
    held: readonly unknown[],
    scope: ListScope,
    { messages: reader }: PatchView,
  ): readonly PlacedRow[] => {
    const { channelId, isTail } = scope;
    const { root, selectors } = reader;
    const given = givenOf(held, channelId);
    const { rows, byId, first, last } = given;
    const isGone = isGoneIn(given, scope, reader);
    const placed: PlacedRow[] = [];
    const shown = new Set<string>();
    for (const row of listRows(reader, scope)) {
      const { id } = row;
      const own = id === null ? undefined : byId.get(id);
      if (own !== undefined) shown.add(own.fact.id);
      else if (id === null ? !isTail : !isWithin(row, first, isTail ? 'now' : last)) continue;
      else if (id !== null && isGone(row, id)) continue;
      placed.push(place(row, own));
    }
    if (shown.size === rows.length) return placed;
    const { messages } = selectors.selectHudhud(root);
    const strays = rows.flatMap((one): PlacedRow | [] => {
      const { at, id, row, fact } = one;
      if (fact === null) return one;
      if (shown.has(fact.id) || byId.get(fact.id) !== one) return [];
      // a reply, in the list of a channel
      const known = selectors.selectRow(root, channelId, fact.id);
      if (known !== null) return { at, id, row: written(known, row, fact) };
      return isKnownDeleted(messages, channelId, fact.id) ? [] : { at, id, row };
    });
    return strays.length === 0 ? placed : mergeStrays(placed, strays);
  };

  /** What was made of a list the last time, and of which rows. */
  const remembered = new WeakMap<readonly unknown[], Remembered>();
  const reached: MessageRows['placedUntil'] = (held, scope, view, until) => {
    const { channelId, isTail } = scope;
    const reader = view.messages;
    const { root, selectors } = reader;
    const given = givenOf(held, channelId);
    const { rows, byId, first, last, isTimed } = given;
    // nothing is reached over from a row that stands nowhere
    if (!isTimed || (last === null && !isTail && until === null)) return null;
    const end = until !== null ? { until } : isTail || last === null ? 'now' : { last };
    const all = listRows(reader, scope);
    const span = spanOf(all, first, end);
    const known = remembered.get(held);
    if (known !== undefined && sameScope(known.scope, scope) && isSameSpan(known.rows, all, span)) {
      return known.placed;
    }
    const isGone = isGoneIn(given, scope, reader);
    const reachedRows = all.slice(...span);
    const placed: PlacedRow[] = [];
    let shownCount = 0;
    let isLasting = true;
    for (const row of reachedRows) {
      const { id } = row;
      const own = id === null ? undefined : byId.get(id);
      if (own !== undefined) shownCount++;
      else if (id !== null && until === null && isGone(row, id)) {
        // it may be seen again
        isLasting = false;
        continue;
      }
      placed.push(place(row, own));
    }
    const strays: PlacedRow[] = [];
    const { messages } = selectors.selectHudhud(root);
    if (shownCount < rows.length) {
      const shown = new Set(reachedRows.map(({ id }) => id));
      for (const { at, id, row, fact } of byId.values()) {
        if (shown.has(fact.id) || isKnownDeleted(messages, channelId, fact.id)) continue;
        // it stands elsewhere than the answer has it
        if (selectors.selectRow(root, channelId, fact.id) !== null) return null;
        isLasting = false;
        strays.push({ at, id, row });
      }
    }
    const made = strays.length === 0 ? placed : mergeStrays(placed, strays);
    if (isLasting) remembered.set(held, { scope, rows: reachedRows, placed: made });
    else remembered.delete(held);
    return made;
  };

  return {
    read,
    factOf,
    written,
    isLoaded(held, { channelId, parentId, isTail, withReplies }, { messages }) {
      const { rows, first, last } = givenOf(held, channelId);
      const { root, selectors } = messages;
      const isHeld = ({ fact }: (typeof rows)[number]): boolean =>
        fact?.createdAt !== undefined &&
        ((fact.parentId ?? null) === parentId ||
          selectors.selectMessage(root, channelId, fact.id) !== null);
      // of threads nobody knows whether all of them are
      if (first === null || last === null || withReplies || !rows.every(isHeld)) return false;
      const windows = selectors.selectHeldTimeline(root, channelId, parentId)?.windows ?? [];
      return windows.some(({ from, to }) => {
        if ((from ?? -Infinity) > first.at) return false;
        return to === null || (!isTail && last.at <= to);
      });
    },
    placed(held, scope, view) {
      const own = reached(held, scope, view, null);
      return own ?? everything(held, scope, view);
    },
    placedUntil: reached,
  };
}

/** Whether a row that an answer does not have lies in what it reaches over. */
function isWithin(
  { createdAt, id }: MessageRow,
  first: RowPlace | null,
  last: RowPlace | 'now' | null,
): boolean {
  const at = id ?? '';
  if (first !== null && compareKeys(createdAt, at, first.at, first.id) < 0) return false;
  if (last === 'now') return true;
  return last !== null && compareKeys(createdAt, at, last.at, last.id) <= 0;
}

/** Rows on their way keep the order in which they were wished. */
function mergeStrays(placed: readonly PlacedRow[], strays: readonly PlacedRow[]): PlacedRow[] {
  const pending = placed.filter(({ at }) => at === Infinity);
  const others = placed.filter(({ at }) => at !== Infinity);
  // the order is kept of those that stand at one place: what has no time comes after the row that it followed
  return [...[...others, ...strays].sort(comparePlaces), ...pending];
}

/**
 * Takes rows of the last time in place of equal ones that were made anew.
 *
 * @internal
 */
export function keepRows(next: readonly unknown[], last: unknown): readonly unknown[] {
  if (!Array.isArray(last)) return next;
  const held: readonly unknown[] = last;
  const moved = next.length - held.length;
  let byName: Map<unknown, unknown> | null = null;
  let isSame = moved === 0;
  const kept = next.map((row, i) => {
    // in its place, as counted from either end
    if (row === held[i] || row === held[i - moved]) return row;
    const name = nameOf(row);
    const inPlace = held[i];
    byName ??= name === nameOf(inPlace) ? null : new Map(held.map((one) => [nameOf(one), one]));
    const same = byName === null ? inPlace : byName.get(name);
    if (row === same || equalJson(same, row)) return same;
    isSame = false;
    return row;
  });
  return isSame && kept.every((row, i) => row === held[i]) ? held : kept;
}
