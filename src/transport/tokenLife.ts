import { lifetimeOf } from '../protocol/claims';

/** A span of the client's clock in which a token is good. @internal */
export interface TokenLife {
  readonly from: number;
  readonly ms: number;
}

/** What is known of a token that was just seen for the first time; `null`: nobody says when it ends. @internal */
export type LifeOf = (token: string, now: number) => TokenLife | null;

/** A token is renewed this long before it ends (guide, "Token refresh before expiry"). */
const aheadMs = 90_000;

/**
 * What a token says of itself. How old it is, it does not say in terms of this clock: it counts as new.
 *
 * @internal
 */
export const lifeByClaims: LifeOf = (token, now) => {
  const ms = lifetimeOf(token, now);
  return ms === null ? null : { from: now, ms };
};

/**
 * From when on a new one is asked for: one that lives shortly is used for half of its life.
 *
 * @internal
 */
export function renewalOf({ from, ms }: TokenLife): number {
  return from + ms - Math.min(aheadMs, ms / 2);
}

/** @internal */
export function endOf({ from, ms }: TokenLife): number {
  return from + ms;
}
