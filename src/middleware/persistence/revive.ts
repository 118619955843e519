import type { Operation } from '../../protocol/operations';

/**
 * What an operation of an earlier visit is now. What was under way may have worked: a send is looked for before anything
 * is sent again, unless the server knows it by its key; everything else can be repeated without harm. `null`: it did work,
 * and nobody waits for the stream to say so any more.
 *
 * @internal
 * @param isKeyed - Whether the server takes a send with the same key as the same send.
 */
export function revive(operation: Operation, isKeyed: boolean): Operation | null {
  if (operation.status === 'acknowledged') return null;
  // ordinals of an earlier visit say nothing here, but for whether there was a request
  const startedAs = operation.startedAs === null ? null : 0;
  const held = { ...operation, startedAs, ackedAs: null };
  if (held.status !== 'sending') return held;
  const ended = { ...held, code: 'ABORTED' as const, attempts: held.attempts + 1 };
  if (ended.kind !== 'send') return { ...ended, status: 'queued' };
  if (!isKeyed) return { ...ended, status: 'uncertain' };
  return { ...ended, status: 'queued', mayExist: true };
}
