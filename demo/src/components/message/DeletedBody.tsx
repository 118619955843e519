import type { MessageRow } from '@hudhud/state';
import { useNow } from '../../hooks/useNow';
import { useFormats, useStrings } from '../../i18n/language';
import { useConversation } from '../messages/conversation';

interface UndoableProps {
  readonly opId: string;
  readonly until: number;
}

/** A deletion that has not left yet. */
function Undoable({ opId, until }: UndoableProps) {
  const { messages } = useStrings();
  const formats = useFormats();
  const { actions } = useConversation();
  const seconds = Math.ceil((until - useNow('seconds')) / 1000);
  if (seconds <= 0) return <p className="message-deleted">{messages.deleted}</p>;
  return (
    <p className="message-deleted">
      {messages.deleting}
      <span aria-hidden="true"> · </span>
      <button
        type="button"
        className="message-undo"
        onClick={() => {
          actions.discard(opId);
        }}
      >
        {messages.undo}
      </button>{' '}
      {/* it changes every second: not to be read aloud */}
      <span className="message-undo-left" aria-hidden="true">
        {formats.number(seconds)}
      </span>
    </p>
  );
}

/** What is left of a deleted message. */
export function DeletedBody({ row }: { readonly row: MessageRow }) {
  const { messages } = useStrings();
  const { pending } = row;
  if (pending?.kind === 'delete' && pending.status === 'queued' && pending.notBefore !== null) {
    return <Undoable opId={pending.opId} until={pending.notBefore} />;
  }
  return <p className="message-deleted">{messages.deleted}</p>;
}
