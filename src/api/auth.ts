import { isHudhudError } from '../errors';
import type { Clock } from '../platform/clock';
import { decodeLogin, decodeMe, decodeRefresh } from '../protocol/decodeAuth';
import type { AccountFact } from '../protocol/models';
import type { TokenGrant } from '../protocol/rest';
import { isAnothers, lifetimeOf, ownerOf } from '../protocol/claims';
import type { HttpClient } from '../transport/httpClient';
import type { LifeOf, TokenLife } from '../transport/tokenLife';
import type { TokenSource } from '../transport/session';

/** @public */
export interface Credentials {
  readonly email?: string;
  readonly username?: string;
  readonly password: string;
}

/** @public */
export interface Registration {
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly fullName?: string;
}

/**
 * Signing in and out, as plain calls: a password or a token never becomes part of an action or the state (L17). The
 * access token is held in memory only; the refresh token is the browser's, in an HTTP-only cookie.
 *
 * @public
 */
export interface AuthClient {
  /** Rejects with `UNAUTHORIZED` for a wrong password, `RATE_LIMITED` for too many tries. */
  login(credentials: Credentials): Promise<AccountFact>;
  /** Rejects with `CONFLICT` or `REQUEST_REJECTED` where the data is not accepted. */
  register(registration: Registration): Promise<AccountFact>;
  /**
   * Goes on with the session of an earlier visit, by the cookie; `null` where there is none. Where the server cannot be
   * asked: with whom this browser remembers, if `persistence` is on; else it rejects.
   */
  restore(): Promise<AccountFact | null>;
  /** Forgets the token even where the server cannot be told, and a session that is only being restored too. */
  logout(): Promise<void>;
}

/**
 * Makes the sign-in and the source of tokens that streams and requests share.
 *
 * @internal
 * @param http - Asked lazily, since it needs the session that this makes.
 * @param exclusively - Runs something while no other tab does: a cookie that each refresh replaces is used by one.
 */
export function createAuth(
  http: () => HttpClient,
  clock: Clock,
  exclusively: <T>(run: () => Promise<T>) => Promise<T> = (run) => run(),
): {
  readonly auth: AuthClient;
  readonly source: Required<TokenSource>;
  readonly lifeOf: LifeOf;
  /** Lets go of the token: the session was ended elsewhere. */
  readonly forget: () => void;
  /** Goes on as somebody whose token can be asked for only later. Gives whether there was none so far. */
  readonly resume: (userId: string) => boolean;
} {
  let token: string | null = null;
  let life: TokenLife | null = null;
  /** Grows with every sign-in and sign-out: a refresh that was overtaken by one changes nothing. */
  let generation = 0;
  /** Whose token is still to be asked for. */
  let awaited: string | null = null;

  const keep = ({ accessToken, expiresInMs }: TokenGrant) => {
    const from = clock.now();
    const ms = lifetimeOf(accessToken, from, expiresInMs);
    awaited = null;
    token = accessToken;
    life = ms === null ? null : { from, ms };
  };
  const forget = () => {
    generation += 1;
    awaited = null;
    token = null;
    life = null;
  };
  const enter = async (path: string, body: unknown): Promise<AccountFact> => {
    const { user, ...grant } = await http().request({
      method: 'POST',
      path,
      body,
      auth: false,
      decode: decodeLogin,
    });
    generation += 1;
    keep(grant);
    return user;
  };
  const renew = async (): Promise<string | null> => {
    const asked = generation;
    try {
      const grant = await http().request({
        method: 'POST',
        path: '/auth/refresh',
        body: {},
        auth: false,
        decode: decodeRefresh,
      });
      if (asked !== generation) return token;
      // the cookie may be somebody else's by now: nothing of the one goes out in the other's name
      if (isAnothers(grant.accessToken, awaited ?? ownerOf(token))) forget();
      else keep(grant);
      return token;
    } catch (error) {
      const isRefused =
        isHudhudError(error) &&
        (error.code === 'UNAUTHORIZED' ||
          error.code === 'FORBIDDEN' ||
          error.code === 'REQUEST_REJECTED');
      if (!isRefused) throw error;
      if (asked === generation) forget();
      return token;
    }
  };

  // No signal: a server that replaces the cookie with each use has done so before its answer is here, and a browser that
  // drops the answer drops the new cookie. So `stop()` lets it come to its end, which the deadline of a request bounds (L18).
  let renewing: Promise<string | null> | null = null;
  const refresh = (): Promise<string | null> => {
    renewing ??= exclusively(renew).finally(() => {
      renewing = null;
    });
    return renewing;
  };
  const getToken = (): string | null | Promise<string | null> =>
    token === null && awaited !== null ? refresh() : token;

  return {
    auth: {
      login: (credentials) => enter('/auth/login', credentials),
      register: (registration) => enter('/auth/register', registration),
      async restore() {
        if ((await refresh()) === null) return null;
        const restored = generation;
        const user = await http().request({ method: 'GET', path: '/auth/me', decode: decodeMe });
        // someone signed in or out meanwhile: theirs is the last word
        return restored === generation ? user : null;
      },
      async logout() {
        if (token === null && renewing === null) return;
        const isKnown = token !== null;
        if (!isKnown) generation += 1; // what is being restored is not to begin any more
        const leaving = generation;
        try {
          // without a token the cookie says who is leaving
          await http().request({
            method: 'POST',
            path: '/auth/logout',
            body: {},
            auth: isKnown,
            decode: () => undefined,
          });
        } catch (error) {
          if (!isHudhudError(error)) throw error;
        } finally {
          // who signed in meanwhile stays
          if (leaving === generation) forget();
        }
      },
    },
    source: { getToken, refresh },
    lifeOf: (asked) => (asked === token ? life : null),
    forget,
    resume(userId) {
      if (token !== null || awaited !== null) return false;
      awaited = userId;
      return true;
    },
  };
}
