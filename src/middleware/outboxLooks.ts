import { operationFailed, operationLookEnded } from '../actions/outbox';
import { createKeyedTimers } from '../platform/keyedTimers';
import type { Cancel } from '../platform/timers';
import { findOperation } from '../state/outboxState';
import type { Loader } from './loader';
import { lookFor } from './outboxLook';
import type { Runtime, StoreApi } from './runtime';

/** Looks for sends that may have worked, until it is known what became of them. @internal */
export interface OutboxLooks {
  /** Looks once pages tell what was written by now; without a network, once there is one. */
  plan(opId: string): void;
  /** Calls off all of them; what is still being read counts for nothing. */
  clear(): void;
}

/**
 * @internal
 * @param delayOf - Of a try that failed; in ms.
 * @param onAgain - It is not there and will be sent again; called before the state says so.
 */
export function createOutboxLooks(
  runtime: Runtime,
  store: StoreApi,
  loader: Loader,
  delayOf: (attempts: number) => number,
  onAgain: (opId: string) => void,
): OutboxLooks {
  const { platform, selectors, instance, outbox: options, staleReadToleranceMs } = runtime;
  const { clock, timers, online } = platform;
  const waits = createKeyedTimers(timers);
  /** What waits for the network, and how often it was looked for. */
  const offline = new Map<string, number>();
  let cancelOnline: Cancel | null = null;
  /** Grows when all is called off. */
  let life = 0;
  const outboxNow = () => selectors.selectHudhud(store.getState()).outbox;

  const awaitOnline = (opId: string, tries: number) => {
    offline.set(opId, tries);
    cancelOnline ??= online.subscribe((isOnline) => {
      if (!isOnline) return;
      cancelOnline?.();
      cancelOnline = null;
      const waiting = [...offline];
      offline.clear();
      for (const [id, looks] of waiting) void look(id, looks);
    });
  };

  const look = async (opId: string, tries: number): Promise<void> => {
    if (!online.isOnline()) {
      awaitOnline(opId, tries);
      return;
    }
    const mine = life;
    const held = findOperation(outboxNow(), opId);
    if (held?.kind !== 'send' || held.status !== 'uncertain') return;
    const result = await lookFor(runtime, store, loader, held);
    if (mine !== life || result === 'gone') return;
    if (result === 'unread' && tries + 1 < options.maxAttempts) {
      // without a network it is not the pages' fault
      const next = online.isOnline() ? tries + 1 : tries;
      waits.after(opId, delayOf(tries), () => void look(opId, next));
      return;
    }
    const isSafe = held.mayMatch || outboxNow().returnsNonce === 'yes';
    if (result === 'absent' && isSafe && held.attempts >= options.maxAttempts) {
      const code = held.code ?? 'UNCONFIRMED';
      store.dispatch(operationFailed({ opId, code, retryAt: null }, instance));
      return;
    }
    const isAgain = result === 'absent' && isSafe;
    if (isAgain) onAgain(opId);
    const retryAt = isAgain ? clock.now() + delayOf(held.attempts - 1) : null;
    store.dispatch(operationLookEnded({ opId, retryAt }, instance));
  };

  return {
    plan(opId) {
      waits.after(opId, staleReadToleranceMs, () => void look(opId, 0));
    },
    clear() {
      life += 1;
      waits.clear();
      offline.clear();
      cancelOnline?.();
      cancelOnline = null;
    },
  };
}
