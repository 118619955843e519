import { isRaw } from './raw';
import type { ErrorBody } from './rest';
import { toSample } from './sample';

/**
 * Reads an error answer: `{error: {message, code}}`, `{error: '…'}` or a message on top (wire contract 1.7). `null`
 * when there is no message. Never throws; what looks like a token is masked.
 *
 * @public
 */
export function decodeErrorBody(body: unknown): ErrorBody | null {
  if (!isRaw(body)) return null;
  const error = isRaw(body['error']) ? body['error'] : body;
  const message = error['message'] ?? body['message'] ?? body['error'];
  if (typeof message !== 'string') return null;
  const code = error['code'] ?? body['code'];
  return {
    message: toSample(message),
    serverCode: typeof code === 'string' ? toSample(code, 64) : null,
  };
}
