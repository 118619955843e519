import type {
  DeleteRequested,
  EditRequested,
  ReactRequested,
  ReadRequested,
  SendRequested,
  Wish,
} from '../actions/outbox';
import type { Operation, SendOperation } from '../protocol/operations';

/**
 * Takes wishes into a channel's queue, each as what is left to do: an edit of a message that was not sent yet is part of
 * it, deleting it calls it off, a reaction that is taken back before it left was never there.
 */

type Operations = readonly Operation[];

const unsent = {
  status: 'queued' as const,
  attempts: 0,
  notBefore: null,
  code: null,
  startedAs: null,
  ackedAs: null,
};

function startOf({ opId, channelId, at }: Wish) {
  return { opId, channelId, at, ...unsent };
}

/**
 * Whether the server has nothing of a send for certain. One that is sent again with its key may be there with its first
 * words, which the key would keep.
 */
function isUnsent({ status, mayExist }: SendOperation): boolean {
  return mayExist !== true && (status === 'failed' || status === 'queued');
}

function unsentOf(operations: Operations, target: string): SendOperation | undefined {
  return operations.find(
    (operation): operation is SendOperation =>
      operation.kind === 'send' && operation.opId === target && isUnsent(operation),
  );
}

/** A send that waits for the person, who has just given it up. */
function isFailedSend(operations: Operations, target: string): boolean {
  return operations.some(
    ({ kind, opId, status }) => kind === 'send' && opId === target && status === 'failed',
  );
}

/** Takes a send out, with everything that was wished of it. @internal */
export function withoutSend(operations: Operations, opId: string): Operations {
  return operations.filter(
    (operation) =>
      operation.opId !== opId && (operation.kind === 'send' || operation.target !== opId),
  );
}

/** @internal */
export function enqueueSend(operations: Operations, wish: SendRequested): Operations {
  const { parentId, content, messageType, uploadIds } = wish;
  const nothingKnown = { authorId: null, since: null, candidates: [], mayMatch: false };
  const told = { kind: 'send', parentId, content, messageType, uploadIds } as const;
  return [...operations, { ...startOf(wish), ...told, ...nothingKnown }];
}

/** @internal */
export function enqueueEdit(operations: Operations, wish: EditRequested): Operations {
  const { target, content } = wish;
  const send = unsentOf(operations, target);
  // nobody could tell whether it is there with the words that it left with: a new text has to come after those
  if (send !== undefined && send.code !== 'UNCONFIRMED') {
    return operations.map((held) => (held === send ? { ...send, content } : held));
  }
  // what failed is what the new text stands for
  const kept = operations.filter(
    (held) => !(held.kind === 'edit' && held.target === target && held.status === 'failed'),
  );
  return [...kept, { ...startOf(wish), kind: 'edit', target, content }];
}

/** @internal */
export function enqueueDelete(operations: Operations, wish: DeleteRequested): Operations {
  const { target, notBefore } = wish;
  if (unsentOf(operations, target) !== undefined || isFailedSend(operations, target)) {
    return withoutSend(operations, target);
  }
  const before = operations.find((held) => held.kind === 'delete' && held.target === target);
  if (before !== undefined && before.status !== 'failed') return operations;
  const kept = operations.filter((held) => held !== before);
  return [...kept, { ...startOf(wish), kind: 'delete', target, notBefore }];
}

/** @internal */
export function enqueueReact(operations: Operations, wish: ReactRequested): Operations {
  const { target, emoji, on } = wish;
  const last = operations.findLast(
    (held) => held.kind === 'react' && held.target === target && held.emoji === emoji,
  );
  if (last?.kind === 'react') {
    if (last.on === on) return operations;
    // one that was tried may have worked: only what never left can be called off
    if (last.status === 'queued' && last.startedAs === null) {
      return operations.filter((held) => held !== last);
    }
  }
  return [...operations, { ...startOf(wish), kind: 'react', target, emoji, on, userId: null }];
}

/** @internal */
export function enqueueRead(operations: Operations, wish: ReadRequested): Operations {
  const { target, upTo, messageIds } = wish;
  if (operations.some((held) => held.kind === 'read' && held.upTo >= upTo)) return operations;
  const waiting = operations.find((held) => held.kind === 'read' && held.status === 'queued');
  const kept = operations.filter((held) => held !== waiting);
  const named = waiting?.kind === 'read' ? [...waiting.messageIds, ...messageIds] : messageIds;
  const all = named.length === messageIds.length ? messageIds : [...new Set(named)];
  return [...kept, { ...startOf(wish), kind: 'read', target, upTo, messageIds: all }];
}
