import type { Credentials } from '@hudhud/state';
import { sessionEnded } from '@hudhud/state';
import { readSetting, writeSetting } from './settings';
import { restoreFailed, restoreStarted, sessionExpired } from './session';
import { hudhud, store } from './store';

/**
 * Whether an earlier visit left a session. Its token is in a cookie that no script can read; without this mark, every
 * first visit would begin with a request that has to be refused.
 */
const mark = 'hudhud.hasSession';

/** Rejects with a `HudhudError`. Plain calls: a password never becomes part of an action. */
export async function signIn(credentials: Credentials): Promise<void> {
  await hudhud.auth.login(credentials);
  writeSetting(mark, 'yes');
}

export async function signOut(): Promise<void> {
  writeSetting(mark, null);
  await hudhud.auth.logout();
}

/** The server takes our token no longer. What was not sent stays for when the same person is back. */
export function endExpiredSession(): void {
  writeSetting(mark, null);
  store.dispatch(sessionExpired());
  store.dispatch(sessionEnded({ reason: 'expired' }));
}

/** Goes on with the session of an earlier visit, if there is one. */
export async function restoreSession(): Promise<void> {
  if (readSetting(mark) === null) return;
  store.dispatch(restoreStarted());
  try {
    if ((await hudhud.auth.restore()) !== null) return;
    writeSetting(mark, null);
  } catch {
    // no answer: the mark stays, and the next visit tries again
  }
  store.dispatch(restoreFailed());
}
