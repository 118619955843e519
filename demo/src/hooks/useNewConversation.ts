import { useMessageActions } from '@hudhud/state/react';
import type { RefObject } from 'react';
import { useMemo, useRef, useState } from 'react';
import type { Conversation } from '../components/messages/conversation';

interface NewConversation {
  readonly conversation: Conversation;
  /** The field to write in. */
  readonly composer: RefObject<HTMLTextAreaElement | null>;
}

/** Sets a conversation up for the rows and the composer below. */
export function useNewConversation(
  channelId: string,
  parentId: string | null,
  openThread: (messageId: string) => void,
): NewConversation {
  const actions = useMessageActions(channelId);
  const [editingKey, edit] = useState<string | null>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  const conversation = useMemo(
    (): Conversation => ({
      ...{ channelId, parentId, actions, editingKey, edit, openThread },
      focusComposer() {
        composer.current?.focus();
      },
    }),
    [channelId, parentId, actions, editingKey, openThread],
  );
  return { conversation, composer };
}
