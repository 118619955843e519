import type { MessageRow } from '@hudhud/state';
import { useStrings } from '../../i18n/language';
import { useConversation } from '../messages/conversation';
import './RowNote.css';

/** What has to be said of a row in words: that it failed and what can be done, or why it takes so long. */
export function RowNote({ row }: { readonly row: MessageRow }) {
  const { status: words, error } = useStrings();
  const { actions } = useConversation();
  const { pending } = row;
  if (pending === null) return null;
  const { opId, kind, status, code } = pending;
  if (status === 'failed') {
    return (
      <div className="row-note row-note-failed">
        <span>{words.failed(kind, error(code))}</span>
        <button
          type="button"
          onClick={() => {
            actions.retry(opId);
          }}
        >
          {words.retry}
        </button>
        <button
          type="button"
          onClick={() => {
            actions.discard(opId);
          }}
        >
          {words.discard}
        </button>
      </div>
    );
  }
  if (status === 'uncertain') return <p className="row-note">{words.uncertain}</p>;
  if (status !== 'queued' || code === null || kind === 'react') return null;
  return <p className="row-note">{words.retrying(error(code))}</p>;
}
