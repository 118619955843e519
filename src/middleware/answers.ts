import type { Middleware } from '@reduxjs/toolkit';
import { createListenerMiddleware } from '@reduxjs/toolkit';
import {
  channelClosed,
  channelOpened,
  channelUnwatchRequested,
  channelWatchRequested,
  historyRequested,
  membersRequested,
  refreshRequested,
  retryRequested,
  startRequested,
  stopRequested,
  threadClosed,
  threadOpened,
  unreadRequested,
  workspaceRequested,
} from '../actions/command';
import type { HudhudActionCreator } from '../actions/define';
import { isOfInstance } from '../actions/define';
import { channelsReceived, pageReceived, snapshotApplied } from '../actions/history';
import {
  deleteRequested,
  discardRequested,
  operationRetryRequested,
  uploadCancelRequested,
  uploadRequested,
  uploadRetryRequested,
} from '../actions/outbox';
import { countsReceived } from '../actions/reads';
import { sessionEnded, sessionStarted } from '../actions/session';
import { channelEventsReceived, sessionInitialised } from '../actions/stream';
import type { Parts } from './parts';

/** The listener middleware of one store. @internal */
export interface Answers {
  readonly middleware: Middleware;
  /** What the newest wish to refresh comes to. */
  refreshed(): Promise<boolean>;
}

/**
 * What answers which action. Order only: what is done is in the parts.
 *
 * @internal
 */
export function createAnswers({
  runtime,
  persistence,
  outbox,
  uploads,
  viewer,
  anchors,
  resync,
  loader,
  reads,
  polling,
  streams,
}: Parts): Answers {
  const listeners = createListenerMiddleware({
    onError(error) {
      runtime.counters.inc('handlerErrors', 'listener');
      runtime.platform.logger.debug('listener failed', { error });
    },
  });
  const answer = <P, T extends string>(
    creator: HudhudActionCreator<P, T>,
    run: (payload: P) => void,
  ) => {
    listeners.startListening({
      type: creator.type,
      effect(action) {
        // the type was compared by the listener, the instance is compared here: then the payload is its own
        if (isOfInstance(action, runtime.instance)) run(action.payload as P);
      },
    });
  };
  answer(startRequested, () => {
    // a host with a sign-in of its own says so by nothing else
    runtime.session.reset();
    reads.resume();
    // what an earlier visit left comes first: the stream goes on where that ended
    viewer.start(() => {
      persistence.start(() => {
        streams.start(persistence.takeCursor());
        outbox.start();
        uploads.start();
      });
    });
  });
  answer(stopRequested, () => {
    viewer.stop();
    // before the uploads: a send that fails for its file makes way for the next one, which must not leave now
    outbox.stop();
    uploads.stop();
    streams.stop();
    polling.stop();
    resync.stop();
    loader.stop();
    reads.stop();
    persistence.stop();
  });
  answer(retryRequested, () => {
    streams.retryNow();
  });
  let refreshing: Promise<boolean> = Promise.resolve(false);
  answer(refreshRequested, () => {
    streams.retryNow();
    refreshing = resync.refresh();
  });
  answer(channelWatchRequested, ({ channelId }) => {
    streams.watch(channelId);
  });
  answer(channelUnwatchRequested, ({ channelId }) => {
    streams.unwatch(channelId);
    resync.streamReleased(channelId);
  });
  answer(channelOpened, (ref) => {
    resync.channelOpened(ref);
    anchors.channelOpened(ref.channelId);
  });
  answer(channelClosed, ({ channelId }) => {
    resync.channelClosed(channelId);
    anchors.channelClosed(channelId);
  });
  answer(threadOpened, (ref) => {
    resync.threadOpened(ref);
  });
  answer(threadClosed, (ref) => {
    resync.threadClosed(ref);
  });
  answer(workspaceRequested, (ref) => {
    resync.workspaceWanted(ref);
  });
  answer(historyRequested, (wanted) => {
    void loader.page(wanted);
  });
  answer(unreadRequested, () => {
    void loader.unread();
  });
  answer(membersRequested, ({ channelId }) => {
    void loader.members(channelId);
  });
  answer(channelEventsReceived, (payload) => {
    resync.channelsChanged(payload);
    if (payload.events.some(({ op }) => op === 'deleted')) uploads.released();
  });
  answer(sessionStarted, ({ user }) => {
    runtime.session.reset();
    persistence.remember(user);
    persistence.enter(user.id, () => {
      streams.resume(persistence.takeCursor());
    });
  });
  answer(sessionInitialised, ({ userId }) => {
    persistence.enter(userId);
  });
  answer(sessionEnded, ({ reason }) => {
    // first: what every slice forgets now is still kept
    persistence.leave(reason);
    resync.forget();
    anchors.forget();
    loader.forget();
    outbox.forget();
    uploads.forget();
    streams.suspend();
    polling.stop();
  });
  answer(pageReceived, (page) => {
    anchors.pageCame(page);
  });
  answer(snapshotApplied, (snapshot) => {
    anchors.snapshotCame(snapshot);
  });
  answer(channelsReceived, () => {
    anchors.countsCame();
  });
  answer(countsReceived, () => {
    anchors.countsCame();
  });
  answer(uploadRequested, ({ uploadId }) => {
    uploads.wanted(uploadId);
  });
  answer(uploadRetryRequested, ({ uploadId }) => {
    uploads.wanted(uploadId);
  });
  answer(uploadCancelRequested, ({ uploadId }) => {
    uploads.cancelled(uploadId);
  });
  answer(operationRetryRequested, ({ opId }) => {
    uploads.sendWanted(opId);
  });
  answer(discardRequested, () => {
    uploads.released();
  });
  // an unsent message that is deleted is given up, with its files
  answer(deleteRequested, () => {
    uploads.released();
  });
  return { middleware: listeners.middleware, refreshed: () => refreshing };
}
