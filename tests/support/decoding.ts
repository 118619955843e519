import { isHudhudError } from '../../src/errors';
import type { HudhudError } from '../../src/errors';
import { decodeFrame } from '../../src/protocol/decodeFrame';
import type { RejectedFrame } from '../../src/protocol/batch';
import type { ServerEvent } from '../../src/protocol/serverEvents';

/** Decodes a payload that has to be understood. */
export function decoded(event: string | null, payload: unknown): ServerEvent {
  const result = decodeFrame({ event, data: JSON.stringify(payload) });
  if ('event' in result) return result.event;
  throw new Error(`rejected: ${result.rejected.reason} at ${result.rejected.path ?? 'the whole'}`);
}

/** Decodes a payload, or a text that is none, that has to be refused. */
export function refused(event: string | null, payload: unknown): RejectedFrame {
  const data = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const result = decodeFrame({ event, data });
  if ('rejected' in result) return result.rejected;
  throw new Error(`taken: ${JSON.stringify(result.event)}`);
}

/** Runs what has to fail on purpose. */
export function thrownBy(work: () => unknown): HudhudError {
  try {
    work();
  } catch (error) {
    if (isHudhudError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
