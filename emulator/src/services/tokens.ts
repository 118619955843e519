import { SignJWT, errors, jwtVerify } from 'jose';
import type { Caller } from '../caller.ts';
import { ApiError } from '../errors.ts';

/** Signs and reads access tokens (HS256; claims userId, email, username, role, iat, exp). */
export interface Tokens {
  readonly accessTtlSeconds: number;
  sign(caller: Caller & { readonly email: string }): Promise<string>;
  verify(token: string): Promise<Caller>;
}

const roles = ['member', 'moderator', 'admin'] as const;

function callerOf(claims: Readonly<Record<string, unknown>>): Caller {
  const { userId, username } = claims;
  const role = roles.find((one) => one === claims['role']);
  if (typeof userId !== 'string' || typeof username !== 'string' || role === undefined) {
    throw new ApiError(401, 'TOKEN_INVALID', 'Token invalid');
  }
  return { userId, username, role };
}

export function makeTokens(key: Uint8Array, accessTtlSeconds: number): Tokens {
  return {
    accessTtlSeconds,
    sign: ({ userId, email, username, role }) =>
      new SignJWT({ userId, email, username, role })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt()
        .setExpirationTime(`${accessTtlSeconds}s`)
        .sign(key),
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
        return callerOf(payload);
      } catch (error) {
        throw error instanceof errors.JWTExpired
          ? new ApiError(401, 'TOKEN_EXPIRED', 'Token expired')
          : new ApiError(401, 'TOKEN_INVALID', 'Token invalid');
      }
    },
  };
}
