import type { UnknownAction } from '@reduxjs/toolkit';
import { isType } from '../../../src/actions/define';
import {
  deleteRequested,
  discardRequested,
  editRequested,
  operationFailed,
  operationLookEnded,
  operationRetryRequested,
  operationStarted,
  reactRequested,
  sendRequested,
} from '../../../src/actions/outbox';
import type { Operation } from '../../../src/protocol/operations';
import { operationTransitions } from '../../../src/state/operationStatus';
import type { OutboxState } from '../../../src/state/outboxState';

/** How a wish is no longer pending. */
type WishEnd =
  // by what the server said
  | 'settled'
  // by a person: given up, or called off before it left
  | 'discarded'
  | 'replaced'
  // by what is nobody's to decide: a mark that could not be set, a message that is gone
  | 'dropped';

/** One wish, from the outside. */
export interface Wished {
  readonly operation: Operation;
  /** The moment at which it was wished. */
  readonly tick: number;
  /** As it was before it ended. */
  last: Operation;
  end: WishEnd | null;
  /** Type of the action that ended it. */
  endedBy: string | null;
  isStarted: boolean;
  /** Whether our sends could be told from others that look the same when it ended. */
  knewNonces: boolean;
  /** Whether it waits for the person because nobody knows whether it worked. */
  isUnconfirmed: boolean;
  /** How often a person sent it again although it may have worked. */
  riskedRetries: number;
}

const all = ({ channels }: OutboxState): readonly Operation[] =>
  channels.flatMap(({ operations }) => operations);

function endOf(action: UnknownAction, { kind, opId }: Operation): WishEnd {
  if (isType(action, discardRequested)) {
    return action.payload.opId === opId ? 'discarded' : 'dropped';
  }
  if (isType(action, deleteRequested)) {
    if (kind === 'delete') return 'replaced';
    return action.payload.target === opId ? 'discarded' : 'dropped';
  }
  if (isType(action, reactRequested) || isType(action, editRequested)) return 'replaced';
  if (action.type === 'outbox/readRequested') return 'replaced';
  // a send that fails is given up where its deletion was wished already
  if (isType(action, operationFailed)) return kind === 'send' ? 'discarded' : 'dropped';
  return isType(action, operationLookEnded) ? 'dropped' : 'settled';
}

/** Keeps account of every wish by looking at each action with the outbox before and after it. */
export class Ledger {
  readonly wishes = new Map<string, Wished>();
  /** Laws that were broken, in words. */
  readonly violations: string[] = [];
  /** Sends of each channel as a person would expect them to leave; a retry goes to the end. */
  private readonly order = new Map<string, string[]>();
  private readonly tick: () => number;

  constructor(tick: () => number) {
    this.tick = tick;
  }

  watch(before: OutboxState, action: UnknownAction, after: OutboxState): void {
    if (before !== after) {
      const left = new Map(all(before).map((operation) => [operation.opId, operation]));
      for (const operation of all(after)) {
        this.hold(operation, left.get(operation.opId), action);
        left.delete(operation.opId);
      }
      const knewNonces = before.returnsNonce === 'yes';
      for (const operation of left.values()) this.finish(operation, action, knewNonces);
    }
    if (isType(action, operationStarted)) this.note(action.payload.opId, { isStarted: true });
  }

  /** Sends that a person wished before another one, in its channel. */
  sendsBefore(channelId: string, opId: string): readonly string[] {
    const order = this.order.get(channelId) ?? [];
    return order.slice(0, order.indexOf(opId));
  }

  sends(): readonly Wished[] {
    return [...this.wishes.values()].filter(({ operation }) => operation.kind === 'send');
  }

  private note(opId: string, what: Partial<Wished>): void {
    const wished = this.wishes.get(opId);
    if (wished !== undefined) Object.assign(wished, what);
  }

  private hold(operation: Operation, before: Operation | undefined, action: UnknownAction): void {
    const { opId, channelId, status, code } = operation;
    if (before === undefined) {
      if (this.wishes.has(opId)) this.violations.push(`${opId} came back into the outbox`);
      this.wishes.set(opId, {
        ...{ operation, tick: this.tick(), last: operation, end: null, endedBy: null },
        ...{ isStarted: false, knewNonces: false, isUnconfirmed: false, riskedRetries: 0 },
      });
      if (isType(action, sendRequested)) this.toTail(channelId, opId);
      return;
    }
    const wished = this.wishes.get(opId);
    if (wished === undefined) return;
    wished.last = operation;
    if (before.status === status) return;
    if (!operationTransitions[before.status].includes(status)) {
      this.violations.push(`${opId}: ${before.status} became ${status} by ${action.type}`);
    }
    if (isType(action, operationRetryRequested) && action.payload.opId === opId) {
      if (wished.isUnconfirmed) wished.riskedRetries += 1;
      if (operation.kind === 'send') this.toTail(channelId, opId);
    }
    wished.isUnconfirmed = status === 'failed' && code === 'UNCONFIRMED';
  }

  private finish(operation: Operation, action: UnknownAction, knewNonces: boolean): void {
    const end = endOf(action, operation);
    const { opId, kind, status } = operation;
    this.note(opId, { end, endedBy: action.type, isUnconfirmed: false, knewNonces });
    const mayEnd = operationTransitions[status];
    if (kind === 'react' && end === 'replaced' && this.wishes.get(opId)?.isStarted === true) {
      this.violations.push(`${opId} was called off although it had left`);
    }
    const isByPerson = end === 'discarded' && !isType(action, operationFailed);
    if (isByPerson && !mayEnd.includes('discarded')) {
      this.violations.push(`${opId} was discarded while ${status}`);
    }
  }

  private toTail(channelId: string, opId: string): void {
    const others = (this.order.get(channelId) ?? []).filter((other) => other !== opId);
    this.order.set(channelId, [...others, opId]);
  }
}
