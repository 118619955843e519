import type { MessageRow } from '@hudhud/state';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import { useConversation } from '../messages/conversation';

/** The way to the replies of a message. */
export function ThreadLink({ row }: { readonly row: MessageRow }) {
  const { messages } = useStrings();
  const { openThread, parentId } = useConversation();
  const { id, threadCount } = row;
  if (threadCount === 0 || id === null || parentId !== null) return null;
  return (
    <button
      type="button"
      className="message-thread"
      onClick={() => {
        openThread(id);
      }}
    >
      <Icon name="thread" size={14} />
      {messages.replies(threadCount)}
    </button>
  );
}
