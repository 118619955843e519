import type { HudhudErrorCode } from '../errors';
import type { FileRef } from '../protocol/models';
import type { Operation, UploadRef, UploadStatus } from '../protocol/operations';

/** Operations of one channel, in the order in which they were wished. @public */
export interface ChannelOutbox {
  readonly channelId: string;
  readonly operations: readonly Operation[];
}

/** Which operation a message of the server came from: its row keeps the operation's key (L11). @public */
export interface Alias {
  readonly messageId: string;
  readonly clientId: string;
}

/** A file on its way. @public */
export interface Upload extends UploadRef {
  readonly channelId: string;
  readonly status: UploadStatus;
  /** Bytes that are done. */
  readonly loaded: number;
  /** Why it failed. */
  readonly code: HudhudErrorCode | null;
  /** What the server made of it. */
  readonly file: FileRef | null;
}

/**
 * What was wished and is not confirmed yet. Nothing here is part of any other slice: rows are made of both by selectors.
 *
 * @public
 */
export interface OutboxState {
  /** Channels with operations only. */
  readonly channels: readonly ChannelOutbox[];
  /** Newest last; bounded. */
  readonly aliases: readonly Alias[];
  readonly uploads: readonly Upload[];
  /** Whether the backend gives a message's nonce back; the first reply decides. */
  readonly returnsNonce: 'yes' | 'no' | 'unknown';
}

/** @internal */
export const emptyOutbox: OutboxState = {
  channels: [],
  aliases: [],
  uploads: [],
  returnsNonce: 'unknown',
};

const noOperations: readonly Operation[] = [];

/** Operations of a channel; always the same list while none of them changes. @internal */
export function operationsOf(state: OutboxState, channelId: string): readonly Operation[] {
  return (
    state.channels.find((channel) => channel.channelId === channelId)?.operations ?? noOperations
  );
}

/** @internal */
export function findOperation(state: OutboxState, opId: string): Operation | undefined {
  for (const { operations } of state.channels) {
    const found = operations.find((operation) => operation.opId === opId);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Puts a channel's operations in place; a channel without any is not held. @internal */
export function putOperations(
  state: OutboxState,
  channelId: string,
  operations: readonly Operation[],
): OutboxState {
  const held = state.channels.find((channel) => channel.channelId === channelId);
  if ((held?.operations ?? noOperations) === operations) return state;
  if (held === undefined) {
    if (operations.length === 0) return state;
    return { ...state, channels: [...state.channels, { channelId, operations }] };
  }
  const channels =
    operations.length === 0
      ? state.channels.filter((channel) => channel !== held)
      : state.channels.map((channel) => (channel === held ? { channelId, operations } : channel));
  return { ...state, channels };
}
