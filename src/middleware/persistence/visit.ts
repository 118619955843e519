import type { Restored, StorageStatus } from '../../actions/storage';
import {
  durabilityChanged,
  operationsYielded,
  restored,
  storageChanged,
} from '../../actions/storage';
import type { HudhudErrorCode } from '../../errors';
import { makeUuid } from '../../platform/uuid';
import { findOperation } from '../../state/outboxState';
import type { HudhudState } from '../../state/rootReducer';
import type { Runtime, StoreApi } from '../runtime';
import { createCollector } from './collect';
import type { KeptTab } from './keptTab';
import { openSpace } from './openSpace';
import type { PersistenceTuning } from './persistenceOptions';
import type { StoredView } from './readStored';
import { nothingShown, readOutbox, readView } from './readStored';
import { createStoreWriter } from './storeWriter';
import { entry, idsOnDisk, outboxPrefix, storedVersion, tabsOf } from './storedFormat';
import type { LockedTab } from './tabs';
import { createTabs } from './tabs';

/** @internal */
export interface VisitOptions {
  readonly runtime: Runtime;
  readonly store: StoreApi;
  readonly tuning: PersistenceTuning;
  /** Of this person at this back end. */
  readonly space: string;
  /** Whether an operation was wished here; what a state merely shows is not kept (L19). */
  readonly owns: (opId: string) => boolean;
  /** Channels in the order in which they were viewed, the last one first. */
  readonly recent: () => readonly string[];
  readonly onRecent: (earlier: readonly string[]) => void;
  /** The visit before: it ends first. Of the same tab in the same session, before that was stopped, what it had on disk. */
  readonly before: Promise<KeptTab | null>;
  /** The person signed out in another tab. */
  readonly onSignedOut: () => void;
}

/**
 * One session of one person in one tab, from start to stop: takes in what earlier visits left, and keeps what comes up.
 *
 * @internal
 */
export interface Visit {
  /** Resolves when what was left is in the state, or it turned out that nothing can be kept. */
  open(): Promise<void>;
  /** Where the main stream may go on, once it is open. */
  lastEventId(): string | null;
  /** What was wished in these channels has changed. */
  wishesChanged(channelIds: Iterable<string>): void;
  viewChanged(): void;
  /** What is shown does not come from what happened here. */
  distrustView(): void;
  /** Whether an operation is on disk as it is; waits no longer than a request may. */
  saved(opId: string): Promise<boolean>;
  flush(): void;
  /** Writes what waits and lets go of everything. */
  stop(): Promise<KeptTab>;
  /** The session is over. `isWiped`: nothing of it may be left; `isTold`: other tabs know. */
  end(isWiped: boolean, isTold: boolean): Promise<void>;
}

/** What other tabs and earlier visits left. */
interface Left {
  readonly gone: readonly LockedTab[];
  readonly view: StoredView;
  readonly returnsNonce: Restored['returnsNonce'];
  /** In what was shown. */
  readonly faults: number;
}

interface Told {
  readonly status: StorageStatus;
  readonly code: HudhudErrorCode | null;
  readonly lost: number;
}

/** @internal */
export function createVisit(options: VisitOptions): Visit {
  const { runtime, store, tuning, space, onSignedOut } = options;
  const { platform, selectors, instance, storage } = runtime;
  const tab = makeUuid(platform.random);
  const isKeyed = runtime.outbox.idempotencyHeader !== null;
  let before: KeptTab | null = null;
  let session: string | null = null;
  let isOver = false;
  /** What the visit before left is taken over, and what comes up is written. */
  let isWriting = false;
  /** Where it stands is nobody's business any more. */
  let isQuiet = false;
  let lastEventId: string | null = null;
  let told: Told = { status: 'off', code: null, lost: 0 };
  /** Operations that are under way without being on disk. */
  const undurable = new Set<string>();

  const isEnded = () => isOver;
  const now = (): HudhudState => selectors.selectHudhud(store.getState());
  const tell = (change: Partial<Told>) => {
    if (isQuiet) return;
    told = { ...told, ...change };
    store.dispatch(storageChanged(told, instance));
  };
  const tellDurable = (opIds: readonly string[], durable: boolean) => {
    const held = opIds.filter((opId) => findOperation(now().outbox, opId) !== undefined);
    if (held.length === 0 || isOver) return;
    store.dispatch(durabilityChanged({ opIds: held, durable }, instance));
  };
  const fail = (error?: unknown) => {
    platform.logger.debug('nothing can be kept', { error });
    if (told.status === 'failed' && told.code === 'STORAGE_UNAVAILABLE') return;
    tell({ status: 'failed', code: 'STORAGE_UNAVAILABLE' });
  };

  const collector = createCollector({ ...options, ...tuning, tab, now, clock: platform.clock });
  const writer = createStoreWriter({
    ...{ storage, space, timers: platform.timers },
    expect: () => ({ [entry.version]: storedVersion, [entry.session]: session ?? '' }),
    collect(withView) {
      const batch = collector.collect(withView && tabs.isKeeper());
      const done = () => {
        batch.done();
        if (told.status === 'failed') tell({ status: 'ready', code: null });
        const late = [...undurable];
        undurable.clear();
        tellDurable(late, true);
      };
      return { ...batch, done };
    },
    onRefused: fail,
    onFailed: fail,
  });
  const tabs = createTabs({
    ...{ platform, space, id: tab },
    onGone(gone) {
      takeOver({ gone: [gone], view: nothingShown, returnsNonce: 'unknown', faults: 0 }).catch(
        fail,
      );
    },
    onKeeper() {
      if (tuning.messageText) writer.viewChanged();
    },
    onGoodbye(over) {
      if (over === session && !isOver) onSignedOut();
    },
  });

  /**
   * Takes over what was wished in tabs that are gone. Their locks are held until it is ours on disk: nobody else does the
   * same.
   */
  const takeOver = async ({ gone, view, returnsNonce, faults }: Left): Promise<void> => {
    const entries = new Map<string, unknown>();
    // read again: before they were locked somebody else may have done it
    for (const { tab: other } of gone) {
      for (const one of await storage.read(space, outboxPrefix(other))) entries.set(...one);
    }
    if (isOver) {
      for (const { lock } of gone) lock.release();
      return;
    }
    const read = readOutbox(entries, isKeyed);
    if (read.faults + faults > 0) tell({ code: 'STORAGE_DAMAGED', lost: told.lost + read.lost });
    if (before !== null && told.status === 'opening') yieldOf(before, entries);
    const { recent: _, ...shown } = view;
    const found = { ...read.found, outbox: read.found.outbox.flatMap(withoutDone) };
    store.dispatch(restored({ ...shown, ...found, returnsNonce }, instance));
    collector.moveFrom(gone);
    writer.wishesChanged();
  };
  /** What this page saw end is not begun again: it could not be taken from the disk. */
  const withoutDone = ({ channelId, operations }: Restored['outbox'][number]) => {
    const { outbox } = now();
    const open = operations.filter(
      ({ opId }) => !options.owns(opId) || findOperation(outbox, opId) !== undefined,
    );
    return open.length === 0 ? [] : [{ channelId, operations: open }];
  };
  /** Of what this tab had before it was stopped, another one may have taken a part, or all. */
  const yieldOf = ({ tab: mine, opIds }: KeptTab, entries: ReadonlyMap<string, unknown>) => {
    const onDisk = idsOnDisk(entries, mine);
    const gone = [...opIds].filter((opId) => !onDisk.has(opId));
    if (gone.length > 0) store.dispatch(operationsYielded({ opIds: gone }, instance));
  };

  const open = async (): Promise<void> => {
    tell({ status: 'opening' });
    before = await options.before;
    await tabs.enter();
    const opened = await openSpace(storage, space, () => makeUuid(platform.random));
    if (isOver) return;
    session = opened.session;
    if (opened.isOutdated) tell({ code: 'STORAGE_OUTDATED', lost: opened.lost });
    const { entries } = opened;
    const view = tuning.messageText ? readView(entries) : { found: nothingShown, faults: 0 };
    const earlier = before === null ? [] : [before.tab];
    const gone = await tabs.lockFree(new Set([...tabsOf(entries), ...earlier]));
    lastEventId = view.found.lastEventId;
    options.onRecent(view.found.recent);
    const nonce = entries.get(entry.nonce);
    const returnsNonce = nonce === 'yes' || nonce === 'no' ? nonce : 'unknown';
    await takeOver({ gone, view: view.found, returnsNonce, faults: view.faults });
    if (isEnded()) return;
    isWriting = true;
    writer.start();
    tell({ status: 'ready' });
    tabs.keep();
  };

  const release = async (): Promise<void> => {
    isOver = isQuiet = true;
    await writer.stop();
    collector.release();
    tabs.leave();
  };

  return {
    async open() {
      try {
        if (!platform.locks.isSupported()) throw new Error('There are no locks on this page.');
        await open();
      } catch (error) {
        fail(error);
        await writer.stop();
      }
    },
    lastEventId: () => lastEventId,
    wishesChanged(channelIds) {
      collector.changed(channelIds);
      writer.wishesChanged();
    },
    viewChanged() {
      if (tuning.messageText && tabs.isKeeper()) writer.viewChanged();
    },
    distrustView() {
      collector.distrustView();
    },
    async saved(opId) {
      const isSaved = await writer.settled();
      if (!isSaved) {
        undurable.add(opId);
        tellDurable([opId], false);
      }
      return isSaved;
    },
    flush() {
      void writer.flush();
    },
    async stop() {
      tell({ status: 'off', code: null, lost: 0 });
      isQuiet = true;
      // nothing of this visit is on disk: what the one before left there, once it has, is what the next one goes on with
      isOver ||= !isWriting;
      const left = isWriting ? null : await options.before;
      await writer.flush();
      const opIds = collector.keptIds();
      await release();
      return left ?? { tab, opIds };
    },
    async end(isWiped, isTold) {
      isOver = isQuiet = true;
      if (isWiped && !isTold && session !== null) tabs.sayGoodbye(session);
      await release();
      if (!isWiped) return;
      const expect = session === null ? {} : { [entry.session]: session };
      await storage.write(space, [{ dropAll: '' }], expect);
    },
  };
}
