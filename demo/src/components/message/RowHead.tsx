import type { MessageRow } from '@hudhud/state';
import { authorName } from '../../hooks/useDisplayName';
import { useStrings } from '../../i18n/language';
import { MessageTime } from './MessageTime';

interface RowHeadProps {
  readonly id: string;
  readonly row: MessageRow;
  readonly isGrouped: boolean;
}

/** Who wrote it and when; of a row that goes on under another one's head, for the ear alone. */
export function RowHead({ id, row, isGrouped }: RowHeadProps) {
  const { messages } = useStrings();
  const name = authorName(row) ?? messages.someone;
  if (isGrouped) {
    return (
      <bdi className="visually-hidden" id={id}>
        {name}
      </bdi>
    );
  }
  return (
    <header className="message-row-head">
      <bdi className="message-row-author" title={name} id={id}>
        {name}
      </bdi>
      {row.fromAgent === null ? null : <span className="tag">{messages.automated}</span>}
      <MessageTime at={row.createdAt} />
    </header>
  );
}
