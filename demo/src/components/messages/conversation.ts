import { createContext, useContext } from 'react';
import type { MessageActions } from '@hudhud/state/react';

/** What the rows of a channel or a thread share. */
export interface Conversation {
  readonly channelId: string;
  /** `null` in the channel itself. */
  readonly parentId: string | null;
  readonly actions: MessageActions;
  /** Row whose text is being changed. */
  readonly editingKey: string | null;
  readonly edit: (rowKey: string | null) => void;
  /** Opens a message's thread beside the channel. */
  readonly openThread: (messageId: string) => void;
  readonly focusComposer: () => void;
}

export const ConversationContext = createContext<Conversation | null>(null);

export function useConversation(): Conversation {
  const conversation = useContext(ConversationContext);
  if (conversation === null) throw new Error('A message stands outside of a conversation.');
  return conversation;
}
