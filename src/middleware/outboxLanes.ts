import type { Operation } from '../protocol/operations';
import type { Upload } from '../state/outboxState';

/**
 * Operations that must keep their order share a lane: the sends of a channel (L10), and what is wished of one message.
 *
 * @internal
 */
export function laneOf(operation: Operation): string {
  if (operation.kind === 'send' || operation.kind === 'read') return operation.kind;
  return `message:${operation.target}`;
}

/** What is before others in its lane holds them back, unless it is over or waits for the person. */
function steppedAside({ status }: Operation): boolean {
  return status === 'failed' || status === 'acknowledged';
}

function isReady(
  operation: Operation,
  isUnsent: (target: string) => boolean,
  uploads: readonly Upload[],
): boolean {
  if (operation.kind === 'send') {
    // only what is on its way is waited for: whether it goes without the others is found out when it is its turn
    return !uploads.some(
      ({ uploadId, status }) =>
        operation.uploadIds.includes(uploadId) && (status === 'queued' || status === 'uploading'),
    );
  }
  // what is wished of a message that has no id yet waits until it has one
  return !isUnsent(operation.target);
}

/**
 * The next operation of every lane of a channel, in order; those among them that wait for a moment included. Pure.
 *
 * @internal
 */
export function nextOfLanes(
  operations: readonly Operation[],
  uploads: readonly Upload[],
): Operation[] {
  // a wish may join a lane behind another's back, when the send that it waited for turns out to be that message
  const taken = new Set<string>();
  for (const operation of operations) {
    if (operation.status === 'sending') taken.add(laneOf(operation));
  }
  let unsent: ReadonlySet<string> | null = null;
  const isUnsent = (target: string): boolean => {
    unsent ??= new Set(operations.flatMap(({ kind, opId }) => (kind === 'send' ? [opId] : [])));
    return unsent.has(target);
  };
  return operations.filter((operation) => {
    if (steppedAside(operation)) return false;
    const lane = laneOf(operation);
    if (taken.has(lane)) return false;
    taken.add(lane);
    return operation.status === 'queued' && isReady(operation, isUnsent, uploads);
  });
}

/**
 * The same, for whoever asks again and again: a channel is looked through once for each of its lists.
 *
 * @internal
 */
export function createLanes(): typeof nextOfLanes {
  interface Found {
    readonly uploads: readonly Upload[];
    readonly next: Operation[];
  }
  const known = new WeakMap<readonly Operation[], Found>();
  return (operations, uploads) => {
    const last = known.get(operations);
    if (last?.uploads === uploads) return last.next;
    const next = nextOfLanes(operations, uploads);
    known.set(operations, { uploads, next });
    return next;
  };
}
