import type { MessageRecord } from '@hudhud/state';
import { useDisplayName } from '../../hooks/useDisplayName';
import { useStrings } from '../../i18n/language';
import { Avatar } from '../basics/Avatar';
import { Icon } from '../basics/Icon';
import { FileChips } from './FileChips';
import { MessageContent } from './MessageContent';
import { MessageTime } from './MessageTime';
import { ReactionChips } from './ReactionChips';
import './MessageRow.css';

interface MessageRowProps {
  readonly message: MessageRecord;
  /** The first of its author's messages in a row carries their name. */
  readonly startsGroup: boolean;
}

function Body({ message }: { readonly message: MessageRecord }) {
  const { messages: words } = useStrings();
  if (message.isDeleted) return <p className="message-deleted">{words.deleted}</p>;
  return (
    <>
      <MessageContent content={message.content} isEdited={message.isEdited} />
      <FileChips files={message.files} />
      <ReactionChips reactions={message.reactions} />
    </>
  );
}

export function MessageRow({ message, startsGroup }: MessageRowProps) {
  const { messages: words } = useStrings();
  const { userId, fromAgent, createdAt, threadCount } = message;
  const person = useDisplayName(userId ?? '');
  const name = fromAgent ?? person ?? words.someone;
  return (
    <article
      className={`message-row${startsGroup ? ' message-row-first' : ''}`}
      data-message-id={message.id}
    >
      {startsGroup ? (
        <Avatar id={fromAgent ?? userId ?? ''} name={name} />
      ) : (
        <span className="message-row-gutter">
          <MessageTime at={createdAt} />
        </span>
      )}
      <div className="message-row-main">
        {startsGroup ? (
          <header className="message-row-head">
            <bdi className="message-row-author" title={name}>
              {name}
            </bdi>
            {fromAgent === null ? null : <span className="tag">{words.automated}</span>}
            <MessageTime at={createdAt} />
          </header>
        ) : (
          <bdi className="visually-hidden">{name}</bdi>
        )}
        <Body message={message} />
        {threadCount > 0 ? (
          <p className="message-thread">
            <Icon name="thread" size={14} />
            {words.replies(threadCount)}
          </p>
        ) : null}
      </div>
    </article>
  );
}
