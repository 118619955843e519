import type { Operation, SendSince } from '../protocol/operations';
import type { HudhudSelectors } from '../selectors/createSelectors';
import type { HudhudRootState } from '../selectors/root';

/** Servers of one backend may disagree about the time by this much. */
const skewMs = 2_000;

/**
 * What is newest where a send goes to, so that what it makes can be told from what was there; `null` for anything but a
 * send, and where nothing is known.
 *
 * @internal
 */
export function sendSince(
  selectors: Pick<HudhudSelectors, 'selectHeldTimeline'>,
  root: HudhudRootState,
  operation: Operation,
  viewerId: string | null,
): SendSince | null {
  if (operation.kind !== 'send') return null;
  const { channelId, parentId } = operation;
  const timeline = selectors.selectHeldTimeline(root, channelId, parentId);
  const last = timeline?.windows.at(-1);
  if (timeline === null || last === undefined) return null;
  const newest = timeline.segments.at(-1)?.at(-1)?.createdAt ?? 0;
  const at = Math.max(newest, last.to ?? last.from ?? 0) - skewMs;
  const ids: string[] = [];
  for (let i = timeline.segments.length - 1; i >= 0; i--) {
    const segment = timeline.segments[i] ?? [];
    for (const row of segment) {
      if (row.createdAt >= at && row.userId === viewerId) ids.push(row.id);
    }
    if ((segment[0]?.createdAt ?? 0) < at) break;
  }
  return { at, ids };
}
