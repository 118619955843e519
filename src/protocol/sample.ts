import type { RejectedFrame } from './batch';
import type { Fault } from './fault';

/** Longest sample that is kept. */
const maxSample = 512;
/** Longest event name that is kept. */
const maxName = 64;
/** How much of a frame is looked at; more than is kept, since masking shortens. */
const maxLookedAt = 2048;

const mask = '[redacted]';

// Stricter than platform/redact, which takes values: here is raw text that may be cut or no JSON at all. No pattern
// needs the end of what it masks, and each is bounded by the 2,048 characters that it sees.
const secrets: readonly (readonly [RegExp, string])[] = [
  [
    /((?:token|passw|secret|api_?key|jwt|authorization|cookie|credential)\w{0,40})(\\*["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|[[{\\][^]*|[^,;&}\]\n]+)/gi,
    `$1$2${mask}`,
  ],
  [/\b(Bearer|Basic)\s+\S+/gi, `$1 ${mask}`],
];
/** A run that could be a token: taken whole and then looked at, since searching for parts of it costs its square. */
const run = /[\w.=-]{6,}/g;

/**
 * Cuts a frame to a sample that can be shown: everything that looks like a token or a password is masked first (L17).
 *
 * @internal
 */
export function toSample(text: string, limit: number = maxSample): string {
  return secrets
    .reduce((safe, [pattern, put]) => safe.replace(pattern, put), text.slice(0, maxLookedAt))
    .replace(run, (word) => (looksLikeJwt(word) ? mask : word))
    .slice(0, limit);
}

/** By its first letters, or by three parts that are long enough. */
function looksLikeJwt(word: string): boolean {
  const [header = '', claims = '', signature] = word.split('.', 3);
  return (
    word.includes('eyJ') || (signature !== undefined && header.length >= 16 && claims.length >= 8)
  );
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
