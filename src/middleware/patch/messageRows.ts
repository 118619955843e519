import { decodeMessage } from '../../protocol/decodeMessage';
import type { Decoded } from '../../protocol/fault';
import { Fault } from '../../protocol/fault';
import { earliestOf, latestOf } from '../../protocol/extremes';
import type { MessageFact } from '../../protocol/models';
import { isRaw } from '../../protocol/raw';
import type { MessageRow } from '../../selectors/row';
import { equalJson } from '../../state/equalJson';
import { findMessage } from '../../state/channelLog';
import { findLog, isKnownDeleted } from '../../state/messages';
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
  /** See `PatchSource`. */
  readonly absentBefore: number;
}

/** One row of a list as it is to be, and where it stands: what is on its way stands last. @internal */
export interface PlacedRow {
  readonly at: number;
  readonly id: string;
  readonly row: unknown;
}

/** What an answer's own rows say, taken together: made once per answer. */
interface Given {
  readonly byId: ReadonlyMap<string, { readonly row: unknown; readonly fact: MessageFact }>;
  readonly first: PlacedRow | null;
  readonly last: PlacedRow | null;
  /** Rows that nobody understands, each where the one before it stands. */
  readonly strange: readonly PlacedRow[];
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

  const givenLists = new WeakMap<readonly unknown[], Given>();
  const givenOf = (held: readonly unknown[], channelId: string): Given => {
    let given = givenLists.get(held);
    if (given === undefined) {
      given = makeGiven(held, (row) => factOf(row, channelId));
      givenLists.set(held, given);
    }
    return given;
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
    placed(held, { channelId, parentId, isTail, absentBefore }, view) {
      const { root, selectors } = view.messages;
      const { byId, first, last, strange } = givenOf(held, channelId);
      const { messages } = selectors.selectHudhud(root);
      const log = findLog(messages, channelId);
      // a row that is not understood may be the one that seems to be missing
      const goneBefore = strange.length > 0 ? 0 : absentBefore;
      const isGone = ({ createdAt }: MessageRow, id: string): boolean => {
        // what the answer has on both sides of it is the reducers' to tell
        if (last !== null && compareKeys(createdAt, id, last.at, last.id) < 0) return false;
        const record = log === undefined ? undefined : findMessage(log, id);
        return record !== undefined && record.seen < goneBefore;
      };
      const placed: PlacedRow[] = [];
      let found = 0;
      for (const row of selectors.selectTimeline(root, channelId, parentId)) {
        const { id, createdAt } = row;
        const given = id === null ? undefined : byId.get(id);
        if (given !== undefined) found += 1;
        else if (id === null ? !isTail : !isWithin(row, first, isTail ? 'now' : last)) continue;
        // the answer reaches over it and does not have it, with or without a stream that could tell
        else if (id !== null && isGone(row, id)) continue;
        const made = written(row, given?.row, given?.fact ?? null);
        const at = id === null ? Infinity : createdAt;
        placed.push({ at, id: id ?? row.key, row: made });
      }
      if (found === byId.size && strange.length === 0) return placed;
      const shown = new Set(placed.map(({ id }) => id));
      const strays = [...strange];
      for (const [id, { row, fact }] of byId) {
        if (shown.has(id) || isKnownDeleted(messages, channelId, id)) continue;
        strays.push({ at: fact.createdAt ?? -Infinity, id, row });
      }
      return strays.length === 0 ? placed : mergeStrays(placed, strays);
    },
  };
}

/** Whether a row that an answer does not have lies in what it reaches over. */
function isWithin(
  { createdAt, id }: MessageRow,
  first: PlacedRow | null,
  last: PlacedRow | 'now' | null,
): boolean {
  const at = id ?? '';
  if (first !== null && compareKeys(createdAt, at, first.at, first.id) < 0) return false;
  if (last === 'now') return true;
  return last !== null && compareKeys(createdAt, at, last.at, last.id) <= 0;
}

function makeGiven(held: readonly unknown[], factOf: (row: unknown) => MessageFact | null): Given {
  const byId = new Map<string, { readonly row: unknown; readonly fact: MessageFact }>();
  const strange: PlacedRow[] = [];
  let first: PlacedRow | null = null;
  let last: PlacedRow | null = null;
  let place: Omit<PlacedRow, 'row'> = { at: -Infinity, id: '' };
  for (const row of held) {
    const fact = factOf(row);
    if (fact === null) {
      strange.push({ ...place, row });
      continue;
    }
    place = { at: fact.createdAt ?? place.at, id: fact.id };
    const placed = { ...place, row };
    if (first === null || comparePlaces(placed, first) < 0) first = placed;
    if (last === null || comparePlaces(placed, last) > 0) last = placed;
    byId.set(fact.id, { row, fact });
  }
  return { byId, first, last, strange };
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
  const moved = next.length - held.length;
  let byName: Map<unknown, unknown> | null = null;
  let isSame = moved === 0;
  const kept = next.map((row, i) => {
    // in its place, as counted from either end
    if (row === held[i] || row === held[i - moved]) return row;
    byName ??= new Map(held.map((one) => [nameOf(one), one]));
    const same = byName.get(nameOf(row));
    if (row === same || equalJson(same, row)) return same;
    isSame = false;
    return row;
  });
  return isSame && kept.every((row, i) => row === held[i]) ? held : kept;
}

/** Any name that two versions of one row share will do: what differs is seen by comparing. */
function nameOf(row: unknown): unknown {
  if (!isRaw(row)) return row;
  return row['message_id'] ?? row['messageId'] ?? row['channel_id'] ?? row['user_id'] ?? row['id'];
}
