import type { ByQuery, ChannelRef, ThreadRef, WorkspaceRef } from '../actions/command';
import { pageKey, unreadKey, workspaceKey } from '../actions/load';
import type { ChannelEventsReceived } from '../actions/stream';
import type { Cancel } from '../platform/timers';
import type { StreamKey } from '../protocol/batch';
import { channelOf } from '../protocol/batch';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import { countSince } from '../state/segments';
import { isTorn } from '../state/windows';
import type { Loader, PollTarget } from './loader';
import type { RefillStep } from './refill';
import { createRefill } from './refill';
import type { Runtime, StoreApi } from './runtime';

/**
 * Fills what a break may have left out. Where a stream proves that it goes on without a hole, nothing is asked for; else
 * what is on screen is read again, by one request where one is enough: what was opened last first, then the rest that is
 * shown, then what is unread. What is not on screen is read when it is opened. Knows what is on screen from the actions
 * that said so, not from the state (L19).
 *
 * @internal
 */
export interface Resync {
  workspaceWanted(ref: WorkspaceRef): void;
  /** A query reads one: after a break it is read again like one that was wanted. */
  readonly workspaceRead: (ref: WorkspaceRef) => void;
  channelOpened(ref: ChannelRef & ByQuery): void;
  channelClosed(channelId: string): void;
  threadOpened(ref: ThreadRef & ByQuery): void;
  threadClosed(ref: ThreadRef): void;
  /** A stream tells from now on: what was asked for before is not enough, unless it shows that nothing is missing. */
  readonly streamOpened: (snapshot: ConnectionSnapshot) => void;
  /** It was asked to go on where it was, and says whether it does. */
  readonly continuityTold: (stream: StreamKey, isWhole: boolean) => void;
  /** It does not tell any more: what is missing is filled once it does. */
  readonly streamClosed: (stream: StreamKey) => void;
  /** A channel's own stream was let go. */
  streamReleased(channelId: string): void;
  /** Looks whether the viewer became a member somewhere: what was said while they were none was not told. */
  channelsChanged(payload: ChannelEventsReceived): void;
  /** Reads everything that is on screen again. Gives whether all of it came. */
  refresh(): Promise<boolean>;
  /** The one thing that shows most, while no stream tells. */
  pollTarget(): PollTarget;
  stop(): void;
  forget(): void;
}

/** So long a stream may take to show that nothing is missing; its greeting comes at once. */
const proofMs = 3_000;

/** Rows that a screen shows at once: fewer of a longer timeline say that no page of it was ever read. */
const screenful = 20;

/** @internal */
export function createResync(runtime: Runtime, store: StoreApi, loader: Loader): Resync {
  const { selectors, platform } = runtime;
  const refill = createRefill(runtime, store);
  const open = new Map<string, number>();
  /** Threads on screen, each as often as it is. */
  let threads: readonly ThreadRef[] = [];
  let workspace: WorkspaceRef | null = null;
  /** Whether a workspace was asked for after the last channel was opened. */
  let isWorkspaceNewest = false;
  /** Streams that were asked to go on where they were, and have not shown yet whether they do. */
  const inDoubt = new Map<StreamKey, Cancel>();
  /** Streams of which a break is not filled yet. */
  const owed = new Set<StreamKey>();

  const hasFailed = (key: string): boolean =>
    selectors.selectLoad(store.getState(), key)?.status === 'failed';
  /** Whether its end is known; what came by the stream alone leaves what was before it open. */
  const isWhole = (channelId: string, parentId: string | null): boolean => {
    const held = selectors.selectHeldTimeline(store.getState(), channelId, parentId);
    const newest = held?.windows.at(-1);
    if (!held || newest?.to !== null || hasFailed(pageKey(channelId, parentId, 'newest')))
      return false;
    if (held.broken !== undefined && isTorn(held, held.broken.windows)) return false;
    return newest.from === null || countSince(held.segments, newest.from) >= screenful;
  };
  const slugOf = (channelId: string | undefined): string | null =>
    channelId === undefined
      ? null
      : (selectors.selectChannel(store.getState(), channelId)?.slug ?? null);
  /** The snapshot that serves best: of the channel that was wanted or opened last. */
  const bestRef = ({ projectSlug, channelSlug }: WorkspaceRef): WorkspaceRef => {
    const focused = isWorkspaceNewest ? null : slugOf([...open.keys()].at(-1));
    return { projectSlug, channelSlug: focused ?? channelSlug };
  };
  const workspaceRead = (ref: WorkspaceRef) => {
    workspace = ref;
    isWorkspaceNewest = true;
  };

  const workspaceStep = (ref: WorkspaceRef): RefillStep => ({
    key: workspaceKey,
    isWanted: () => workspace !== null,
    run: () => loader.workspace(ref, true),
  });
  const channelStep = (channelId: string, isAnyway = false): RefillStep => ({
    key: pageKey(channelId, null, 'newest'),
    isWanted: () => open.has(channelId) && (isAnyway || !isWhole(channelId, null)),
    run: () => loader.page({ channelId, parentId: null, side: 'newest' }, true),
  });
  const threadStep = ({ channelId, parentId }: ThreadRef, isAnyway = false): RefillStep => ({
    key: pageKey(channelId, parentId, 'newest'),
    isWanted: () =>
      threads.some((shown) => shown.channelId === channelId && shown.parentId === parentId) &&
      (isAnyway || !isWhole(channelId, parentId)),
    run: () => loader.page({ channelId, parentId, side: 'newest' }, true),
  });
  /** Reads what somebody wants to see; where that fails for a passing reason, again, unless a stream that opens will. */
  const readNow = async (reading: Promise<boolean>, step: RefillStep): Promise<void> => {
    const isDone = await reading;
    if (!isDone && platform.online.isOnline()) refill.again(step);
  };
  const readIfNotWhole = (channelId: string, parentId: string | null) => {
    if (isWhole(channelId, parentId)) return;
    const step = parentId === null ? channelStep(channelId) : threadStep({ channelId, parentId });
    void readNow(loader.page({ channelId, parentId, side: 'newest' }), step);
  };
  const unreadStep: RefillStep = {
    key: unreadKey,
    isWanted: () => selectors.selectChannels(store.getState()).length > 0,
    run: () => loader.unread(true),
  };
  const threadsIn = (channelIds: readonly string[]) =>
    threads.filter(({ channelId }) => channelIds.includes(channelId));

  /** All that is on screen, what was looked at last first. */
  const stepsOf = (isAnyway: boolean): readonly RefillStep[] => {
    const channels = [...open.keys()].reverse();
    const best = workspace === null ? null : bestRef(workspace);
    // one request for the rows, the channels, the roster and the unread counts
    const whole = best === null ? [] : [workspaceStep(best)];
    // the snapshot's own channel is whole once it has come: what is read anyway is not read twice
    const rest = channels.filter(
      (channelId) => !isAnyway || slugOf(channelId) !== best?.channelSlug,
    );
    const others = threads.filter(({ channelId }) => !open.has(channelId));
    return [
      ...whole,
      ...rest.map((channelId) => channelStep(channelId, isAnyway)),
      ...[...threadsIn(channels), ...others].map((ref) => threadStep(ref, isAnyway)),
      ...(best === null ? [unreadStep] : []),
    ];
  };
  const stepsOn = (stream: StreamKey): readonly RefillStep[] => {
    const channelId = channelOf(stream);
    if (channelId === null) return stepsOf(false);
    return [channelStep(channelId), ...threadsIn([channelId]).map((ref) => threadStep(ref))];
  };
  /** What is not whole although the stream is: it was not live when that broke off, or nobody could read it since. */
  const leftOpen = (stream: StreamKey): readonly RefillStep[] => {
    const channelId = channelOf(stream);
    if (channelId !== null) return stepsOn(stream);
    return [
      ...(workspace !== null && hasFailed(workspaceKey) ? [workspaceStep(bestRef(workspace))] : []),
      ...[...open.keys()].reverse().map((id) => channelStep(id)),
      ...threads.map((ref) => threadStep(ref)),
    ];
  };
  /** Fills a break. What is cut short by the next one is owed, also where that proves to be none. */
  const fill = async (stream: StreamKey): Promise<void> => {
    owed.add(stream);
    if (await refill.add(stepsOn(stream))) owed.delete(stream);
  };
  const settleDoubt = (stream: StreamKey): boolean => {
    inDoubt.get(stream)?.();
    return inDoubt.delete(stream);
  };
  const stop = () => {
    refill.clear();
    for (const stream of [...inDoubt.keys()]) settleDoubt(stream);
  };

  return {
    workspaceWanted(ref) {
      loader.cancelPoll();
      workspaceRead(ref);
      void readNow(loader.workspace(ref), {
        ...workspaceStep(ref),
        isWanted: () => workspace === ref,
      });
    },
    workspaceRead,
    channelOpened({ channelId, byQuery }) {
      const count = open.get(channelId) ?? 0;
      open.delete(channelId);
      open.set(channelId, count + 1); // last in the map: opened last
      isWorkspaceNewest = false;
      loader.cancelPoll();
      if (byQuery === true) return;
      // what is known is read again once the stream that is on its way is open: no need to do it twice
      const { isKnown } = selectors.selectTimelineInfo(store.getState(), channelId);
      const phase = selectors.selectConnectionPhase(store.getState());
      const isOnItsWay = phase === 'connecting' || phase === 'waiting';
      if (!isKnown || !isOnItsWay) readIfNotWhole(channelId, null);
    },
    channelClosed(channelId) {
      const count = open.get(channelId) ?? 0;
      if (count > 1) open.set(channelId, count - 1);
      else open.delete(channelId);
    },
    threadOpened({ channelId, parentId, byQuery }) {
      threads = [...threads, { channelId, parentId }];
      if (byQuery !== true) readIfNotWhole(channelId, parentId);
    },
    threadClosed(ref) {
      const shown = threads.find(
        ({ channelId, parentId }) => channelId === ref.channelId && parentId === ref.parentId,
      );
      threads = threads.filter((thread) => thread !== shown);
    },
    streamOpened({ stream, isResuming = false }) {
      const root = store.getState();
      const { resumes } = selectors.selectHudhud(root).connection;
      settleDoubt(stream);
      if (!isResuming || resumes === 'no') {
        void fill(stream);
        return;
      }
      const cancel = platform.timers.after(proofMs, () => {
        inDoubt.delete(stream);
        void fill(stream);
      });
      inDoubt.set(stream, cancel);
    },
    continuityTold(stream, isProven) {
      if (!settleDoubt(stream)) return;
      if (isProven && !owed.has(stream)) void refill.add(leftOpen(stream));
      else void fill(stream);
    },
    streamClosed(stream) {
      settleDoubt(stream);
      if (channelOf(stream) === null) refill.clear();
    },
    streamReleased(channelId) {
      if (open.has(channelId)) void refill.add([channelStep(channelId)]);
    },
    channelsChanged({ events, viewerId }) {
      if (viewerId === null) return;
      const joined = events
        .filter(({ op, userId }) => op === 'memberJoined' && userId === viewerId)
        .map(({ channelId }) => channelId);
      if (joined.length === 0) return;
      const isNew = joined.some((id) => selectors.selectChannel(store.getState(), id) === null);
      void refill.add([
        ...(isNew && workspace !== null ? [workspaceStep(bestRef(workspace))] : []),
        ...joined.map((channelId) => channelStep(channelId)),
        ...threadsIn(joined).map((ref) => threadStep(ref)),
      ]);
    },
    refresh: () => refill.add(stepsOf(true)),
    pollTarget() {
      if (workspace !== null) return bestRef(workspace);
      const channelId = [...open.keys()].at(-1);
      return channelId === undefined ? null : { channelId };
    },
    stop,
    forget() {
      stop();
      owed.clear();
      workspace = null;
    },
  };
}
