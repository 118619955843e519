import { isHudhudError } from '../errors';
import type { Clock } from '../platform/clock';
import { decodeLogin, decodeMe, decodeRefresh } from '../protocol/decodeAuth';
import type { UserFact } from '../protocol/models';
import type { TokenGrant } from '../protocol/rest';
import type { HttpClient } from '../transport/httpClient';
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
  login(credentials: Credentials): Promise<UserFact>;
  /** Rejects with `CONFLICT` or `REQUEST_REJECTED` where the data is not accepted. */
  register(registration: Registration): Promise<UserFact>;
  /** Goes on with the session of an earlier visit, by the cookie; `null` where there is none. */
  restore(): Promise<UserFact | null>;
  /** Forgets the token even where the server cannot be told. */
  logout(): Promise<void>;
}

/** A token is renewed this long before it ends (guide, "Token refresh before expiry"). */
const refreshAheadMs = 90_000;

/** Reads when a JWT ends; `null` where it does not say, or is no JWT. Its signature is the server's business. */
function expiryOf(token: string): number | null {
  try {
    const payload = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/');
    if (payload === undefined) return null;
    const claims: unknown = JSON.parse(atob(payload));
    const exp = (claims as { readonly exp?: unknown } | null)?.exp;
    return typeof exp === 'number' ? exp * 1000 : null;
  } catch {
    return null;
  }
}

/**
 * Makes the sign-in and the source of tokens that streams and requests share.
 *
 * @internal
 * @param http - Asked lazily, since it needs the session that this makes.
 */
export function createAuth(
  http: () => HttpClient,
  clock: Clock,
): { readonly auth: AuthClient; readonly source: Required<TokenSource> } {
  let token: string | null = null;
  let expiresAt: number | null = null;
  /** Grows with every sign-in and sign-out: a refresh that was overtaken by one changes nothing. */
  let generation = 0;

  const keep = (grant: TokenGrant) => {
    token = grant.accessToken;
    expiresAt =
      expiryOf(grant.accessToken) ??
      (grant.expiresInMs === null ? null : clock.now() + grant.expiresInMs);
  };
  const forget = () => {
    generation += 1;
    token = null;
    expiresAt = null;
  };
  const enter = async (path: string, body: unknown): Promise<UserFact> => {
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
      if (asked === generation) keep(grant);
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

  let renewing: Promise<string | null> | null = null;
  const refresh = (): Promise<string | null> => {
    renewing ??= renew().finally(() => {
      renewing = null;
    });
    return renewing;
  };
  const getToken = async (): Promise<string | null> => {
    const now = clock.now();
    if (expiresAt === null || now < expiresAt - refreshAheadMs) return token;
    try {
      return await refresh();
    } catch (error) {
      // a bad network: what is still good for a while is used until then
      if (now < expiresAt) return token;
      throw error;
    }
  };

  return {
    auth: {
      login: (credentials) => enter('/auth/login', credentials),
      register: (registration) => enter('/auth/register', registration),
      async restore() {
        if ((await refresh()) === null) return null;
        return http().request({ method: 'GET', path: '/auth/me', decode: decodeMe });
      },
      async logout() {
        if (token === null) return;
        const told = http().request({
          method: 'POST',
          path: '/auth/logout',
          body: {},
          decode: () => undefined,
        });
        try {
          await told;
        } catch (error) {
          if (!isHudhudError(error)) throw error;
        } finally {
          forget();
        }
      },
    },
    source: { getToken, refresh },
  };
}
