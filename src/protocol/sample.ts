import type { RejectedFrame } from './batch';
import type { Fault } from './fault';

/** Longest sample that is kept. */
const maxSample = 512;
/** Longest event name that is kept. */
const maxName = 64;
/** How much of a frame is looked at; more than is kept, since masking shortens. */
const maxLookedAt = 2048;

// Neither pattern needs the end of a token: what was cut in the middle is masked as well.
const jwt = /\beyJ[\w-]{3,}[\w.=-]*|\b[\w-]{16,}\.[\w-]{8,}\.[\w-]*/g;
const bearer = /\b(Bearer)\s+\S+/gi;
const secretField =
  /((?:token|passw|secret|jwt|authorization|cookie|credential)\w*)(\\*["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|[[{\\][^]*|[^\s,;&}\]]+)/gi;

/**
 * Cuts a frame to a sample that can be shown: everything that looks like a token or a password is masked first (L17).
 *
 * @internal
 */
export function toSample(text: string, limit: number = maxSample): string {
  return text
    .slice(0, maxLookedAt)
    .replace(secretField, '$1$2***')
    .replace(bearer, '$1 ***')
    .replace(jwt, '***')
    .slice(0, limit);
}

/**
 * Files a fault together with what caused it.
 *
 * @internal
 */
export function toRejected(fault: Fault, eventType: string | null, text: string): RejectedFrame {
  return {
    reason: fault.reason,
    eventType: eventType === null ? null : toSample(eventType, maxName),
    size: text.length,
    ...(fault.path === undefined ? undefined : { path: fault.path }),
    sample: toSample(text),
  };
}
