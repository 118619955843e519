import type { MessageRow } from '@hudhud/state';
import { useState } from 'react';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';

interface UnreadPillProps {
  readonly rows: readonly MessageRow[];
  /** First row in sight. */
  readonly firstSeen: string | null;
  readonly onGo: (place: number) => void;
}

/** Up to where reading goes on, while that is above what is in sight; gone for good once it was seen. */
export function UnreadPill({ rows, firstSeen, onGo }: UnreadPillProps) {
  const { messages } = useStrings();
  const [seen, setSeen] = useState<string | null>(null);
  const unread = rows.findIndex(({ isFirstUnread }) => isFirstUnread);
  const first = rows.findIndex(({ key }) => key === firstSeen);
  const unreadKey = rows[unread]?.key ?? null;
  if (unreadKey !== null && first !== -1 && first <= unread && seen !== unreadKey) {
    setSeen(unreadKey);
  }
  if (unreadKey === null || first <= unread || seen === unreadKey) return null;
  return (
    <button
      type="button"
      className="list-pill list-pill-top list-pill-new"
      onClick={() => {
        onGo(unread);
      }}
    >
      <Icon name="up" size={16} />
      {messages.toFirstUnread}
    </button>
  );
}
