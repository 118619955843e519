import type { Alias } from '../state/outboxState';
import { memoByReference } from './memo';

/** Sends and the messages that they became, both ways. @internal */
export interface Names {
  readonly clientIds: ReadonlyMap<string, string>;
  readonly messageIds: ReadonlyMap<string, string>;
}

/** @internal */
export const namesOf: (aliases: readonly Alias[]) => Names = memoByReference((aliases) => ({
  clientIds: new Map(aliases.map(({ messageId, clientId }) => [messageId, clientId])),
  messageIds: new Map(aliases.map(({ messageId, clientId }) => [clientId, messageId])),
}));

/**
 * Ids of the messages whose alias came or went. Aliases are added at the end and let go at the start, so only the ends
 * are looked at.
 *
 * @internal
 */
export function changedAliases(
  before: readonly Alias[],
  after: readonly Alias[],
): readonly string[] {
  if (before === after) return [];
  const last = before.at(-1);
  const first = after[0];
  const kept = last === undefined ? -1 : after.lastIndexOf(last);
  const gone = first === undefined ? -1 : before.indexOf(first);
  const added = after.slice(kept + 1);
  const dropped = kept < 0 || gone < 0 ? before : before.slice(0, gone);
  return [...added, ...dropped].map(({ messageId }) => messageId);
}
