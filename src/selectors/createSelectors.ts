import type { Notice } from '../state/notices';
import type { HudhudState } from '../state/rootReducer';
import type { LoadState } from '../state/loads';
import type { ChannelSelectors } from './channel';
import { createChannelSelectors } from './channel';
import type { ConnectionSelectors } from './connection';
import { createConnectionSelectors } from './connection';
import type { MessageSelectors } from './message';
import { createMessageSelectors } from './message';
import type { MetricsSelectors } from './metrics';
import { createMetricsSelectors } from './metrics';
import type { OperationSelectors } from './operations';
import { createOperationSelectors } from './operations';
import type { PeopleSelectors } from './people';
import { createPeopleSelectors } from './people';
import type { HudhudRootState } from './root';
import { createStateSelector } from './root';
import type { DayOf } from './seam';
import { localDay } from './seam';
import type { SyncSelectors } from './sync';
import { createSyncSelectors } from './sync';
import type { TimelineSelectors } from './timeline';
import { createTimelineSelectors } from './timeline';
import type { UnreadSelectors } from './unread';
import { createUnreadSelectors } from './unread';

/**
 * Everything that a component may read.
 *
 * @public
 */
export interface HudhudSelectors
  extends
    ConnectionSelectors,
    MessageSelectors,
    TimelineSelectors,
    OperationSelectors,
    ChannelSelectors,
    PeopleSelectors,
    MetricsSelectors,
    SyncSelectors,
    UnreadSelectors {
  /** All that this package holds. Components read through the others. */
  readonly selectHudhud: (root: HudhudRootState) => HudhudState;
  /** What a person is to be told, oldest first. */
  readonly selectNotices: (root: HudhudRootState) => readonly Notice[];
  /** What became of a request for a page or a workspace; `null` when none is under way and none failed. */
  readonly selectLoad: (root: HudhudRootState, key: string) => LoadState | null;
}

/** @public */
export interface SelectorOptions {
  /** Names the calendar day of a moment. Default: the local day, which depends on the time zone of the program. */
  readonly dayOf?: DayOf;
}

/**
 * Makes the selectors for the place where the reducer is mounted. They find their part of the host's state on their
 * own and never need the store.
 *
 * @public
 * @param reducerPath - Key of this package's state in the host's. Default `'hudhud'`.
 * @throws HudhudError `NOT_MOUNTED`, by any of them, when there is nothing under that key.
 */
export function createSelectors(
  reducerPath = 'hudhud',
  { dayOf = localDay }: SelectorOptions = {},
): HudhudSelectors {
  const select = createStateSelector(reducerPath);
  const unread = createUnreadSelectors(select);
  return {
    selectHudhud: select,
    selectNotices: (root) => select(root).notices.list,
    selectLoad: (root, key) => select(root).loads.find((load) => load.key === key) ?? null,
    ...createConnectionSelectors(select),
    ...createMessageSelectors(select),
    ...createTimelineSelectors(select, { dayOf, selectFirstUnreadId: unread.selectUnreadAnchor }),
    ...createOperationSelectors(select),
    ...createChannelSelectors(select),
    ...createPeopleSelectors(select),
    ...createMetricsSelectors(select),
    ...createSyncSelectors(select),
    ...unread,
  };
}
