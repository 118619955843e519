import type { HudhudErrorCode } from '../errors';
import type { AttemptEnd } from './attempt';
import type { ConnectionSnapshot } from '../protocol/connectionSnapshot';
import { codeOfStatus } from './statusCodes';

const passingRefusals: readonly number[] = [408, 425, 429];

/** What is done after a try. @internal */
export type Verdict = 'retry' | 'renewToken' | 'giveUp' | 'authLost';

/** @internal @param passing - Refusals below 500 that say "later", not "never". */
export function afterRefusal(status: number, passing: readonly number[]): Verdict {
  if (status === 401) return 'renewToken';
  return status >= 500 || passing.includes(status) ? 'retry' : 'giveUp';
}

/**
 * Tells what to do after a try. A wrong type is tried again: it is what captive portals and proxies in trouble send.
 *
 * @internal
 */
export function afterAttempt(end: AttemptEnd): Verdict {
  if (end.kind === 'refused') return afterRefusal(end.status, passingRefusals);
  return end.kind === 'no_token' ? 'authLost' : 'retry';
}

/**
 * Whether an end speaks against the way and not the server: it is not offered, somebody in between answers instead, or
 * somebody in between lets nothing through.
 *
 * @internal
 * @param hasEvents - Whether this connection has brought anything.
 */
export function isNoWay(end: AttemptEnd, verdict: Verdict, hasEvents: boolean): boolean {
  const isMute = end.kind === 'timeout' && end.waitedFor === 'bytes' && !hasEvents;
  return verdict === 'giveUp' || end.kind === 'wrong_type' || isMute;
}

const codeOfEnd: Record<
  Exclude<AttemptEnd['kind'], 'refused' | 'token_failed'>,
  HudhudErrorCode
> = {
  ended: 'STREAM_ENDED',
  no_room: 'RATE_LIMITED',
  wrong_type: 'STREAM_WRONG_TYPE',
  network: 'NETWORK',
  aborted: 'ABORTED',
  too_large: 'FRAME_TOO_LARGE',
  timeout: 'TIMEOUT',
  no_token: 'UNAUTHORIZED',
};

/**
 * Names an end. A final refusal is `STREAM_REFUSED`, whatever its status, but for a refused token.
 *
 * @internal
 * @param next - What is done after it. Default: what a connection does.
 */
export function errorOfAttempt(
  end: AttemptEnd,
  next: Verdict = afterAttempt(end),
): NonNullable<ConnectionSnapshot['error']> {
  if (end.kind === 'token_failed') return { code: end.code };
  if (end.kind !== 'refused') return { code: codeOfEnd[end.kind] };
  const { status } = end;
  const code = next === 'giveUp' ? 'STREAM_REFUSED' : codeOfStatus(status);
  return { code, status };
}
