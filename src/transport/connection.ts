import type { Cancel } from '../platform/timers';
import { clampDelay } from '../platform/timers';
import type { Attempt, AttemptEnd } from './attempt';
import { startAttempt } from './attempt';
import { backoffDelay } from './backoff';
import { createBatcher } from './batcher';
import type { ConnectionEventName } from './connectionStates';
import { transition } from './connectionStates';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { Connection, ConnectionHandlers, ConnectionOptions } from './connectionOptions';
import { connectionDefaults } from './connectionOptions';
import { renewToken } from './session';
import { afterAttempt, errorOfAttempt } from './verdict';

/**
 * Keeps one stream open: the machine of `connectionStates` with its effects, all through ports.
 *
 * Every step runs its effects first and tells the host last, so that a host may call `stop()` from any handler.
 *
 * @public
 */
export function createConnection(
  options: ConnectionOptions,
  handlers: ConnectionHandlers,
): Connection {
  const tuning = { ...connectionDefaults, ...options };
  const { platform, counters, session } = tuning;
  const { clock, timers, online, visibility } = platform;

  let snapshot: ConnectionSnapshot = {
    stream: options.stream,
    phase: 'idle',
    epoch: 0,
    attempt: 0,
    openedAt: null,
    nextRetryAt: null,
    error: null,
  };
  let current: Attempt | null = null;
  let cancelRetry: Cancel | null = null;
  let cancelWakers: Cancel | null = null;
  /** The server's `retry:`; it holds for all later connections. */
  let retryHintMs = 0;
  /** Until when a `Retry-After` asks us to stay away. */
  let holdUntil = 0;
  let lostAt: number | null = null;

  const safely = (name: string, run: () => void) => {
    try {
      run();
    } catch (error) {
      counters.inc('handlerErrors', name);
      platform.logger.debug('connection handler failed', { name, error });
    }
  };
  const batcher = createBatcher(tuning, (batch) => {
    safely('onBatch', () => {
      handlers.onBatch(batch);
    });
  });

  /** Takes a step of the machine without telling anyone; `false` where it is not legal. */
  const step = (event: ConnectionEventName, patch: Partial<ConnectionSnapshot> = {}): boolean => {
    const phase = transition(snapshot.phase, event);
    if (phase === null) {
      counters.inc('ignoredTransitions', `${snapshot.phase}:${event}`);
      return false;
    }
    snapshot = { ...snapshot, nextRetryAt: null, ...patch, phase };
    cancelRetry?.();
    cancelRetry = null;
    if (phase === 'idle' || phase === 'failed') {
      cancelWakers?.();
      cancelWakers = null;
    } else {
      cancelWakers ??= listenForWakeUps();
    }
    return true;
  };
  const tell = () => {
    const { phase, epoch, attempt, error } = snapshot;
    platform.logger.debug('connection', { stream: options.stream, phase, epoch, attempt, error });
    const told = snapshot;
    safely('onChange', () => {
      handlers.onChange(told);
    });
  };

  const connect = (event: ConnectionEventName, attempt: number, refused: string | null = null) => {
    if (transition(snapshot.phase, event) === null) {
      step(event);
      return;
    }
    const epoch = options.nextEpoch();
    step(event, { epoch, attempt, openedAt: null });
    if (attempt > 0) counters.inc('reconnects');
    batcher.begin(epoch);
    const mine = startAttempt(
      { ...tuning, lastEventId: batcher.getLastEventId() },
      () => (refused === null ? session.getToken() : renewToken(session, refused)),
      {
        onOpen: opened,
        onId: batcher.setId,
        onFrame: batcher.add,
        onRead: batcher.endRead,
        onRetry(ms) {
          retryHintMs = clampDelay(ms);
        },
      },
      { ...platform, counters },
    );
    current = mine;
    void mine.done.then((end) => {
      ended(mine, end, refused !== null);
    });
    tell();
  };

  const opened = () => {
    const now = clock.now();
    if (!step('OPENED', { openedAt: now, error: null })) return;
    counters.inc('connectionsOpened');
    if (lostAt !== null) counters.inc('outageMs', undefined, now - lostAt);
    lostAt = null;
    holdUntil = 0;
    tell();
  };

  const ended = (mine: Attempt, end: AttemptEnd, isRenewed: boolean) => {
    batcher.flush();
    // Stopped before, or by the receiver of that batch.
    if (mine !== current) return;
    current = null;
    const now = clock.now();
    counters.inc('connectionsEnded', end.kind);
    const next = afterAttempt(end);
    const refused = mine.getToken();
    if (next === 'renewToken' && !isRenewed && refused !== null) {
      connect('UNAUTHORIZED', snapshot.attempt, refused);
      return;
    }
    const { openedAt } = snapshot;
    if (openedAt !== null) lostAt = now;
    const wasStable =
      openedAt !== null && now - openedAt >= tuning.resetAfterMs && batcher.hasEvents();
    const attempt = wasStable ? 0 : snapshot.attempt;
    const retryAfterMs = end.kind === 'refused' ? (end.retryAfterMs ?? 0) : 0;
    holdUntil = now + retryAfterMs;
    const patch = { attempt, openedAt: null, error: errorOfAttempt(end) };
    if (next !== 'retry') {
      step('REFUSED_FINAL', patch);
    } else if (!online.isOnline()) {
      step('ENDED', patch); // not the server's fault: it counts as no attempt
    } else if (attempt >= tuning.maxReconnectAttempts) {
      step('GAVE_UP', patch);
    } else {
      const floorMs = Math.max(retryHintMs, retryAfterMs);
      const delay = backoffDelay(attempt, { ...tuning, floorMs, random: platform.random });
      step('ENDED', { ...patch, attempt: attempt + 1, nextRetryAt: now + delay });
      retryIn(delay);
    }
    tell();
  };

  const retryIn = (delayMs: number) => {
    cancelRetry = timers.after(delayMs, () => {
      cancelRetry = null;
      begin('RETRY_DUE', snapshot.attempt);
    });
  };

  /** A try now, if there is a network to try. */
  const begin = (event: ConnectionEventName, attempt: number) => {
    if (online.isOnline() || transition(snapshot.phase, event) === null) {
      connect(event, attempt);
      return;
    }
    const error = snapshot.error ?? { code: 'NETWORK' };
    if (step('HELD_OFFLINE', { attempt, error })) tell();
  };

  /** A try before its time is free: it does not count as an attempt, and does not change the next delay. */
  const outOfTurn = () => snapshot.attempt - (snapshot.nextRetryAt === null ? 0 : 1);

  const wake = (event: 'ONLINE' | 'VISIBLE') => {
    current?.checkLiveness();
    if (snapshot.phase !== 'waiting' || !online.isOnline()) return;
    const remaining = holdUntil - clock.now();
    if (remaining <= 0) {
      connect(event, outOfTurn());
    } else if (cancelRetry === null) {
      step('HELD_OFFLINE', { nextRetryAt: holdUntil });
      retryIn(remaining);
      tell();
    }
  };
  const listenForWakeUps = (): Cancel => {
    const stopOnline = online.subscribe((isOnline) => {
      if (isOnline) wake('ONLINE');
    });
    const stopVisible = visibility.subscribe((isVisible) => {
      if (isVisible) wake('VISIBLE');
    });
    return () => {
      stopOnline();
      stopVisible();
    };
  };

  return {
    start() {
      begin('START', 0);
    },
    stop() {
      batcher.flush();
      current?.close();
      current = null;
      if (step('STOP', { attempt: 0, openedAt: null, error: null })) {
        lostAt = null;
        holdUntil = 0;
        tell();
      }
    },
    retryNow() {
      connect('MANUAL_RETRY', snapshot.phase === 'failed' ? 0 : outOfTurn());
    },
    getSnapshot: () => snapshot,
  };
}
