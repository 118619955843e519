import type { Operation } from '../protocol/operations';
import type { ChannelLog, Timeline } from '../state/channelLog';
import { findMessage, timelineOf } from '../state/channelLog';
import type { MessageRecord } from '../state/messageRecord';
import { findLog } from '../state/messagesState';
import { operationsOf } from '../state/outboxState';
import type { HudhudState } from '../state/rootReducer';
import { noSegments } from '../state/segments';
import { namesOf } from './aliases';
import type { ConfirmedRows } from './confirmedRows';
import { confirmedRows, sameRows } from './confirmedRows';
import type { Gap } from './gaps';
import { gapsOf } from './gaps';
import type { Overlaid } from './overlayRows';
import { flatRows, overlayRows } from './overlayRows';
import { indexIn, sameItems } from './pieces';
import type { HudhudRootState, StateSelector } from './root';
import type { MessageRow } from './row';
import { noRows } from './row';
import type { DayOf } from './seam';
import { viewerIn } from './viewer';
import { createViews } from './views';

/** @public */
export interface TimelineSelectors {
  /**
   * A channel's messages, or a thread's, as they are shown: what is confirmed with what is pending on it, oldest first,
   * then messages on their way in the order in which they were wished.
   */
  readonly selectTimeline: (
    root: HudhudRootState,
    channelId: string,
    parentId?: string | null,
  ) => readonly MessageRow[];
  /** One row, by the id of its message or of the send that it comes from; `null` when none is shown. */
  readonly selectRow: (root: HudhudRootState, channelId: string, id: string) => MessageRow | null;
}

/** The result for one timeline, with what it was made of. */
interface View {
  readonly inputs: readonly unknown[];
  readonly confirmed: ConfirmedRows;
  readonly overlaid: Overlaid | null;
  readonly rows: readonly MessageRow[];
}

const noGaps: readonly Gap[] = [];

/** The same gaps keep their identity, since rows point to them. */
function gapsIn(timeline: Timeline | undefined, last: readonly Gap[] | undefined): readonly Gap[] {
  const gaps = timeline === undefined ? noGaps : gapsOf(timeline.windows);
  if (last === undefined || gaps === last) return gaps;
  const kept = gaps.map(
    (gap) => last.find(({ after, before }) => after === gap.after && before === gap.before) ?? gap,
  );
  return sameItems(kept, last) ? last : kept;
}

/** What a timeline is looked at with beside the state. @internal */
export interface TimelineRules {
  readonly dayOf: DayOf;
  /** The first message of a channel that the viewer has not read. */
  readonly selectFirstUnreadId: (root: HudhudRootState, channelId: string) => string | null;
}

/** A timeline, and everything of the state that its rows may depend on. */
interface Source {
  readonly state: HudhudState;
  readonly channelId: string;
  readonly parentId: string | null;
  readonly log: ChannelLog | undefined;
  readonly timeline: Timeline | undefined;
  readonly operations: readonly Operation[];
  readonly firstUnreadId: string | null;
}

function inputsOf({ state, timeline, operations, firstUnreadId }: Source): readonly unknown[] {
  const { users, outbox, connection, channels, members } = state;
  return [
    ...[timeline?.segments, timeline?.windows, operations, firstUnreadId],
    ...[users, outbox.aliases, outbox.uploads],
    // the viewer and their role
    ...[connection.viewer, channels.list, members],
  ];
}

function renew(source: Source, last: View | undefined, dayOf: DayOf): View {
  const { state, channelId, parentId, log, timeline, operations, firstUnreadId } = source;
  const { users, outbox } = state;
  const viewer = viewerIn(state, channelId, last?.confirmed.context.viewer);
  const gaps = gapsIn(timeline, last?.confirmed.context.gaps);
  const context = { viewer, users, aliases: outbox.aliases, gaps, dayOf };
  const segments = timeline?.segments ?? noSegments;
  const confirmed = confirmedRows(last?.confirmed, log, segments, context);
  const overlaid = overlayRows(
    { log, parentId, confirmed, operations, uploads: outbox.uploads, firstUnreadId },
    last?.overlaid ?? null,
  );
  const isSame = last?.overlaid === null && sameRows(last.confirmed, confirmed);
  const rows = overlaid?.rows ?? (isSame ? last.rows : flatRows(confirmed));
  return { inputs: inputsOf(source), confirmed, overlaid, rows };
}

/** @internal */
export function createTimelineSelectors(
  select: StateSelector,
  { dayOf, selectFirstUnreadId }: TimelineRules,
): TimelineSelectors {
  const views = createViews<View>();

  const sourceOf = (root: HudhudRootState, channelId: string, parentId: string | null): Source => {
    const state = select(root);
    const log = findLog(state.messages, channelId);
    const timeline = log === undefined ? undefined : timelineOf(log, parentId);
    const operations = operationsOf(state.outbox, channelId);
    const firstUnreadId = selectFirstUnreadId(root, channelId);
    return { state, channelId, parentId, log, timeline, operations, firstUnreadId };
  };

  const viewOf = (source: Source): View | null => {
    const { log, timeline, operations, channelId, parentId } = source;
    if (timeline === undefined && operations.length === 0) {
      if (log === undefined) views.forgetStray(channelId);
      return null;
    }
    const last = views.get(log, channelId, parentId);
    if (last !== undefined && sameItems(last.inputs, inputsOf(source))) return last;
    const view = renew(source, last, dayOf);
    views.put(log, channelId, parentId, view);
    return view;
  };

  const selectRow: TimelineSelectors['selectRow'] = (root, channelId, id) => {
    const { state, log, operations } = sourceOf(root, channelId, null);
    const send = operations.find((held) => held.kind === 'send' && held.opId === id);
    const messageId = namesOf(state.outbox.aliases).messageIds.get(id) ?? id;
    const record = log === undefined ? undefined : findMessage(log, messageId);
    const parentId = send?.kind === 'send' ? send.parentId : record?.parentId;
    const view = parentId === undefined ? null : viewOf(sourceOf(root, channelId, parentId));
    if (view === null) return null;
    if (send === undefined && record !== undefined) return rowIn(view, record);
    return view.overlaid?.changed.find(({ row }) => row.key === id)?.row ?? null;
  };

  return {
    selectTimeline: (root, channelId, parentId = null) =>
      viewOf(sourceOf(root, channelId, parentId))?.rows ?? noRows,
    selectRow,
  };
}

/** Rows of confirmed messages stand first and sorted, whatever is pending on them. */
function rowIn({ rows, overlaid }: View, record: MessageRecord): MessageRow | null {
  return rows[indexIn(rows, record, overlaid?.heldCount)] ?? null;
}
