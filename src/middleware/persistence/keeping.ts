import { channelOpened } from '../../actions/command';
import { isType } from '../../actions/define';
import { snapshotApplied } from '../../actions/history';
import { sessionEnded } from '../../actions/session';
import { frameCommitted } from '../../actions/stream';
import type { Cancel } from '../../platform/timers';
import type { HudhudState } from '../../state/rootReducer';
import type { Runtime, StoreApi } from '../runtime';
import { spaceOf } from '../spaceOf';
import { createWaits } from '../waits';
import { createRememberedAccount } from './account';
import { changedOutboxes } from './changedOutboxes';
import type { KeptTab } from './keptTab';
import type { Persistence } from './persistence';
import type { PersistenceTuning } from './persistenceOptions';
import type { Visit } from './visit';
import { createVisit } from './visit';

/** How long a start waits for what an earlier visit left. */
const patienceMs = 1_000;

interface Current {
  readonly userId: string;
  readonly visit: Visit;
  readonly opened: Promise<void>;
}

/** Begins and ends visits, and tells them what changes. @internal */
export function createKeeping(
  runtime: Runtime,
  store: StoreApi,
  owns: (opId: string) => boolean,
  tuning: PersistenceTuning,
): Persistence {
  const { platform, selectors, instance, storage } = runtime;
  const waits = createWaits(platform.timers, patienceMs);
  const account = createRememberedAccount(storage, spaceOf(runtime.baseUrl));
  let isStarted = false;
  let current: Current | null = null;
  /** Who was signed in last. */
  let lastUserId: string | null = null;
  /** The visit before: the next one waits for its end, and goes on where the same tab was stopped. */
  let previous: Promise<KeptTab | null> = Promise.resolve(null);
  let isRemote = false;
  let recent: readonly string[] = [];
  let cursor: string | null = null;
  let cancelVisible: Cancel | null = null;
  /** Actions that are on their way, one inside the other. */
  let depth = 0;
  /** What the state was after our last action. */
  let seen: HudhudState | null = null;

  const now = (): HudhudState => selectors.selectHudhud(store.getState());
  const signOutHere = () => {
    isRemote = true;
    runtime.signedOutElsewhere();
    store.dispatch(sessionEnded({ reason: 'logout' }, instance));
    isRemote = false;
  };
  const begin = (userId: string): Current => {
    const visit = createVisit({
      ...{ runtime, store, tuning, owns, before: previous },
      space: spaceOf(runtime.baseUrl, userId),
      recent: () => recent,
      onRecent(earlier) {
        recent = [...new Set([...recent, ...earlier])];
      },
      onSignedOut: signOutHere,
    });
    seen = now();
    cancelVisible ??= platform.visibility.subscribe((isVisible) => {
      // a page that is hidden may never be shown again
      if (!isVisible) current?.visit.flush();
    });
    const opened = visit.open().then(() => {
      if (current?.visit === visit) cursor = visit.lastEventId();
    });
    return { userId, visit, opened };
  };
  const finish = (run: () => Promise<KeptTab | null>) => {
    previous = run()
      .catch((error: unknown) => {
        platform.logger.debug('the storage failed at the end', { error });
        return null;
      })
      .finally(() => {
        if (current === null) storage.close();
      });
  };
  const drop = (how: (visit: Visit) => Promise<KeptTab | null>) => {
    cancelVisible?.();
    cancelVisible = null;
    cursor = null;
    const dropped = current;
    current = null;
    if (dropped !== null) finish(() => how(dropped.visit));
    return dropped !== null;
  };
  const enter = (userId: string, run?: () => void) => {
    lastUserId = userId;
    if (!isStarted) {
      run?.();
      return;
    }
    if (current?.userId !== userId) {
      drop(async (visit) => {
        await visit.end(false, true);
        return null;
      });
      current = begin(userId);
    }
    if (run === undefined) return;
    waits.runAfter(current.opened, () => {
      if (current?.userId === userId) run();
    });
  };
  const opened = () => current?.opened ?? Promise.resolve();
  const view = (channelId: string) => {
    if (recent[0] === channelId) return;
    recent = [...new Set([channelId, ...recent])];
    current?.visit.viewChanged();
  };
  return {
    before() {
      depth += 1;
      if (current === null || depth > 1 || seen === null) return;
      const state = now();
      if (state === seen) return;
      // it changed without an action: somebody travels through time
      current.visit.distrustView();
      seen = state;
    },
    after(action) {
      depth -= 1;
      if (isType(action, channelOpened)) view(action.payload.channelId);
      if (isType(action, snapshotApplied) && action.payload.page !== null) {
        view(action.payload.page.channelId);
      }
      if (current === null) return;
      const { visit } = current;
      const state = now();
      const last = seen ?? state;
      seen = state;
      const changed = changedOutboxes(last.outbox, state.outbox);
      if (changed.size > 0) visit.wishesChanged(changed);
      const isShownChanged = state.messages !== last.messages || state.channels !== last.channels;
      if (isShownChanged || isType(action, frameCommitted)) visit.viewChanged();
    },
    start(run) {
      isStarted = true;
      const viewerId = selectors.selectViewerId(store.getState());
      if (viewerId === null) {
        run();
        return;
      }
      enter(viewerId);
      waits.runAfter(opened(), run);
    },
    stop() {
      isStarted = false;
      waits.cancelAll();
      drop((visit) => visit.stop());
    },
    enter,
    leave(reason) {
      const isWiped = reason === 'logout';
      const isTold = isRemote;
      const userId = lastUserId;
      lastUserId = null;
      recent = [];
      const forget = async () => {
        if (isWiped && userId !== null) await account.drop(userId);
        return null;
      };
      const isDropped = drop(async (visit) => {
        await visit.end(isWiped, isTold);
        return forget();
      });
      if (isDropped || !isWiped || userId === null) return;
      // what an earlier visit of theirs left, though nothing was started here
      finish(async () => {
        await storage.write(spaceOf(runtime.baseUrl, userId), [{ dropAll: '' }]);
        return forget();
      });
    },
    remember(user) {
      if (runtime.hasOwnSignIn) return;
      account.write(user).catch((error: unknown) => {
        platform.logger.debug('nobody can be remembered', { error });
      });
    },
    remembered: () => account.read().catch(() => null),
    takeCursor() {
      const taken = cursor;
      cursor = null;
      return taken;
    },
    saved: (opId) => current?.visit.saved(opId) ?? null,
  };
}
