import { useStrings } from '../../i18n/language';
import './DaySeparator.css';

/** From here on it was not read yet when the channel was opened. */
export function UnreadLine() {
  const { messages } = useStrings();
  return (
    <div className="unread-line" role="separator" aria-label={messages.firstUnread}>
      <span>{messages.firstUnread}</span>
    </div>
  );
}
