/** What is read of a token; each may be missing or anything. */
interface Claims {
  readonly exp?: unknown;
  readonly iat?: unknown;
  /** Whose it is (wire contract 1.2). */
  readonly userId?: unknown;
  /** The standard's name for the same. */
  readonly sub?: unknown;
}

/**
 * What a JWT says of itself; nothing where it is none. Its signature is the server's business.
 */
function claimsOf(token: string): Claims {
  try {
    const payload = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    return (JSON.parse(atob(payload)) as Claims | null) ?? {};
  } catch {
    return {};
  }
}

/** Whose a token is; `null` where it does not say. @internal */
export function ownerOf(token: string | null): string | null {
  if (token === null) return null;
  const { userId, sub } = claimsOf(token);
  const owner = userId ?? sub;
  return typeof owner === 'string' && owner !== '' ? owner : null;
}

/** Whether a token says that it is somebody else's. Where one of both is not known, it does not. @internal */
export function isAnothers(token: string | null, owner: string | null): boolean {
  const said = ownerOf(token);
  return said !== null && owner !== null && said !== owner;
}

/**
 * How long a token that just came will be good, in ms; `null` where nobody says. A span wins over a moment: a moment is
 * the server's time, and a clock that is wrong here would have every request renew the token first.
 *
 * @internal
 * @param saidMs - The span that came beside it.
 */
export function lifetimeOf(
  token: string,
  now: number,
  saidMs: number | null = null,
): number | null {
  const { exp, iat } = claimsOf(token);
  if (typeof exp === 'number' && typeof iat === 'number') return (exp - iat) * 1_000;
  if (saidMs !== null) return saidMs;
  return typeof exp === 'number' ? exp * 1_000 - now : null;
}
