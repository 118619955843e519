import type { MessageRow } from '@hudhud/state';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';

interface UnseenPillProps {
  readonly rows: readonly MessageRow[];
  /** Newest row when the reader left the end. */
  readonly leftAtKey: string;
  readonly onGo: () => void;
}

/** Back to the end, and how much has come there meanwhile. */
export function UnseenPill({ rows, leftAtKey, onGo }: UnseenPillProps) {
  const { messages } = useStrings();
  const leftAt = rows.findLastIndex(({ key }) => key === leftAtKey);
  // the message itself may have been deleted: then nothing certain can be said
  const count = leftAt === -1 ? 0 : rows.slice(leftAt + 1).filter(({ isOwn }) => !isOwn).length;
  return (
    <button
      type="button"
      className={`list-pill unseen-pill${count > 0 ? ' list-pill-new' : ''}`}
      onClick={onGo}
    >
      <Icon name="down" size={16} />
      {count > 0 ? messages.unseen(count) : messages.toLatest}
    </button>
  );
}
