import { HudhudError, isHudhudError } from '../errors';
import type { EventStreamAuth } from './eventStreamOptions';
import type { Session } from './session';
import { createSession } from './session';

type Ask = () => string | null | Promise<string | null>;

/** A source that throws did not say that the session is over: unless the error itself says more, the network is to blame. */
async function asked(ask: Ask): Promise<string | null> {
  try {
    const token: unknown = await ask();
    return typeof token === 'string' ? token : null;
  } catch (error) {
    // Not as a cause: what fetch throws about a bad header quotes the header.
    throw isHudhudError(error) ? error : new HudhudError('NETWORK', 'The source of tokens failed.');
  }
}

const sessions = new WeakMap<EventStreamAuth, Session>();

/**
 * The session of a source of tokens. Streams with one source have one session, and so share a refresh: where refresh tokens
 * are good for one use, two at once would end the session.
 *
 * @internal
 */
export function sessionOf(auth: EventStreamAuth): Session {
  const known = sessions.get(auth);
  if (known !== undefined) return known;
  const session = createSession({
    getToken: () => asked(() => auth.getToken()),
    refresh: () => asked(() => auth.refresh?.() ?? null),
  });
  sessions.set(auth, session);
  return session;
}
