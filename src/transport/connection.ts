import type { Cancel } from '../platform/timers';
import { clampDelay } from '../platform/timers';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import type { Attempt, AttemptEnd } from './attempt';
import { startAttempt } from './attempt';
import { backoffDelay, probeDelay } from './backoff';
import { createBatcher } from './batcher';
import type { ConnectionEventName } from './connectionStates';
import { transition } from './connectionStates';
import type { Connection, ConnectionHandlers, ConnectionOptions } from './connectionOptions';
import { connectionDefaults } from './connectionOptions';
import { createIdleTimeout } from './idleTimeout';
import { createLadder } from './ladder';
import { createProbing } from './probing';
import type { Source, SourceHandlers } from './source';
import type { SurroundingEvent, WakeUp } from './surroundings';
import { afterAttempt, errorOfAttempt, isNoWay } from './verdict';

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
  const { platform, counters, session, surroundings } = tuning;
  const { clock, timers, online } = platform;

  let snapshot: ConnectionSnapshot = {
    stream: options.stream,
    phase: 'idle',
    since: clock.now(),
    source: tuning.sources[0].name,
    epoch: 0,
    attempt: 0,
    openedAt: null,
    lostAt: null,
    nextRetryAt: null,
    error: null,
  };
  const ladder = createLadder(tuning.sources);
  let [source] = tuning.sources;
  let current: Attempt | null = null;
  let cancelRetry: Cancel | null = null;
  let stopListening: Cancel | null = null;
  /** The server's `retry:`; it holds for all later connections. */
  let retryHintMs = 0;
  /** How long a `Retry-After` asks us to stay away, and since when. */
  let hold = { from: 0, ms: 0 };
  /** The last token that was refused: no reason to try again. */
  let refusedToken: string | null = null;
  const idle = createIdleTimeout(tuning.idleTimeoutMs);

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
    const { isResuming: _, ...held } = snapshot;
    snapshot = { ...held, nextRetryAt: null, since: clock.now(), ...patch, phase };
    cancelRetry?.();
    cancelRetry = null;
    probing.stop();
    if (phase === 'idle') {
      stopListening?.();
      stopListening = null;
    } else {
      stopListening ??= surroundings.subscribe(noticed);
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

  /** What is left of a `Retry-After`; nothing where the clock was set back behind it. */
  const heldMs = (): number => {
    const passed = clock.now() - hold.from;
    return passed < 0 ? 0 : Math.max(0, hold.ms - passed);
  };

  const connect = (event: ConnectionEventName, attempt: number, refused: string | null = null) => {
    if (transition(snapshot.phase, event) === null) {
      step(event);
      return;
    }
    // a refused token says nothing about the way
    if (refused === null) {
      const isLook = event === 'RETRY_DUE' && snapshot.phase === 'failed';
      source = isLook ? ladder.turn() : ladder.pick(attempt);
    }
    enter(event, attempt);
    if (attempt > 0) counters.inc('reconnects');
    const mine = start(source, refused, handlersOf());
    current = mine;
    void mine.done.then((end) => {
      ended(mine, end, refused !== null);
    });
    tell();
  };
  /** Begins another connection. */
  const enter = (event: ConnectionEventName, attempt: number) => {
    const epoch = options.nextEpoch();
    const lostAt = snapshot.openedAt === null ? snapshot.lostAt : clock.now();
    step(event, { epoch, attempt, source: source.name, openedAt: null, lostAt });
    batcher.begin(epoch, source.name);
  };
  const start = (from: Source, refused: string | null, to: SourceHandlers): Attempt =>
    startAttempt(
      {
        ...tuning,
        source: from,
        lastEventId: batcher.getLastEventId(),
        idle,
        askToken: () => (refused === null ? session.getToken() : session.renew(refused)),
      },
      to,
      platform,
    );
  const handlersOf = (): SourceHandlers => ({
    onOpen: opened,
    onContinuity: batcher.setContinuity,
    onId: batcher.setId,
    onFrame(frame) {
      if (batcher.add(frame)?.type === 'ping') idle.ping(clock.now());
    },
    onComment() {
      idle.ping(clock.now());
    },
    onRead: batcher.endRead,
    onRetry(ms) {
      retryHintMs = clampDelay(ms);
    },
  });

  const opened = () => {
    const now = clock.now();
    const { lostAt } = snapshot;
    const told = batcher.isProofDue() ? { isResuming: true as const } : {};
    if (!step('OPENED', { openedAt: now, lostAt: null, error: null, ...told })) return;
    counters.inc('connectionsOpened');
    if (lostAt !== null) counters.inc('outageMs', undefined, now - lostAt);
    hold = { from: 0, ms: 0 };
    probing.schedule();
    if (ladder.hasBetter(source)) probing.look();
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
    const token = mine.getToken();
    if (next === 'renewToken') refusedToken = token;
    if (next === 'renewToken' && !isRenewed && token !== null) {
      connect('UNAUTHORIZED', snapshot.attempt, token);
      return;
    }
    const { openedAt } = snapshot;
    const wasStable =
      openedAt !== null && now - openedAt >= tuning.resetAfterMs && batcher.hasEvents();
    const attempt = wasStable ? 0 : snapshot.attempt;
    // another way may take less of the budget: that one is no reason to wait for room
    const isOpenElsewhere = end.kind === 'no_room' && ladder.hasOther(source);
    const retryAfterMs = isOpenElsewhere || !('retryAfterMs' in end) ? 0 : (end.retryAfterMs ?? 0);
    hold = { from: now, ms: retryAfterMs };
    const lostAt = openedAt === null ? snapshot.lostAt : now;
    const patch = { attempt, openedAt: null, lostAt, error: errorOfAttempt(end) };
    if (next === 'renewToken' || next === 'authLost') {
      step('AUTH_LOST', patch);
    } else if (isNoWay(end, next, batcher.hasEvents()) && ladder.refuse(source) !== null) {
      connect('STEPPED_DOWN', attempt);
      return;
    } else if (next === 'giveUp') {
      rest('REFUSED_FINAL', patch);
    } else if (!online.isOnline()) {
      step('OFFLINE', patch); // not the server's fault: it counts as no attempt
    } else if (attempt >= tuning.maxReconnectAttempts) {
      rest('GAVE_UP', patch);
    } else {
      const floorMs = Math.max(retryHintMs, retryAfterMs);
      const delay = backoffDelay(attempt, { ...tuning, floorMs, random: platform.random });
      step('ENDED', { ...patch, attempt: attempt + 1, nextRetryAt: now + delay });
      retryIn(delay);
    }
    tell();
  };

  /** Gives up, but for a look now and then. */
  const rest = (event: 'REFUSED_FINAL' | 'GAVE_UP', patch: Partial<ConnectionSnapshot>) => {
    const now = clock.now();
    const delay = Math.max(probeDelay(tuning.probeMs, platform.random), heldMs());
    const isProbed = delay < Infinity;
    step(event, { ...patch, nextRetryAt: isProbed ? now + delay : null });
    if (isProbed) retryIn(delay);
  };

  const probing = createProbing({
    ...{ soonMs: tuning.resetAfterMs, everyMs: tuning.probeMs, platform },
    better: () => ladder.above(source),
    start: (better, to) => start(better, null, to),
    takeOver(mine, better) {
      const before = current;
      batcher.flush();
      // stopped by the receiver of that batch
      if (current !== before || snapshot.phase !== 'open') {
        mine.close();
        return null;
      }
      current?.close();
      current = mine;
      source = better;
      ladder.forgive();
      enter('STEPPED_UP', 0);
      void mine.done.then((end) => {
        ended(mine, end, false);
      });
      tell();
      return mine === current ? handlersOf() : null;
    },
  });

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
    if (step('OFFLINE', { attempt, error })) tell();
  };

  /** A try before its time is free: it does not count as an attempt, and does not change the next delay. */
  const outOfTurn = (): number => {
    const { phase, attempt } = snapshot;
    return phase === 'failed' ? 0 : phase === 'waiting' ? attempt - 1 : attempt;
  };

  const tryNow = (event: WakeUp) => {
    const { phase, attempt } = snapshot;
    const remaining = heldMs();
    if (remaining === 0 || !online.isOnline()) {
      if (phase !== 'offline' || online.isOnline()) begin(event, outOfTurn());
    } else if (phase === 'offline' || phase === 'suspended') {
      step('HELD_BACK', { attempt: attempt + 1, nextRetryAt: clock.now() + remaining });
      retryIn(remaining);
      tell();
    }
  };

  /** Somebody may have signed in elsewhere. Asked for first: a try that ends at once would make the state flicker. */
  const lookForToken = async (event: WakeUp) => {
    try {
      const token = await session.getToken();
      if (token === null || token === refusedToken) return;
    } catch {
      // it cannot be known just now: the machine goes on trying
    }
    if (snapshot.phase === 'authRequired') tryNow(event);
  };

  const wake = (event: WakeUp) => {
    const { phase } = snapshot;
    if (phase === 'open') probing.look();
    if (phase === 'open' || phase === 'connecting') {
      current?.checkLiveness();
      if (event === 'ONLINE' || event === 'CLOCK_JUMPED') current?.prove(tuning.wakeGraceMs);
    } else if (phase === 'authRequired') {
      void lookForToken(event);
    } else if (transition(phase, event) !== null) {
      ladder.forgive();
      tryNow(event);
    }
  };
  const noticed = (event: SurroundingEvent) => {
    const { phase } = snapshot;
    if (event === 'OFFLINE') {
      // what is under way may get through: it is not for us to say. Some browsers let a dead stream hang.
      if (phase === 'open') current?.prove(tuning.wakeGraceMs);
      if (phase !== 'waiting' && phase !== 'failed') return;
      const error = snapshot.error ?? { code: 'NETWORK' };
      step('OFFLINE', { attempt: outOfTurn(), error });
      tell();
    } else if (event === 'PAGE_HIDDEN') {
      if (transition(phase, event) !== null) end(event, { attempt: outOfTurn() });
    } else {
      wake(event);
    }
  };

  /** Ends what is under way from our side. */
  const end = (
    event: 'STOP' | 'AUTH_LOST' | 'PAGE_HIDDEN',
    patch: Partial<ConnectionSnapshot> = {},
  ) => {
    batcher.flush();
    current?.close();
    current = null;
    const lostAt = snapshot.openedAt === null ? snapshot.lostAt : clock.now();
    if (step(event, { openedAt: null, lostAt, ...patch })) tell();
  };

  return {
    start() {
      begin('START', 0);
    },
    stop() {
      end('STOP', { attempt: 0, lostAt: null, error: null });
      hold = { from: 0, ms: 0 };
    },
    retryNow() {
      if (snapshot.phase === 'open' && ladder.above(source).length > 0) {
        probing.look();
        return;
      }
      ladder.forgive();
      connect('MANUAL_RETRY', outOfTurn());
    },
    authLost() {
      if (transition(snapshot.phase, 'AUTH_LOST') === null) return;
      end('AUTH_LOST', { error: { code: 'UNAUTHORIZED' } });
    },
    getSnapshot: () => snapshot,
  };
}
