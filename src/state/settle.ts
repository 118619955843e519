import type { MessageFact } from '../protocol/models';
import type { Operation, SendOperation, SendSince } from '../protocol/operations';
import type { ReactionEvent } from '../protocol/serverEvents';
import { isInDoubt } from './operationStatus';
import type { OutboxState } from './outboxState';
import { operationsOf, putOperations } from './outboxState';

/**
 * Finds what a fact says of pending operations, so that the action that brings a message also ends the operation that
 * made it (L8): never two rows for one send, never none.
 */

/** Finds the nonce in what the server gave back. @public */
export type Correlate = (fact: MessageFact) => string | null;

/** The default: metadata that came back as it was sent. @public */
export const correlateByMetadata: Correlate = ({ metadata }) => {
  const nonce = metadata?.['client_id'];
  return typeof nonce === 'string' ? nonce : null;
};

/** A fact about a message, and how it came. @internal */
export interface SeenMessage {
  readonly fact: MessageFact;
  /** `told`: the stream's first word on it. `changed`: a later one. `read`: the row of an answer. */
  readonly how: 'told' | 'changed' | 'read';
  /** Of the event, or of the request's start. */
  readonly o: number;
}

/** Aliases that are remembered; who has more own messages on screen sees an old row made anew once. */
const maxAliases = 1024;

/** What the server may do to a text is to trim it. */
const sameText = (a: string | undefined, b: string): boolean => a?.trim() === b.trim();

/** Ends a send: it is this message. What was wished of it is wished of the message from here on. @internal */
export function settleSend(
  state: OutboxState,
  send: SendOperation,
  messageId: string,
): OutboxState {
  const { channelId, opId } = send;
  const operations = operationsOf(state, channelId).flatMap((held): Operation[] => {
    if (held.opId === opId) return [];
    return held.kind !== 'send' && held.target === opId ? [{ ...held, target: messageId }] : [held];
  });
  const free = send.candidates.filter((id) => id !== messageId);
  const next = putOperations(state, channelId, handedOn(operations, send, free));
  const aliases = [...next.aliases, { messageId, clientId: opId }].slice(-maxAliases);
  return { ...next, aliases };
}

/** What looked like a send that turned out to be another message is likely that of an equal one from before. */
function handedOn(
  operations: readonly Operation[],
  send: SendOperation,
  free: readonly string[],
): readonly Operation[] {
  return free.reduce((left, id) => {
    const heir = left.find(
      (held): held is SendOperation =>
        isEarlierTwin(held, send) && held.since?.ids.includes(id) !== true,
    );
    return heir === undefined ? left : withCandidate(left, heir, id);
  }, operations);
}

/** What is later than the one is later than the other too. */
function isEarlierTwin(held: Operation, send: SendOperation): held is SendOperation {
  if (held.kind !== 'send' || !isInDoubt(held) || held.authorId !== send.authorId) return false;
  const isEarlier =
    held.since === null
      ? send.since === null && (held.startedAs ?? Infinity) <= (send.startedAs ?? -Infinity)
      : held.since.at <= (send.since?.at ?? -Infinity);
  return isEarlier && held.parentId === send.parentId && sameText(held.content, send.content);
}

function withCandidate(
  operations: readonly Operation[],
  send: SendOperation,
  id: string,
): readonly Operation[] {
  const noted = { ...send, candidates: [...send.candidates, id] };
  return operations.map((held) => (held === send ? noted : held));
}

function withoutOperations(
  state: OutboxState,
  channelId: string,
  isOver: (operation: Operation, index: number) => boolean,
): OutboxState {
  const operations = operationsOf(state, channelId);
  const left = operations.filter((operation, index) => !isOver(operation, index));
  return left.length === operations.length ? state : putOperations(state, channelId, left);
}

/** The send that a nonce names. */
function sendByNonce(
  operations: readonly Operation[],
  { userId }: MessageFact,
  nonce: string,
): SendOperation | undefined {
  return operations.find(
    (operation): operation is SendOperation =>
      operation.kind === 'send' &&
      operation.opId === nonce &&
      // somebody else's message is not ours, whatever it carries
      (operation.authorId === null || typeof userId !== 'string' || userId === operation.authorId),
  );
}

/** Whether the message can only have been made after the send was started. */
function isLater({ since, startedAs }: SendOperation, { fact, how, o }: SeenMessage): boolean {
  if (since !== null) {
    if (since.ids.includes(fact.id)) return false;
    if (fact.createdAt !== undefined && fact.createdAt < since.at) return false;
  }
  // a row says nothing of when it was made but by its time, which needs one to be compared with
  return how === 'told' ? startedAs !== null && o > startedAs : since !== null;
}

/** Whether a message without a nonce may be the one that a send made. */
function mayBe(send: SendOperation, seen: SeenMessage): boolean {
  const { fact, how } = seen;
  if (how === 'changed' || !isInDoubt(send)) return false;
  return (
    send.authorId !== null &&
    fact.userId === send.authorId &&
    (fact.parentId ?? null) === send.parentId &&
    (fact.type ?? 'text') === send.messageType &&
    sameText(fact.content, send.content) &&
    isLater(send, seen)
  );
}

/** A message that was made with other words is none that was sent, whatever it says later. */
function noteStranger(
  state: OutboxState,
  channelId: string,
  operations: readonly Operation[],
  { fact, how }: SeenMessage,
): OutboxState {
  const isStranger = (held: Operation): held is SendOperation & { readonly since: SendSince } =>
    held.kind === 'send' &&
    held.since !== null &&
    isInDoubt(held) &&
    fact.userId === held.authorId &&
    !sameText(fact.content, held.content) &&
    !held.since.ids.includes(fact.id);
  if (how !== 'told' || !operations.some(isStranger)) return state;
  const noted = operations.map((held) =>
    isStranger(held)
      ? { ...held, since: { ...held.since, ids: [...held.since.ids, fact.id] } }
      : held,
  );
  return putOperations(state, channelId, noted);
}

/** Notes a message that may be the one that was sent. */
function noteCandidate(
  state: OutboxState,
  channelId: string,
  operations: readonly Operation[],
  seen: SeenMessage,
): OutboxState {
  const { id } = seen.fact;
  const all = operations.filter((held): held is SendOperation => held.kind === 'send');
  // one message stands for one send; what something else is wished of was known before
  if (all.some(({ candidates }) => candidates.includes(id))) return state;
  if (operations.some((held) => held.kind !== 'send' && held.target === id)) return state;
  const sends = all.filter((held) => mayBe(held, seen));
  // what has just been sent is likelier than what failed before
  const send = sends.find(({ status }) => status !== 'failed') ?? sends[0];
  if (send === undefined || state.aliases.some(({ messageId }) => messageId === id)) return state;
  return putOperations(state, channelId, withCandidate(operations, send, id));
}

/**
 * Ends the sends in doubt that a single message looks like. Of several nobody can know which one it is, so this is asked
 * once all that came together was looked at.
 *
 * @internal
 */
export function settleLikely(state: OutboxState): OutboxState {
  // noted before that was known: a message of ours would have its nonce
  if (state.returnsNonce === 'yes') return state;
  const sends = state.channels.flatMap(({ operations }) =>
    operations.filter(
      (held): held is SendOperation =>
        held.kind === 'send' &&
        held.mayMatch &&
        (held.status === 'uncertain' || (held.status === 'queued' && held.mayExist !== true)),
    ),
  );
  return sends.reduce((next, send) => {
    const [candidate, ...others] = send.candidates;
    if (candidate === undefined || others.length > 0) return next;
    return settleSend(next, send, candidate);
  }, state);
}

/**
 * Whether a fact shows what an operation on the message wanted. The row of a request that began after the reply is the
 * truth, whatever it shows.
 */
function isShown(operation: Operation, { fact, how, o }: SeenMessage): boolean {
  const { startedAs, ackedAs } = operation;
  if (operation.kind === 'edit') {
    if (fact.content === undefined) return false;
    if (how === 'read' && ackedAs !== null && o > ackedAs) return true;
    return startedAs !== null && o > startedAs && sameText(fact.content, operation.content);
  }
  if (operation.kind === 'react') {
    const { reactions } = fact;
    if (reactions === undefined || ackedAs === null) return false;
    if (how === 'read') return o > ackedAs;
    const reaction = reactions.find(({ emoji }) => emoji === operation.emoji);
    const isOn = reaction?.users.some(({ userId }) => userId === operation.userId) === true;
    return o > ackedAs && isOn === operation.on;
  }
  return false;
}

function isLike(a: Operation, b: Operation): boolean {
  if (a.kind === 'send' || b.kind === 'send' || a.target !== b.target) return false;
  return a.kind === b.kind && (a.kind !== 'react' || b.kind !== 'react' || a.emoji === b.emoji);
}

/** Ends the first operation that fits, and what was acknowledged before it: the stream keeps the order. */
function endFirst(
  state: OutboxState,
  channelId: string,
  operations: readonly Operation[],
  fits: (operation: Operation) => boolean,
): OutboxState {
  const at = operations.findIndex(fits);
  const first = operations[at];
  if (first === undefined) return state;
  return withoutOperations(
    state,
    channelId,
    (held, index) =>
      index === at || (index < at && held.status === 'acknowledged' && isLike(held, first)),
  );
}

/**
 * Ends what a message settles.
 *
 * @internal
 */
export function seeMessage(
  state: OutboxState,
  seen: SeenMessage,
  correlate: Correlate,
): OutboxState {
  const { fact } = seen;
  let next = state;
  for (const { channelId, operations } of state.channels) {
    if (fact.channelId !== undefined && fact.channelId !== channelId) continue;
    const nonce = correlate(fact);
    const send = nonce === null ? undefined : sendByNonce(operations, fact, nonce);
    if (send !== undefined) next = { ...settleSend(next, send, fact.id), returnsNonce: 'yes' };
    if (fact.deletedAt !== undefined && fact.deletedAt !== null) {
      next = seeDelete(next, fact.id);
      continue;
    }
    // also where nonces came back so far: a backend that stops giving them back must not be sent to twice
    if (nonce === null) {
      next = noteCandidate(next, channelId, operations, seen);
      if (next === state) next = noteStranger(next, channelId, operations, seen);
    }
    const isOf = (held: Operation): boolean => held.kind !== 'send' && held.target === fact.id;
    if (!operations.some(isOf)) continue;
    const left = operationsOf(next, channelId);
    next = endFirst(next, channelId, left, (held) => isOf(held) && isShown(held, seen));
  }
  return next;
}

/** A message is gone, and with it all that was wished of it (L2). @internal */
export function seeDelete(state: OutboxState, messageId: string): OutboxState {
  return state.channels.reduce(
    (next, { channelId }) =>
      withoutOperations(
        next,
        channelId,
        (held) => held.kind !== 'send' && held.kind !== 'read' && held.target === messageId,
      ),
    state,
  );
}

/** The viewer's own word on an emoji came back. @internal */
export function seeReaction(state: OutboxState, event: ReactionEvent, o: number): OutboxState {
  return state.channels.reduce(
    (next, { channelId, operations }) =>
      endFirst(
        next,
        channelId,
        operations,
        (held) =>
          held.kind === 'react' &&
          held.target === event.messageId &&
          held.emoji === event.emoji &&
          held.userId === event.userId &&
          held.on === (event.op === 'add') &&
          held.startedAs !== null &&
          o > held.startedAs,
      ),
    state,
  );
}
