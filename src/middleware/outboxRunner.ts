import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../actions/define';
import {
  deleteRequested,
  editRequested,
  operationAcknowledged,
  operationEchoMissed,
  operationFailed,
  operationRetryRequested,
  operationStarted,
  operationUncertain,
  reactRequested,
  readRequested,
  sendRequested,
} from '../actions/outbox';
import { channelEventsReceived } from '../actions/stream';
import { createKeyedTimers } from '../platform/keyedTimers';
import type { Cancel } from '../platform/timers';
import type { Operation, ReactOperation } from '../protocol/operations';
import type { ChannelEvent, ReactionEvent } from '../protocol/serverEvents';
import { operationsYielded, restored } from '../actions/storage';
import type { OutboxState } from '../state/outboxState';
import { findOperation } from '../state/outboxState';
import { lostFileOf } from '../state/uploads';
import { backoffDelay } from '../transport/backoff';
import type { Loader } from './loader';
import { createLanes } from './outboxLanes';
import { createOutboxLedger } from './outboxLedger';
import { createOutboxLooks } from './outboxLooks';
import type { Outcome } from './outboxOutcome';
import { outcomeOf } from './outboxOutcome';
import type { Told } from './outboxRequest';
import { alreadyTold, requestOf } from './outboxRequest';
import { sendSince } from './outboxSince';
import { endOfWait, maxWaitMs } from './outboxWaits';
import type { Runtime, StoreApi } from './runtime';

/**
 * Sends what was wished, in order. It acts on actions and keeps a ledger of the operations that it saw wished (L19): a
 * state that was travelled to, imported or replayed sends nothing.
 *
 * @internal
 */
export interface OutboxRunner {
  /** Looks before every action of the instance; what it sees is for `after`. */
  before(): OutboxState | null;
  /** Looks after every action of the instance, once it is reduced. */
  after(action: UnknownAction, before: OutboxState | null): void;
  start(): void;
  /** Calls off what is under way: a send that left may have worked. */
  stop(): void;
  /** The session is over: nothing of it is sent or told any more. */
  forget(): void;
  /** Whether an operation was wished here, or taken over from an earlier visit. */
  owns(opId: string): boolean;
}

/** A request of an operation. */
interface Request {
  readonly channelId: string;
  readonly abort: AbortController;
  /** From here on the server may have it. */
  hasLeft: boolean;
}

const wishes = [sendRequested, editRequested, deleteRequested, reactRequested, readRequested];

/** The person's own word on an emoji, as the stream would have said it. */
function reactionOf(operation: ReactOperation): ReactionEvent | null {
  const { userId, target, channelId, emoji, on } = operation;
  if (userId === null) return null;
  return {
    ...{ type: 'reaction', op: on ? 'add' : 'remove', messageId: target, channelId },
    ...{ userId, username: null, emoji, at: null },
  };
}

/** @internal */
export function createOutboxRunner(
  runtime: Runtime,
  store: StoreApi,
  loader: Loader,
  saved: (opId: string) => Promise<boolean> | null = () => null,
): OutboxRunner {
  const { platform, selectors, ordinals, instance, outbox: options, restFor } = runtime;
  const { clock, timers, online } = platform;
  const underWay = new Map<string, Request>();
  /** For echoes that do not come. */
  const waits = createKeyedTimers(timers);
  let cancelWake: Cancel | null = null;
  let cancelOnline: Cancel | null = null;
  /** The server asked to be left alone until then. */
  let pausedUntil = 0;
  /** What the person tries again does not wait for that. */
  const urged = new Set<string>();
  /** How often in a row what is held did not leave, for want of a token or of room in the budget. */
  const unsentTries = new Map<string, number>();
  let lastSeen: OutboxState | null = null;
  let isRunning = false;

  const outboxNow = (): OutboxState => selectors.selectHudhud(store.getState()).outbox;
  const ledger = createOutboxLedger(outboxNow);
  const nextIn = createLanes();
  const find = (opId: string): Operation | undefined => findOperation(outboxNow(), opId);
  const isKeyed = options.idempotencyHeader !== null;
  const delayOf = (attempts: number, floorMs = 0): number =>
    backoffDelay(attempts, { ...options, floorMs, random: platform.random });
  /** When an operation may leave, as far as time goes. */
  const dueAtOf = ({ opId, kind, notBefore }: Operation, now: number): number => {
    const longestMs = maxWaitMs + options.maxDelayMs;
    const undoMs = kind === 'delete' ? options.undoDeleteMs : 0;
    const at = endOfWait(notBefore ?? 0, now, Math.max(longestMs, undoMs));
    return urged.has(opId) ? at : Math.max(at, pausedUntil);
  };
  const awaitEcho = (opId: string, ordinal: number) => {
    if (find(opId)?.status !== 'acknowledged') return;
    waits.after(opId, options.echoWaitMs, () => {
      const held = find(opId);
      if (held?.status !== 'acknowledged') return;
      const reaction = held.kind === 'react' ? reactionOf(held) : null;
      store.dispatch(operationEchoMissed({ opId, ordinal, reaction }, instance));
    });
  };

  const looks = createOutboxLooks(runtime, store, loader, delayOf, (opId) => {
    ledger.set(opId, 'ready');
  });

  /** It was no try, but the next one comes later each time. Gives how often that was so before. */
  const noteUnsent = (opId: string): number => {
    const before = unsentTries.get(opId) ?? 0;
    for (const other of unsentTries.keys()) {
      if (find(other) === undefined) unsentTries.delete(other);
    }
    unsentTries.set(opId, before + 1);
    return before;
  };
  const report = (operation: Operation, outcome: Outcome) => {
    const { opId } = operation;
    const { is, code, isUnsent } = outcome;
    const now = clock.now();
    if (!isUnsent) unsentTries.delete(opId);
    if (outcome.isPause) {
      pausedUntil = Math.max(endOfWait(pausedUntil, now, maxWaitMs), now + outcome.retryAfterMs);
    }
    if (is === 'uncertain') {
      store.dispatch(operationUncertain({ opId, code }, instance));
      looks.plan(opId);
      return;
    }
    const attempts = find(opId)?.attempts ?? 0;
    const isAgain = is === 'retry' && (isUnsent || attempts + 1 < options.maxAttempts);
    if (isAgain) ledger.set(opId, 'ready');
    const tries = attempts + (isUnsent ? noteUnsent(opId) : 0);
    const retryAt = isAgain ? now + delayOf(tries, outcome.retryAfterMs) : null;
    const told = { opId, code, retryAt };
    store.dispatch(operationFailed(isUnsent ? { ...told, isUnsent } : told, instance));
  };

  const run = async (operation: Operation): Promise<void> => {
    const { opId, channelId } = operation;
    const lost = operation.kind === 'send' ? lostFileOf(operation, outboxNow().uploads) : null;
    if (lost !== null) {
      store.dispatch(operationFailed({ opId, code: lost, retryAt: null }, instance));
      return;
    }
    const abort = new AbortController();
    const request: Request = { channelId, abort, hasLeft: false };
    const isCalledOff = () => abort.signal.aborted;
    const asking = ordinals.ask(clock.now());
    const viewerId = selectors.selectViewerId(store.getState());
    const mayMatch = options.uncertain === 'match';
    const since = sendSince(selectors, store.getState(), operation, viewerId);
    ledger.set(opId, 'busy');
    urged.delete(opId);
    underWay.set(opId, request);
    const started = { opId, ordinal: asking.asOf, viewerId, since, mayMatch };
    store.dispatch(operationStarted(started, instance));
    const begun = find(opId)?.status;
    if (isCalledOff() || begun !== 'sending') {
      asking.fail();
      if (underWay.get(opId) === request) underWay.delete(opId);
      if (isCalledOff() || begun !== 'queued') return;
      // a reducer of the host kept the action out: later again
      ledger.set(opId, 'ready');
      waits.after(opId, delayOf(0), pump);
      return;
    }
    // before it leaves, what is on disk says that it may have
    const saving = saved(opId);
    if (saving !== null) await saving;
    if (isCalledOff() || find(opId)?.status !== 'sending') {
      asking.fail();
      if (isCalledOff()) return;
      // what it wanted came about meanwhile
      underWay.delete(opId);
      ledger.set(opId, 'done');
      pump();
      return;
    }
    request.hasLeft = true;
    const acknowledge = (told: Told) => {
      const ordinal = ordinals.next();
      ordinals.take(ordinal + 1, clock.now());
      const asked = asking.answer();
      store.dispatch(operationAcknowledged({ opId, ordinal, ...asked, ...told }, instance));
      awaitEcho(opId, ordinal);
    };
    try {
      const { uploads } = outboxNow();
      const rest = restFor(abort.signal);
      const told = await requestOf(operation, uploads, rest, options.idempotencyHeader);
      if (isCalledOff()) return;
      ledger.set(opId, 'done');
      acknowledge(told);
    } catch (error) {
      if (isCalledOff()) return;
      ledger.set(opId, 'done');
      const outcome = outcomeOf(operation, error, isKeyed);
      if (outcome.is === 'done') acknowledge(alreadyTold(operation));
      else report(operation, outcome);
    } finally {
      asking.fail();
      if (underWay.get(opId) === request) underWay.delete(opId);
    }
    if (isCalledOff()) return;
    // a reducer of the host kept the outcome out
    if (find(opId)?.status === 'sending') report(operation, outcomeOf(operation, null, isKeyed));
    pump();
  };

  const armWake = (dueAt: number) => {
    cancelWake?.();
    cancelWake = null;
    if (dueAt === Infinity) return;
    cancelWake = timers.after(dueAt - clock.now(), () => {
      cancelWake = null;
      pump();
    });
  };

  /** Listens to the network only while something waits for it. */
  const awaitOnline = (isWanted: boolean) => {
    if (isWanted) {
      cancelOnline ??= online.subscribe(() => {
        pump();
      });
      return;
    }
    cancelOnline?.();
    cancelOnline = null;
  };

  /** Starts what may start; arms one timer for what has to wait for a moment. */
  const pump = () => {
    lastSeen = outboxNow();
    if (!isRunning) return;
    const isOnline = online.isOnline();
    awaitOnline(!isOnline && lastSeen.channels.length > 0);
    if (!isOnline) return;
    const now = clock.now();
    pausedUntil = endOfWait(pausedUntil, now, maxWaitMs);
    if (pausedUntil <= now) urged.clear();
    let dueAt = Infinity;
    const due: Operation[] = [];
    for (const { operations } of lastSeen.channels) {
      for (const operation of nextIn(operations, lastSeen.uploads)) {
        if (ledger.get(operation.opId) !== 'ready') continue;
        const at = dueAtOf(operation, now);
        if (at > now) dueAt = Math.min(dueAt, at);
        else due.push(operation);
      }
    }
    armWake(dueAt);
    for (const operation of due) {
      // starting one may have settled, changed or started another
      if (ledger.get(operation.opId) === 'ready' && find(operation.opId) === operation) {
        void run(operation);
      }
    }
  };

  /** The answer to what is under way in a channel that is gone would bring that back. */
  const endChannels = (events: readonly ChannelEvent[]) => {
    for (const { op, channelId } of events) {
      if (op !== 'deleted') continue;
      for (const [opId, request] of underWay) {
        if (request.channelId !== channelId) continue;
        underWay.delete(opId);
        ledger.set(opId, 'done');
        request.abort.abort();
      }
    }
  };

  /** Of an earlier visit: what it was about to send is sent here, what may have worked is looked for. */
  const takeOver = ({ opId }: Operation) => {
    const held = find(opId);
    if (ledger.has(opId) || held === undefined) return;
    ledger.set(opId, held.status === 'queued' ? 'ready' : 'done');
    if (isRunning) awaitOutcome(held);
  };
  const awaitOutcome = ({ opId, status, ackedAs }: Operation) => {
    if (status === 'uncertain') looks.plan(opId);
    if (status === 'acknowledged' && ackedAs !== null) awaitEcho(opId, ackedAs);
  };

  const callOff = () => {
    looks.clear();
    waits.clear();
    armWake(Infinity);
    awaitOnline(false);
    const requests = [...underWay];
    for (const { abort } of underWay.values()) abort.abort();
    underWay.clear();
    return requests;
  };

  return {
    before: () => (ledger.isEmpty() ? null : outboxNow()),
    after(action, before) {
      for (const wish of wishes) {
        if (action.type !== wish.type) continue;
        const { opId } = (action as ReturnType<typeof sendRequested>).payload;
        // one that became part of another, or called it off, is nothing to be sent (L19)
        if (!ledger.has(opId)) ledger.set(opId, find(opId) === undefined ? 'done' : 'ready');
      }
      if (isType(action, operationRetryRequested)) {
        const { opId } = action.payload;
        if (ledger.get(opId) !== 'busy') {
          ledger.set(opId, 'ready');
          urged.add(opId);
        }
      }
      if (isType(action, operationsYielded)) ledger.forget(action.payload.opIds);
      if (isType(action, restored)) {
        for (const { operations } of action.payload.outbox) operations.forEach(takeOver);
      }
      if (isType(action, channelEventsReceived)) endChannels(action.payload.events);
      if (before !== null) ledger.noteEnded(before, outboxNow());
      if (!ledger.isEmpty() && outboxNow() !== lastSeen) pump();
    },
    start() {
      if (isRunning) return;
      isRunning = true;
      for (const { operations } of outboxNow().channels) {
        for (const operation of operations) {
          if (ledger.has(operation.opId)) awaitOutcome(operation);
        }
      }
      pump();
    },
    stop() {
      isRunning = false;
      for (const [opId, { hasLeft }] of callOff()) {
        const held = find(opId);
        if (held?.status !== 'sending') continue;
        ledger.set(opId, 'ready');
        const action =
          held.kind === 'send' && !isKeyed && hasLeft
            ? operationUncertain({ opId, code: 'ABORTED' }, instance)
            : operationFailed(
                {
                  ...{ opId, code: 'ABORTED', retryAt: clock.now() },
                  ...(hasLeft ? {} : { isUnsent: true }),
                },
                instance,
              );
        store.dispatch(action);
      }
    },
    forget() {
      callOff();
      ledger.clear();
      urged.clear();
      unsentTries.clear();
      pausedUntil = 0;
    },
    owns: (opId) => ledger.has(opId),
  };
}
