import type { Operation } from '../../../src/protocol/operations';
import type { ChatServer } from '../server/chatServer';
import type { RequestEnd, Waiting } from '../server/requests';
import type { Ledger } from './ledger';

interface Attempt {
  readonly nonce: string;
  /** When it ended without an answer to go by. */
  untoldAt: number | null;
}

/** Looks at every send that reaches the server: in order, one at a time, and never a second time unseen (L10). */
export class SendWatch {
  private readonly attempts = new Map<Waiting, Attempt>();
  private readonly underWay = new Map<string, Waiting>();
  /** Newest time at which a look at a timeline began that was answered. */
  private readonly looks = new Map<string, number>();
  private readonly ledger: Ledger;
  private readonly isIdempotent: boolean;
  private readonly find: (opId: string) => Operation | undefined;
  private readonly tick: () => number;

  constructor(ports: {
    readonly ledger: Ledger;
    readonly isIdempotent: boolean;
    readonly find: (opId: string) => Operation | undefined;
    readonly tick: () => number;
  }) {
    this.ledger = ports.ledger;
    this.isIdempotent = ports.isIdempotent;
    this.find = ports.find;
    this.tick = ports.tick;
  }

  arrived(waiting: Waiting): void {
    const { send } = waiting;
    if (send === null) return;
    const { nonce, channelId } = send;
    const { violations } = this.ledger;
    const other = this.underWay.get(channelId)?.send?.nonce;
    // one that an echo has settled is there: its reply may take its time
    if (other !== undefined && this.find(other) !== undefined) {
      violations.push(`${nonce} left while ${other} was out`);
    }
    for (const opId of this.ledger.sendsBefore(channelId, nonce)) {
      const status = this.find(opId)?.status;
      if (status !== undefined && status !== 'failed') {
        violations.push(`${nonce} left before ${opId}, which is ${status}`);
      }
    }
    if (this.isUnseen(nonce)) violations.push(`${nonce} was sent again without a look`);
    this.underWay.set(channelId, waiting);
    this.attempts.set(waiting, { nonce, untoldAt: null });
  }

  ended(waiting: Waiting, end: RequestEnd): void {
    const { send, reads, arrivedAt } = waiting;
    if (reads !== null && end === 'answered') {
      this.looks.set(reads, Math.max(arrivedAt, this.looks.get(reads) ?? 0));
    }
    if (send === null) return;
    if (this.underWay.get(send.channelId) === waiting) this.underWay.delete(send.channelId);
    const attempt = this.attempts.get(waiting);
    const isUntold = end === 'untold' || end === 'aborted';
    if (attempt !== undefined && isUntold) attempt.untoldAt = this.tick();
  }

  /** Whether a send may have worked and nobody looked for it since. */
  private isUnseen(nonce: string): boolean {
    const wished = this.ledger.wishes.get(nonce);
    if (this.isIdempotent || wished === undefined || wished.riskedRetries > 0) return false;
    const { channelId, operation } = { ...wished.operation, operation: wished.operation };
    const parentId = operation.kind === 'send' ? operation.parentId : null;
    const key = parentId === null ? `${channelId}/` : `/${parentId}`;
    const looked = this.looks.get(key) ?? -1;
    return [...this.attempts.values()].some(
      (attempt) =>
        attempt.nonce === nonce && attempt.untoldAt !== null && looked < attempt.untoldAt,
    );
  }
}

/** Messages of one send that are there, without those that somebody deleted. */
export function storedAlive(server: ChatServer, nonce: string): number {
  return server.ofNonce(nonce).filter(({ deletedUs }) => deletedUs === null).length;
}
