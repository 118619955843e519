import type { OperationStatus } from '../../protocol/operations';
import type { Raw } from '../../protocol/raw';
import { anyOf, isList, isRaw } from '../../protocol/raw';
import { namesOf } from '../../selectors/aliases';
import type { OutboxState } from '../../state/outboxState';

const marks: Readonly<Record<OperationStatus, true>> = {
  ...{ queued: true, sending: true, acknowledged: true, uncertain: true, failed: true },
};

const idOf = (row: Raw): unknown => anyOf(row, 'message_id', 'messageId');

/** Whether something was pending on a row when it was written by us. */
function isMarked(value: Raw): boolean {
  if (typeof value['status'] !== 'string') return false;
  return Object.hasOwn(marks, value['status']) && typeof idOf(value) === 'string';
}

/**
 * Ids that something is pending on, to tell rows by that have a shape of the host's own, and no marks: of messages that
 * have an id, and of sends that have none.
 *
 * @internal
 */
export interface PendingIds {
  readonly known: ReadonlySet<string>;
  readonly unsent: ReadonlySet<string>;
}

/** @internal */
export function pendingIdsOf({ channels, aliases }: OutboxState): PendingIds {
  const { messageIds } = namesOf(aliases);
  const known = new Set<string>();
  const unsent = new Set<string>();
  for (const operation of channels.flatMap(({ operations }) => operations)) {
    if (operation.kind === 'read') continue;
    const name = operation.kind === 'send' ? operation.opId : operation.target;
    const id = messageIds.get(name);
    if (id !== undefined) known.add(id);
    else (operation.kind === 'send' ? unsent : known).add(name);
  }
  // what is wished of a message on its way changes nothing of that it is on its way
  for (const name of unsent) known.delete(name);
  return { known, unsent };
}

/** An answer that may hold rows that we wrote. @internal */
export interface Unmarked {
  /** The answer without them. A message that has its id stays, as nobody else may know of it. */
  readonly data: unknown;
  /** What of it may count as a fact: nothing that was pending (L7). */
  readonly news: unknown;
  /** Messages are in the one and not in the other: what there is between the others is not known. */
  readonly hasHoles: boolean;
}

const whole = (value: unknown): Unmarked => ({ data: value, news: value, hasHoles: false });

function withoutStatus({ status: _, ...row }: Raw): Raw {
  return row;
}

/** A row that something is pending on; `null`: it is none. */
function ofRow(row: Raw, pending: PendingIds | null): Unmarked | null {
  if (isMarked(row)) {
    const isUnsent = row['client_id'] === idOf(row);
    return { data: isUnsent ? row : withoutStatus(row), news: null, hasHoles: !isUnsent };
  }
  if (pending === null) return null;
  const names = Object.values(row).filter((value) => typeof value === 'string');
  const isKnown = names.some((name) => pending.known.has(name));
  if (!isKnown && !names.some((name) => pending.unsent.has(name))) return null;
  return { data: row, news: null, hasHoles: isKnown };
}

function ofList(list: readonly unknown[], pending: PendingIds | null): Unmarked {
  const data: unknown[] = [];
  const news: unknown[] = [];
  let hasHoles = false;
  let isWhole = true;
  for (const item of list) {
    const row = isRaw(item) ? ofRow(item, pending) : null;
    const part = row ?? unmarked(item, pending);
    hasHoles ||= part.hasHoles;
    isWhole &&= part.data === item && part.news === item;
    if (row === null) {
      data.push(part.data);
      news.push(part.news);
    } else if (part.hasHoles) data.push(part.data);
  }
  return isWhole ? whole(list) : { data, news, hasHoles };
}

/**
 * Parts what comes back to the cache, by hydration or by the host's own hand, from what we had written into it: rows that
 * something was pending on have a `status`, and messages on their way have a `client_id` for an id. Rows of a shape of
 * the host's own are told by what is pending now.
 *
 * @internal
 * @param pending - Where rows have a shape of the host's own.
 */
export function unmarked(value: unknown, pending: PendingIds | null = null): Unmarked {
  if (isList(value)) return ofList(value, pending);
  if (!isRaw(value)) return whole(value);
  const row = ofRow(value, pending);
  if (row !== null) return row;
  const parts = Object.entries(value).map(
    ([name, held]) => [name, held, unmarked(held, pending)] as const,
  );
  const isWhole = parts.every(([, held, { data, news }]) => data === held && news === held);
  if (isWhole) return whole(value);
  return {
    data: Object.fromEntries(parts.map(([name, , { data }]) => [name, data])),
    news: Object.fromEntries(parts.map(([name, , { news }]) => [name, news])),
    hasHoles: parts.some(([, , { hasHoles }]) => hasHoles),
  };
}
