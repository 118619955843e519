import { useFormats, useStrings } from '../../i18n/language';

interface UnreadBadgeProps {
  readonly count: number;
  /** Otherwise it is at least that many. */
  readonly isExact: boolean;
}

const most = 99;

/** How many messages are unread: 12, 12+ where more may be, and 99+ where it does not matter any more. */
export function UnreadBadge({ count, isExact }: UnreadBadgeProps) {
  const { channels } = useStrings();
  const formats = useFormats();
  const shown = formats.number(Math.min(count, most));
  return (
    <span className="channel-item-badge badge">
      <span aria-hidden="true">{count > most || !isExact ? `${shown}+` : shown}</span>
      <span className="visually-hidden">
        {isExact ? channels.unread(count) : channels.unreadAtLeast(count)}
      </span>
    </span>
  );
}
