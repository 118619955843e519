import type { OperationStatus } from '../../protocol/operations';
import type { Raw } from '../../protocol/raw';
import { anyOf, isList, isRaw } from '../../protocol/raw';

const marks: Readonly<Record<OperationStatus, true>> = {
  ...{ queued: true, sending: true, acknowledged: true, uncertain: true, failed: true },
};

const idOf = (row: Raw): unknown => anyOf(row, 'message_id', 'messageId');

/** Whether something was pending on a row when it was written by us. */
function isMarked(value: unknown): value is Raw {
  if (!isRaw(value) || typeof value['status'] !== 'string') return false;
  return Object.hasOwn(marks, value['status']) && typeof idOf(value) === 'string';
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

function ofRow(row: Raw): Unmarked {
  const isUnsent = row['client_id'] === idOf(row);
  return { data: isUnsent ? row : withoutStatus(row), news: null, hasHoles: !isUnsent };
}

function ofList(list: readonly unknown[]): Unmarked {
  const data: unknown[] = [];
  const news: unknown[] = [];
  let hasHoles = false;
  let isWhole = true;
  for (const item of list) {
    const part = unmarked(item);
    hasHoles ||= part.hasHoles;
    isWhole &&= part.data === item && part.news === item;
    if (!isMarked(item)) {
      data.push(part.data);
      news.push(part.news);
    } else if (part.hasHoles) data.push(part.data);
  }
  return isWhole ? whole(list) : { data, news, hasHoles };
}

/**
 * Parts what comes back to the cache, by hydration or by the host's own hand, from what we had written into it: rows that
 * something was pending on have a `status`, and messages on their way have a `client_id` for an id.
 *
 * @internal
 */
export function unmarked(value: unknown): Unmarked {
  if (isMarked(value)) return ofRow(value);
  if (isList(value)) return ofList(value);
  if (!isRaw(value)) return whole(value);
  const parts = Object.entries(value).map(([name, held]) => [name, held, unmarked(held)] as const);
  const isWhole = parts.every(([, held, { data, news }]) => data === held && news === held);
  if (isWhole) return whole(value);
  return {
    data: Object.fromEntries(parts.map(([name, , { data }]) => [name, data])),
    news: Object.fromEntries(parts.map(([name, , { news }]) => [name, news])),
    hasHoles: parts.some(([, , { hasHoles }]) => hasHoles),
  };
}
