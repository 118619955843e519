import { isPassingError } from './statusCodes';

/** Where tokens come from: the host's sign-in, or ours. @public */
export interface TokenSource {
  /** The access token as it is now, or `null` when nobody is signed in. */
  getToken(): string | null | Promise<string | null>;
  /**
   * Gets a new access token. `null` says that the session is over. When it could not be found out, throw a
   * `HudhudError` (`NETWORK`, `TIMEOUT`, `RATE_LIMITED`, `SERVER_ERROR`): then nobody is signed out because of a bad network.
   */
  refresh?(): Promise<string | null>;
}

/** Who we are, for everything that talks to the server. @public */
export interface Session {
  /** The access token, or `null`. */
  getToken(): Promise<string | null>;
  /** Gets a new token; all who ask at once share one request. `null`: the session is over. Rejects only for a passing reason. */
  refresh(): Promise<string | null>;
}

/** What a header can carry; anything else would make `fetch` throw an error that quotes the token. */
const sendable = /^[\x21-\x7e]+$/;

/**
 * Makes the one session that streams and requests share.
 *
 * @public
 */
export function createSession(source: TokenSource): Session {
  let refreshing: Promise<string | null> | null = null;

  const ask = async (get: () => string | null | Promise<string | null>): Promise<string | null> => {
    try {
      const token = await get();
      return token !== null && sendable.test(token) ? token : null;
    } catch (error) {
      if (isPassingError(error)) throw error;
      return null;
    }
  };
  return {
    getToken: () => ask(() => source.getToken()),
    refresh() {
      refreshing ??= ask(() => source.refresh?.() ?? null).finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
  };
}

/**
 * A token to try again with, after `refused` was not taken: the present one, if somebody has renewed it meanwhile; else a
 * new one. Saves refreshes, which are few (5 in 15 minutes).
 *
 * @internal
 */
export async function renewToken(session: Session, refused: string): Promise<string | null> {
  const present = await session.getToken();
  return present !== null && present !== refused ? present : session.refresh();
}
