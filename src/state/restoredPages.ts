import type { PageReceived } from '../actions/history';
import type { RestoredHistory } from '../actions/storage';
import { beforeThisVisit } from '../actions/storage';

/** Asked for before everything that this visit asks for. */
const asked = {
  asOf: beforeThisVisit,
  absentBefore: beforeThisVisit,
  oldestInFlight: null,
} as const;

/**
 * What an earlier visit knew of a channel, as the pages that would have told it.
 *
 * @internal
 */
export function pagesOf({ channelId, messages, windows }: RestoredHistory): PageReceived[] {
  let rest = [...messages].sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
  return windows.map((range) => {
    const end = range.to ?? Infinity;
    const rows = rest.filter(({ createdAt = 0 }) => createdAt <= end);
    rest = rest.slice(rows.length);
    return { channelId, parentId: null, messages: rows, range, ...asked };
  });
}
