import type { Platform } from '../platform/platform';
import type { Cancel } from '../platform/timers';
import type { Session } from './session';
import type { Surroundings } from './surroundings';

/** Renews the token ahead of its end, so that nobody who needs it has to wait for that. @internal */
export interface TokenKeeper {
  /** Also where somebody else signed in: looks anew. */
  start(): void;
  stop(): void;
}

interface TokenKeeperPorts {
  readonly session: Session;
  readonly surroundings: Surroundings;
  readonly platform: Pick<Platform, 'clock' | 'timers' | 'online'>;
}

/**
 * Makes a keeper. It asks for the token when it is due, and whenever something changes around: a timer that slept comes too
 * late. What is open is not touched by it.
 *
 * @internal
 */
export function createTokenKeeper(ports: TokenKeeperPorts): TokenKeeper {
  const { session, surroundings } = ports;
  const { clock, timers, online } = ports.platform;
  let cancelTimer: Cancel | null = null;
  let stopListening: Cancel | null = null;
  const isRunning = () => stopListening !== null;

  const arm = () => {
    cancelTimer?.();
    cancelTimer = null;
    const at = session.renewsAt();
    if (at !== null) cancelTimer = timers.after(at - clock.now(), () => void look());
  };
  const look = async (): Promise<void> => {
    cancelTimer?.();
    cancelTimer = null;
    // without a network it waits for one
    if (!online.isOnline()) return;
    try {
      await session.getToken();
    } catch {
      // it is due again later
    }
    if (isRunning()) arm();
  };
  return {
    start() {
      stopListening ??= surroundings.subscribe((event) => {
        if (event !== 'OFFLINE' && event !== 'PAGE_HIDDEN') void look();
      });
      void look();
    },
    stop() {
      stopListening?.();
      stopListening = null;
      cancelTimer?.();
      cancelTimer = null;
    },
  };
}
