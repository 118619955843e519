import type { UnknownAction } from '@reduxjs/toolkit';
import type { AccountFact } from '../../protocol/models';
import type { SessionEnded } from '../../actions/session';

/**
 * Keeps beyond the page what a person wished and, where the host wants it, what was shown; and brings it back. Acts on
 * actions: a state that was travelled to, imported or replayed is not kept (L19).
 *
 * @internal
 */
export interface Persistence {
  /** Looks before every action of the instance, and after it, once it is reduced. */
  before(): void;
  after(action: UnknownAction): void;
  /** @param run - Called once what an earlier visit left is in the state; at once where nothing is kept. */
  start(run: () => void): void;
  stop(): void;
  /** Somebody is signed in. `run` as with `start`. */
  enter(userId: string, run?: () => void): void;
  leave(reason: SessionEnded['reason']): void;
  /** Who is signed in is remembered until they sign out, for a start at which the server cannot be asked. */
  remember(account: AccountFact): void;
  remembered(): Promise<AccountFact | null>;
  /** Where the main stream may go on, of what was brought back; once it was taken, there is none. */
  takeCursor(): string | null;
  /** Whether an operation is on disk as it is; `null`: nothing is kept. */
  saved(opId: string): Promise<boolean> | null;
}

const nothing = () => undefined;

/** For a host that wants nothing kept. @internal */
export const nothingKept: Persistence = {
  ...{ before: nothing, after: nothing, leave: nothing, stop: nothing, remember: nothing },
  remembered: () => Promise.resolve(null),
  start(run) {
    run();
  },
  enter(_, run) {
    run?.();
  },
  takeCursor: () => null,
  saved: () => null,
};
