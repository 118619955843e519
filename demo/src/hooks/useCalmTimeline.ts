import type { MessageRow } from '@hudhud/state';
import type { TimelineView } from '@hudhud/state/react';
import { useEffect, useEffectEvent, useState } from 'react';

/** So many new messages at once nobody reads. */
const many = 30;
/** How long what is shown stays then. */
const restMs = 100;

/** Others' messages after the newest one that is shown. */
function newerThan(shown: readonly MessageRow[], rows: readonly MessageRow[]): number {
  const newest = shown.at(-1);
  if (newest === undefined || rows.at(-1)?.isOwn !== false) return 0;
  return rows.length - 1 - rows.findLastIndex(({ key }) => key === newest.key);
}

/**
 * A conversation as it is drawn. A message shows at once; of a flood the list shows where it has come to, ten times a
 * second: each time all rows in sight are other ones, and no frame is left for anything else if that is done in each.
 */
export function useCalmTimeline(timeline: TimelineView): TimelineView {
  const [shown, setShown] = useState(timeline);
  const isHeld = newerThan(shown.messages, timeline.messages) >= many;
  const show = useEffectEvent(() => {
    setShown(timeline);
  });
  useEffect(() => {
    if (!isHeld) return undefined;
    const timer = window.setTimeout(() => {
      show();
    }, restMs);
    return () => {
      window.clearTimeout(timer);
    };
  }, [isHeld, shown]);
  if (isHeld) return shown;
  if (shown.messages !== timeline.messages) setShown(timeline);
  return timeline;
}
