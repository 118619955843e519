import type { MessageRow } from '@hudhud/state';
import { useStrings } from '../../i18n/language';
import type { StatusStrings } from '../../i18n/conversationStrings';
import type { IconName } from '../basics/Icon';
import { Icon } from '../basics/Icon';
import './SyncMark.css';

interface Mark {
  readonly icon: IconName;
  /** `null`: the row says it in full. */
  readonly words: string | null;
  readonly tone: 'waits' | 'works' | 'done' | 'unsure' | 'failed';
}

function markOf(row: MessageRow, words: StatusStrings): Mark {
  switch (row.status) {
    case 'queued':
      return {
        icon: 'clock',
        words: row.uploads.length > 0 ? words.waitingForFiles : words.queued,
        tone: 'waits',
      };
    case 'sending':
      return { icon: 'clock', words: words.sending, tone: 'works' };
    case 'uncertain':
      return { icon: 'question', words: null, tone: 'unsure' };
    case 'failed':
      return { icon: 'warning', words: null, tone: 'failed' };
    default:
      return { icon: 'check', words: words.sent, tone: 'done' };
  }
}

/** Where an own message stands, in one small sign at the end of its row. */
export function SyncMark({ row }: { readonly row: MessageRow }) {
  const { status } = useStrings();
  // a reaction says it of itself
  if (!row.isOwn || row.isDeleted || row.pending?.kind === 'react') return null;
  const { icon, words, tone } = markOf(row, status);
  return (
    <span className={`sync-mark sync-mark-${tone}`} title={words ?? undefined}>
      <Icon name={icon} size={14} />
      {words === null ? null : <span className="visually-hidden">{words}</span>}
    </span>
  );
}
