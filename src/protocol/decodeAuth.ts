import { decodeUser } from './decodeUser';
import { toCountOrNull } from './counts';
import { badResponse, fieldOf, openEnvelope, rowOf } from './envelope';
import type { Envelope } from './envelope';
import type { Decoded } from './fault';
import { Fault } from './fault';
import { toPlainObject } from './json';
import type { AccountFact } from './models';
import { isRaw } from './raw';
import type { LoginGrant, StreamStatus, TokenGrant } from './rest';

/**
 * Decodes the answer to a login or a registration. Tokens are under `tokens`.
 *
 * @public
 */
export function decodeLogin(body: unknown): LoginGrant {
  const envelope = openEnvelope(body);
  return { user: rowOf(envelope, 'user', decodeAccount), ...readGrant(envelope) };
}

/**
 * In every other answer a person's `role` is the one in the channel or the project that the row is about.
 *
 * @internal
 */
export function decodeAccount(row: unknown): Decoded<AccountFact> {
  const user = decodeUser(row);
  const role = isRaw(row) ? row['role'] : undefined;
  return user instanceof Fault || typeof role !== 'string' ? user : { ...user, role };
}

/**
 * Decodes the answer to a refresh, which is flat (wire contract 1.2).
 *
 * @public
 */
export function decodeRefresh(body: unknown): TokenGrant {
  return readGrant(openEnvelope(body));
}

function readGrant(envelope: Envelope): TokenGrant {
  const tokens = fieldOf(envelope, 'tokens');
  const place = isRaw(tokens) ? { outer: envelope.inner, inner: tokens } : envelope;
  const accessToken = fieldOf(place, 'accessToken', 'access_token');
  if (typeof accessToken !== 'string' || accessToken === '') {
    throw badResponse('The answer has no access token.', 'accessToken');
  }
  const seconds = toCountOrNull(fieldOf(place, 'expiresIn', 'expires_in'));
  return { accessToken, expiresInMs: seconds === null ? null : seconds * 1000 };
}

/**
 * Decodes who is logged in.
 *
 * @public
 */
export function decodeMe(body: unknown): AccountFact {
  return rowOf(openEnvelope(body), 'user', decodeAccount);
}

/**
 * Takes the state of the server's streams as it comes.
 *
 * @public
 */
export function decodeStreamStatus(body: unknown): StreamStatus {
  return toPlainObject(openEnvelope(body).inner);
}
