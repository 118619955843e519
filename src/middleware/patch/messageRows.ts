import { decodeMessage } from '../../protocol/decodeMessage';
import type { Decoded } from '../../protocol/fault';
import { Fault } from '../../protocol/fault';
import { earliestOf, latestOf } from '../../protocol/extremes';
import type { MessageFact } from '../../protocol/models';
import { isRaw } from '../../protocol/raw';
import type { MessageRow } from '../../selectors/row';
import { equalJson } from '../../state/equalJson';
import { isKnownDeleted } from '../../state/messages';
import { compareKeys } from '../../state/segments';
import type { PatchView } from './patchRule';
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

/** Which of a channel's rows belong to a list. @internal */
export interface ListScope {
  readonly channelId: string;
  readonly parentId: string | null;
  /** The list reaches up to now: what is new belongs to it, and what is on its way. */
  readonly isTail: boolean;
}

/** One row of a list as it is to be, and where it stands. @internal */
export interface PlacedRow {
  readonly at: number;
  readonly id: string;
  readonly row: unknown;
}

/** @internal */
export interface MessageRows {
  /** What a row of an answer says, or why that is not understood. */
  readonly read: (row: unknown, channelId: string | null) => Decoded<MessageFact>;
  /** The same; `null` where it is not understood. */
  readonly factOf: (row: unknown, channelId: string | null) => MessageFact | null;
  /** The rows of a list with everything that is known now, oldest first. */
  readonly placed: (
    held: readonly unknown[],
    scope: ListScope,
    view: PatchView,
  ) => readonly PlacedRow[];
  /** Whether the layer knows everything from the oldest row to the newest one, or to now. */
  readonly isLoaded: (held: readonly unknown[], scope: ListScope, view: PatchView) => boolean;
  /** One row with everything that is known now. */
  readonly written: (row: MessageRow, held: unknown, fact: MessageFact | null) => unknown;
}

interface Written {
  readonly held: unknown;
  readonly row: unknown;
}

/**
 * Reads and writes the rows of one rule. What was made of a row is remembered beside it, so that a row that did not
 * change is the same object.
 *
 * @internal
 */
export function createMessageRows({ fromRow, toRow }: RowShape): MessageRows {
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
  const written: MessageRows['written'] = (row, held, fact) => {
    const known = lastWritten.get(row);
    if (known !== undefined && known.held === held) return known.row;
    const made = write(row, held, fact);
    lastWritten.set(row, { held, row: made });
    return made;
  };

  return {
    read,
    factOf,
    written,
    isLoaded(held, { channelId, parentId, isTail }, { messages }) {
      const times = held.map((row) => factOf(row, channelId)?.createdAt);
      if (times.length === 0 || times.includes(undefined)) return false;
      const known = times.flatMap((at) => at ?? []);
      const [first, last] = [earliestOf(known), latestOf(known)];
      const { root, selectors } = messages;
      const windows = selectors.selectHeldTimeline(root, channelId, parentId)?.windows ?? [];
      return windows.some(({ from, to }) => {
        if ((from ?? -Infinity) > first) return false;
        return to === null || (!isTail && last <= to);
      });
    },
    placed(held, scope, view) {
      const { channelId, parentId, isTail } = scope;
      const { root, selectors } = view.messages;
      const waiting = new Map<string, { readonly row: unknown; readonly fact: MessageFact }>();
      let first: PlacedRow | null = null;
      let last: PlacedRow | null = null;
      const strays: PlacedRow[] = [];
      for (const row of held) {
        const fact = factOf(row, channelId);
        if (fact === null) {
          // nobody knows what it is: it stays where it stood
          strays.push({ at: last?.at ?? -Infinity, id: last?.id ?? '', row });
          continue;
        }
        const place: PlacedRow = { at: fact.createdAt ?? last?.at ?? -Infinity, id: fact.id, row };
        if (first === null || comparePlaces(place, first) < 0) first = place;
        if (last === null || comparePlaces(place, last) > 0) last = place;
        waiting.set(fact.id, { row, fact });
      }
      const shown = selectors.selectTimeline(root, channelId, parentId);
      const placed: PlacedRow[] = [];
      for (const row of shown) {
        const given = row.id === null ? undefined : waiting.get(row.id);
        const place = { at: row.createdAt, id: row.id ?? row.key };
        if (given === undefined) {
          const isBefore = first !== null && comparePlaces(place, first) < 0;
          const isAfter = last === null || comparePlaces(place, last) > 0;
          if ((isBefore && row.id !== null) || (isAfter && !isTail)) continue;
          if (row.id === null && !isTail) continue;
        }
        if (row.id !== null) waiting.delete(row.id);
        const made = written(row, given?.row, given?.fact ?? null);
        // what is on its way stands last, whatever the client's clock says
        placed.push({ ...place, at: row.id === null ? Infinity : place.at, row: made });
      }
      const { messages } = selectors.selectHudhud(root);
      for (const [id, { row, fact }] of waiting) {
        const isGone = isKnownDeleted(messages, channelId, id);
        if (!isGone) strays.push({ at: fact.createdAt ?? -Infinity, id, row });
      }
      return strays.length === 0 ? placed : mergeStrays(placed, strays);
    },
  };
}

function comparePlaces(a: Omit<PlacedRow, 'row'>, b: Omit<PlacedRow, 'row'>): number {
  return compareKeys(a.at, a.id, b.at, b.id);
}

/** Rows on their way keep the order in which they were wished. */
function mergeStrays(placed: readonly PlacedRow[], strays: readonly PlacedRow[]): PlacedRow[] {
  const pending = placed.filter(({ at }) => at === Infinity);
  const others = placed.filter(({ at }) => at !== Infinity);
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
  const isKnown = new Set(held);
  let byName: Map<unknown, unknown> | null = null;
  const kept = next.map((row) => {
    if (isKnown.has(row)) return row;
    byName ??= new Map(held.map((one) => [nameOf(one), one]));
    const same = byName.get(nameOf(row));
    return equalJson(same, row) ? same : row;
  });
  return kept.length === held.length && kept.every((row, i) => row === held[i]) ? held : kept;
}

/** Any name that two versions of one row share will do: what differs is seen by comparing. */
function nameOf(row: unknown): unknown {
  if (!isRaw(row)) return row;
  return row['message_id'] ?? row['messageId'] ?? row['channel_id'] ?? row['user_id'] ?? row['id'];
}
