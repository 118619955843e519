import type { MessageRecord } from '@hudhud/state';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';

interface UnseenPillProps {
  readonly messages: readonly MessageRecord[];
  /** Newest message when the reader left the end. */
  readonly leftAtId: string;
  readonly onGo: () => void;
}

/** Back to the end, and how much has come there meanwhile. */
export function UnseenPill({ messages, leftAtId, onGo }: UnseenPillProps) {
  const { messages: words } = useStrings();
  const leftAt = messages.findLastIndex(({ id }) => id === leftAtId);
  // the message itself may have been deleted: then nothing certain can be said
  const count = leftAt === -1 ? 0 : messages.length - 1 - leftAt;
  return (
    <button
      type="button"
      className={`unseen-pill${count > 0 ? ' unseen-pill-new' : ''}`}
      onClick={onGo}
    >
      <Icon name="down" size={16} />
      {count > 0 ? words.unseen(count) : words.toLatest}
    </button>
  );
}
