import type { Clock } from '../platform/clock';
import { isPassingError } from './statusCodes';
import type { LifeOf, TokenLife } from './tokenLife';
import { endOf, lifeByClaims, renewalOf } from './tokenLife';

/** Where tokens come from: the host's sign-in, or ours. @public */
export interface TokenSource {
  /** The access token as it is now, or `null` when nobody is signed in. */
  getToken(): string | null | Promise<string | null>;
  /**
   * Gets a new access token. `null` says that the session is over. When it could not be found out, throw a
   * `HudhudError` (`NETWORK`, `TIMEOUT`, `RATE_LIMITED`, `SERVER_ERROR`, `BAD_RESPONSE`): then nobody is signed out
   * because of a bad network.
   */
  refresh?(): Promise<string | null>;
}

/** Who we are, for everything that talks to the server. @public */
export interface Session {
  /**
   * The access token, renewed if it is about to end; `null`: nobody is signed in, or the session is over. Rejects only for
   * a passing reason.
   */
  getToken(): Promise<string | null>;
  /**
   * A token to try again with, after one was refused. All who ask share one request, and who comes late gets what it
   * brought. `null`: the session is over. Rejects only for a passing reason.
   */
  renew(refused: string): Promise<string | null>;
  /** Somebody signed in: what was refused before says nothing any more. */
  reset(): void;
  /** When the present token has to be renewed, by the clock; `null`: nobody says, or nobody can. */
  renewsAt(): number | null;
}

/** @internal */
export interface SessionOptions {
  /** Without one, no token is renewed before it was refused. */
  readonly clock?: Clock;
  /** Default: what the token says of itself. */
  readonly lifeOf?: LifeOf;
  /** Called when there is no token any more, or when it turns out to be refused and not to be renewed. */
  readonly onOver?: () => void;
}

/** What a header can carry; anything else would make `fetch` throw an error that quotes the token. */
const sendable = /^[\x21-\x7e]+$/;

/** After a renewal that met a bad network, the next one waits this long, and twice as long each time. */
const pauseMs = 5_000;
const longestPauseMs = 60_000;

/** The token that was seen last. */
interface Seen {
  readonly token: string;
  readonly life: TokenLife | null;
  /** Renewals in a row that met a bad network. */
  failures: number;
  /** When it is to be renewed. */
  renewAt: number | null;
}

/**
 * Makes the one session that streams and requests share. Refreshes are few (5 in 15 minutes), so none is spent twice:
 * not on a token that was renewed meanwhile, and not on one for which a refresh was refused.
 *
 * @internal
 */
export function createSession(
  source: TokenSource,
  { clock, lifeOf = lifeByClaims, onOver }: SessionOptions = {},
): Session {
  const canRenew = source.refresh !== undefined;
  let refreshing: Promise<string | null> | null = null;
  /** The last token that was renewed, and what it was renewed to; `null`: that was refused. */
  let last: { readonly from: string; readonly to: string | null } | null = null;
  let seen: Seen | null = null;

  const ask = async (get: () => string | null | Promise<string | null>): Promise<string | null> => {
    try {
      const token = await get();
      return token !== null && sendable.test(token) ? token : null;
    } catch (error) {
      if (isPassingError(error)) throw error;
      return null;
    }
  };
  const see = (token: string | null, isNew = false) => {
    if (token === (seen?.token ?? null)) return;
    const told = token === null || clock === undefined ? null : lifeOf(token, clock.now());
    // one that has just come and is over already: the clocks differ, and another one would be the same
    const life = isNew && told !== null && told.ms <= 0 ? null : told;
    const renewAt = life === null || !canRenew ? null : renewalOf(life);
    seen = token === null ? null : { token, life, failures: 0, renewAt };
  };
  /** The token that the source has; it may still give one for a while that was renewed, or is of no use. */
  const present = async (): Promise<string | null> => {
    const given = await ask(() => source.getToken());
    const isLost = seen !== null && given === null;
    const token = given !== null && last?.from === given ? last.to : given;
    see(token);
    // a source that renews on its own may have been refused
    if (isLost) onOver?.();
    return token;
  };
  const refresh = async (old: string, isRefused: boolean): Promise<string | null> => {
    const token = await ask(() => source.refresh?.() ?? null);
    // the very same token again: of one that was refused, nothing was renewed
    const to = isRefused && token === old ? null : token;
    last = { from: old, to };
    // also the same one may be good for longer now
    seen = null;
    see(to, true);
    if (to === null) onOver?.();
    return to;
  };
  const renewOnce = (old: string, isRefused: boolean): Promise<string | null> => {
    refreshing ??= refresh(old, isRefused).finally(() => {
      refreshing = null;
    });
    return refreshing;
  };
  /** Ahead of its end; a bad network leaves what is still good for a while. */
  const renewAhead = async (old: Seen): Promise<string | null> => {
    try {
      return await renewOnce(old.token, false);
    } catch (error) {
      const now = clock?.now() ?? 0;
      old.renewAt = now + Math.min(pauseMs * 2 ** old.failures, longestPauseMs);
      old.failures += 1;
      if (old.life !== null && now < endOf(old.life)) return old.token;
      throw error;
    }
  };
  return {
    async getToken() {
      const token = await present();
      if (seen?.renewAt == null || clock === undefined) return token;
      const { life, renewAt } = seen;
      const isEnded = life !== null && clock.now() >= endOf(life);
      return isEnded || clock.now() >= renewAt ? renewAhead(seen) : token;
    },
    async renew(refused) {
      const token = await present();
      if (token !== null && token !== refused) return token;
      if (refreshing !== null) return refreshing;
      // one that came again as it was, ahead of its end, has yet to be renewed
      if (last?.from === refused && last.to !== refused) return last.to;
      // of a source that cannot renew, one refused request says nothing about all others
      return canRenew ? renewOnce(refused, true) : null;
    },
    reset() {
      last = null;
      seen = null;
    },
    renewsAt: () => seen?.renewAt ?? null,
  };
}
