import type { HudhudErrorCode } from '../errors';
import { isHudhudError } from '../errors';
import type { Operation } from '../protocol/operations';
import { untoldCodes } from '../state/operationStatus';
import { maxWaitMs } from './outboxWaits';

/**
 * What a request that did not bring what it should means for its operation. Decided by error code alone, never by words.
 *
 * @internal
 */
export interface Outcome {
  /** `done`: what was wished is so already. */
  readonly is: 'done' | 'retry' | 'uncertain' | 'failed';
  readonly code: HudhudErrorCode;
  /** What the server asked to wait, in ms; no more than `maxWaitMs`. */
  readonly retryAfterMs: number;
  /** The server has nothing of it, for certain. */
  readonly isUnsent: boolean;
  /** The server itself asked to be left alone, which is about everything; else it is about this kind of request. */
  readonly isPause: boolean;
}

/** The server did not do it, and may do it later. */
const refusedForNow: ReadonlySet<HudhudErrorCode> = new Set(['RATE_LIMITED', 'CONFLICT']);

function isDone(operation: Operation, code: HudhudErrorCode): boolean {
  if (code === 'NOT_FOUND') {
    return operation.kind === 'delete' || (operation.kind === 'react' && !operation.on);
  }
  return code === 'CONFLICT' && operation.kind === 'react';
}

function kindOf(operation: Operation, code: HudhudErrorCode, isRepeatable: boolean): Outcome['is'] {
  if (isDone(operation, code)) return 'done';
  if (refusedForNow.has(code)) return 'retry';
  if (operation.kind === 'send' && untoldCodes.has(code))
    return isRepeatable ? 'retry' : 'uncertain';
  // the others can be repeated: a text, a deletion and a mark are the same a second time
  return untoldCodes.has(code) ? 'retry' : 'failed';
}

/**
 * Reads a failure.
 *
 * @internal
 * @param isRepeatable - Whether the server takes a send with the same key as the same send.
 */
export function outcomeOf(operation: Operation, error: unknown, isRepeatable: boolean): Outcome {
  const code = isHudhudError(error) ? error.code : 'BAD_RESPONSE';
  const retryAfterMs = isHudhudError(error) ? (error.data.retryAfterMs ?? 0) : 0;
  const waitMs = Math.min(retryAfterMs, maxWaitMs);
  const isUnsent = isHudhudError(error) && error.data.isUnsent === true;
  const isPause = isHudhudError(error) && error.data.status === 429;
  const is = isUnsent ? 'retry' : kindOf(operation, code, isRepeatable);
  return { is, code, retryAfterMs: waitMs, isUnsent, isPause };
}
