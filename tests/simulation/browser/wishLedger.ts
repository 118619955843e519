import type { UnknownAction } from '@reduxjs/toolkit';
import type { ReactRequested } from '../../../src/actions/outbox';
import { isType } from '../../../src/actions/define';
import {
  deleteRequested,
  discardRequested,
  editRequested,
  operationFailed,
  operationLookEnded,
  operationRetryRequested,
  reactRequested,
  sendRequested,
} from '../../../src/actions/outbox';
import { durabilityChanged, operationsYielded } from '../../../src/actions/storage';
import type { Operation } from '../../../src/protocol/operations';

/** One wish, wherever it is by now. */
export interface KnownWish {
  readonly opId: string;
  /** The page in which it was wished. */
  readonly page: number;
  readonly tick: number;
  /** As it was wished. */
  readonly operation: Operation;
  /** It need not arrive: it was given up, or its page went before it was on disk. */
  isExcused: boolean;
  /** It left before it was on disk, or a person sent it again although nobody knew whether it worked. */
  mayBeTwice: boolean;
  /** It was another tab's for a while, or tried again by the person: its place among others is not kept. */
  isMoved: boolean;
}

/** Keeps account of what was wished in all pages. */
export class WishLedger {
  private readonly wishes = new Map<string, KnownWish>();
  /** What was wished since the last look. */
  private fresh: { readonly page: number; readonly opId: string }[] = [];
  private readonly tick: () => number;
  /** Finds an operation in the page that wished it. */
  private readonly find: (page: number, opId: string) => Operation | undefined;

  constructor(ports: {
    readonly tick: () => number;
    readonly find: (page: number, opId: string) => Operation | undefined;
  }) {
    this.tick = ports.tick;
    this.find = ports.find;
  }

  get all(): readonly KnownWish[] {
    return [...this.wishes.values()];
  }

  /** Looks at an action before the reducer has it. */
  watch(page: number, action: UnknownAction): void {
    if (
      isType(action, sendRequested) ||
      isType(action, editRequested) ||
      isType(action, deleteRequested) ||
      isType(action, reactRequested)
    ) {
      this.fresh.push({ page, opId: action.payload.opId });
    }
    if (isType(action, reactRequested)) this.reacted(page, action.payload);
    // a mark that could not be set is given up
    if (isType(action, operationFailed) && action.payload.retryAt === null) {
      const { opId } = action.payload;
      if (this.find(page, opId)?.kind === 'react') this.note([opId], { isExcused: true });
    }
    // a send that has not left is given up by its deletion
    if (isType(action, deleteRequested)) this.note([action.payload.target], { isExcused: true });
    if (isType(action, discardRequested)) {
      this.note([action.payload.opId], { isExcused: true });
      this.forsake(action.payload.opId, () => true);
    }
    // nobody knows what there is to be deleted, and the person decides anew
    if (isType(action, operationLookEnded) && action.payload.retryAt === null) {
      this.forsake(action.payload.opId, ({ kind }) => kind === 'delete');
    }
    if (isType(action, operationRetryRequested)) this.retried(page, action.payload.opId);
    if (isType(action, operationsYielded)) this.note(action.payload.opIds, { isMoved: true });
    if (isType(action, durabilityChanged) && !action.payload.durable) {
      this.note(action.payload.opIds, { mayBeTwice: true });
    }
  }

  /** Takes up what was wished since: what never became an operation was called off, or had nothing to do. */
  settle(): void {
    for (const { page, opId } of this.fresh) {
      const operation = this.find(page, opId);
      if (operation === undefined || this.wishes.has(opId)) continue;
      const wish = { opId, page, operation, tick: this.tick() };
      this.wishes.set(opId, { ...wish, isExcused: false, mayBeTwice: false, isMoved: false });
    }
    this.fresh = [];
  }

  excuse(opIds: readonly string[]): void {
    this.note(opIds, { isExcused: true });
  }

  /** The last word on an emoji is what counts, and two opposite ones may come to nothing. */
  private reacted(page: number, { target, emoji }: ReactRequested): void {
    for (const { opId, operation, page: other } of this.all) {
      const isSame = operation.kind === 'react' && operation.target === target && other === page;
      if (isSame && operation.emoji === emoji) this.note([opId], { isExcused: true });
    }
  }

  /** What was wished of a send goes with it. */
  private forsake(sendId: string, isOver: (operation: Operation) => boolean): void {
    this.settle();
    for (const { opId, operation } of this.all) {
      const isOfIt = 'target' in operation && operation.target === sendId;
      if (isOfIt && isOver(operation)) this.note([opId], { isExcused: true });
    }
  }

  private retried(page: number, opId: string): void {
    const isRisk = this.find(page, opId)?.code === 'UNCONFIRMED';
    this.note([opId], { isMoved: true, ...(isRisk ? { mayBeTwice: true } : {}) });
  }

  private note(opIds: readonly string[], what: Partial<KnownWish>): void {
    for (const opId of opIds) Object.assign(this.wishes.get(opId) ?? {}, what);
  }
}
