import type { IncomingHttpHeaders } from 'node:http';
import { invalid } from '../errors.ts';

/** The key with which a client repeats a request that it has no answer to. */
export function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const value = headers['idempotency-key'];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && value.length <= 200) return value;
  throw invalid('Idempotency-Key must hold 1 to 200 characters');
}
