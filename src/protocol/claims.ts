/** What is read of a token; each may be missing or anything. @internal */
export interface Claims {
  readonly exp?: unknown;
  readonly iat?: unknown;
  /** Whose it is (wire contract 1.2). */
  readonly userId?: unknown;
  /** The standard's name for the same. */
  readonly sub?: unknown;
}

/**
 * What a JWT says of itself; nothing where it is none. Its signature is the server's business.
 *
 * @internal
 */
export function claimsOf(token: string): Claims {
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
