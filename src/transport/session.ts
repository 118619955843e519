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
  /** The access token; `null`: nobody is signed in, or the session is over. Rejects only for a passing reason. */
  getToken(): Promise<string | null>;
  /**
   * A token to try again with, after one was refused. All who ask share one request, and who comes late gets what it
   * brought. `null`: the session is over. Rejects only for a passing reason.
   */
  renew(refused: string): Promise<string | null>;
}

/** What a header can carry; anything else would make `fetch` throw an error that quotes the token. */
const sendable = /^[\x21-\x7e]+$/;

/**
 * Makes the one session that streams and requests share. Refreshes are few (5 in 15 minutes), so none is spent twice:
 * not on a token that was renewed meanwhile, and not on one for which a refresh was refused.
 *
 * @public
 * @param onOver - Called when there is no token any more, or when it turns out to be refused and not to be renewed.
 */
export function createSession(source: TokenSource, onOver: () => void = () => undefined): Session {
  let refreshing: Promise<string | null> | null = null;
  /** The last token that was renewed, and what it was renewed to; `null`: that was refused. */
  let last: { readonly from: string; readonly to: string | null } | null = null;

  const ask = async (get: () => string | null | Promise<string | null>): Promise<string | null> => {
    try {
      const token = await get();
      return token !== null && sendable.test(token) ? token : null;
    } catch (error) {
      if (isPassingError(error)) throw error;
      return null;
    }
  };
  let hadToken = false;
  const isOver = (token: string) => last?.from === token && last.to === null;
  const getToken = async () => {
    const given = await ask(() => source.getToken());
    const token = given !== null && isOver(given) ? null : given;
    const isLost = hadToken && given === null;
    hadToken = given !== null;
    // a source that renews on its own may have been refused
    if (isLost) onOver();
    return token;
  };
  const refresh = async (refused: string): Promise<string | null> => {
    // of a source that cannot renew, one refused request says nothing about all others
    if (source.refresh === undefined) return null;
    const token = await ask(() => source.refresh?.() ?? null);
    // the very same token was refused before: nothing was renewed
    last = { from: refused, to: token === refused ? null : token };
    if (last.to === null) onOver();
    return last.to;
  };
  return {
    getToken,
    async renew(refused) {
      const present = await getToken();
      if (present !== null && present !== refused) return present;
      if (refreshing !== null) return refreshing;
      // a source may still give the old one for a while
      if (last?.from === refused) return last.to;
      refreshing = refresh(refused).finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
  };
}
