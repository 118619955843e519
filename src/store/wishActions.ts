import type { HudhudAction } from '../actions/define';
import type {
  DeleteRequested,
  EditRequested,
  OperationRef,
  ReactRequested,
  RetryOperation,
  SendRequested,
  Wish,
} from '../actions/outbox';
import {
  deleteRequested,
  discardRequested,
  editRequested,
  operationRetryRequested,
  reactRequested,
  sendRequested,
} from '../actions/outbox';
import type { Platform } from '../platform/platform';
import { makeUuid } from '../platform/uuid';
import type { MessageType } from '../protocol/models';

/** A message as it is written. @public */
export interface Draft {
  readonly channelId: string;
  /** Plain text; may be empty only if there are files. */
  readonly content: string;
  /** Thread that it answers in. Default: none. */
  readonly parentId?: string | null;
  /** Default `'text'`. */
  readonly type?: MessageType;
  /** Files that it waits for, as `hudhud.attach` named them. Default: none. */
  readonly uploadIds?: readonly string[];
}

/** A message, by its id; or by its operation's while it has none. @public */
export interface MessageRef {
  readonly channelId: string;
  readonly target: string;
}

/**
 * What a person may want done. Each makes an action with an id and a time of its own; what is shown follows in the same
 * dispatch. A wish that nobody can fulfil comes back from `dispatch` as `outbox/rejected` with its code.
 *
 * @public
 */
export interface WishActions {
  sendMessage(draft: Draft): HudhudAction<SendRequested>;
  editMessage(wish: MessageRef & { readonly content: string }): HudhudAction<EditRequested>;
  /** Waits `outbox.undoDeleteMs` first; `discard` undoes it until then. */
  deleteMessage(wish: MessageRef): HudhudAction<DeleteRequested>;
  addReaction(wish: MessageRef & { readonly emoji: string }): HudhudAction<ReactRequested>;
  removeReaction(wish: MessageRef & { readonly emoji: string }): HudhudAction<ReactRequested>;
  /** Tries a failed operation again. */
  retry(operation: OperationRef): HudhudAction<RetryOperation>;
  /** Gives a failed operation up, or one that was not sent yet. */
  discard(operation: OperationRef): HudhudAction<OperationRef>;
}

/** @internal */
export function createWishActions(
  instance: string,
  { clock, random }: Pick<Platform, 'clock' | 'random'>,
  undoDeleteMs: number,
): WishActions {
  const wish = (channelId: string): Wish => ({
    opId: makeUuid(random),
    channelId,
    at: clock.now(),
  });
  const react = (
    { channelId, target, emoji }: MessageRef & { readonly emoji: string },
    on: boolean,
  ) => reactRequested({ ...wish(channelId), target, emoji, on }, instance);
  return {
    sendMessage({ channelId, content, parentId = null, type = 'text', uploadIds = [] }) {
      const what = { parentId, content, messageType: type, uploadIds };
      return sendRequested({ ...wish(channelId), ...what }, instance);
    },
    editMessage: ({ channelId, target, content }) =>
      editRequested({ ...wish(channelId), target, content }, instance),
    deleteMessage({ channelId, target }) {
      const spoken = wish(channelId);
      const notBefore = spoken.at + undoDeleteMs;
      return deleteRequested({ ...spoken, target, notBefore }, instance);
    },
    addReaction: (wished) => react(wished, true),
    removeReaction: (wished) => react(wished, false),
    retry: ({ opId }) => operationRetryRequested({ opId, at: clock.now() }, instance),
    discard: ({ opId }) => discardRequested({ opId }, instance),
  };
}
