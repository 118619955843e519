import type { Broadcast, BroadcastLine } from '../platform/broadcast';
import { isRaw } from '../protocol/raw';

/** Tabs of another version use another channel: what comes is of this shape. */
const version = 1;

/** A sign-in that is everybody's: a browser has one cookie for all tabs of a person. @internal */
export interface SharedSignIn {
  /** Listens from now on; where it listens under this name already, does nothing. */
  open(name: string): void;
  /** Tells the other tabs of the person that there is a session. */
  tell(): void;
  close(): void;
}

/**
 * Lets the tabs of a person whose session was over go on once the person has signed in again in one of them.
 *
 * @internal
 * @param onSignedIn - Called where another tab has a session.
 */
export function createSharedSignIn(broadcast: Broadcast, onSignedIn: () => void): SharedSignIn {
  let sharedAs: string | null = null;
  let line: BroadcastLine | null = null;
  const close = () => {
    line?.close();
    line = null;
    sharedAs = null;
  };
  return {
    open(name) {
      if (name === sharedAs) return;
      close();
      sharedAs = name;
      line = broadcast.open(`hudhud:sign-in:${name}:${version}`, (heard) => {
        if (isRaw(heard) && heard['type'] === 'signedIn') onSignedIn();
      });
    },
    tell() {
      line?.post({ type: 'signedIn' });
    },
    close,
  };
}
