import type { ChannelRef } from '../../actions/command';
import type { Build, ReadEndpoint } from './definitions';
import { readBy } from './definitions';

/** @public */
export interface ReactionsArg extends ChannelRef {
  readonly messageId: string;
}

/** @public */
export interface ReactionsResult {
  readonly messageId: string;
  readonly emojis: readonly string[];
}

/** @public */
export interface ReactionEndpoints {
  /** All reactions of a message that is held; of one that is not, nothing is kept. */
  readonly reactions: ReadEndpoint<ReactionsArg, ReactionsResult>;
}

/** @internal */
export function reactionEndpoints(build: Build): ReactionEndpoints {
  return {
    reactions: readBy<ReactionsArg, ReactionsResult>(
      build,
      ({ channelId, messageId }) =>
        async ({ rest, learn }) => {
          const { reactions, rejected } = await rest.reactions(messageId);
          // where one was not understood the list is none: it would take that one away
          const messages = rejected.length > 0 ? [] : [{ id: messageId, channelId, reactions }];
          learn({ kind: 'messages', messages, rejected });
          return { messageId, emojis: reactions.map(({ emoji }) => emoji) };
        },
    ),
  };
}
