import type { MessageRow } from '@hudhud/state';
import type { RowCommands } from '../../hooks/useRowCommands';
import { FileList } from '../files/FileList';
import { RowUploads } from '../files/RowUploads';
import { useConversation } from '../messages/conversation';
import { DeletedBody } from './DeletedBody';
import { EditForm } from './EditForm';
import { MessageContent } from './MessageContent';
import { ReactionChips } from './ReactionChips';
import { RowNote } from './RowNote';

interface RowBodyProps {
  readonly row: MessageRow;
  readonly commands: RowCommands;
}

/** What a message says, or the field in which that is changed. */
export function RowBody({ row, commands }: RowBodyProps) {
  const { editingKey } = useConversation();
  const { toggle } = commands;
  if (row.isDeleted) return <DeletedBody row={row} />;
  return (
    <>
      {editingKey === row.key ? (
        <EditForm row={row} />
      ) : (
        <MessageContent content={row.content} isEdited={row.isEdited} />
      )}
      <FileList files={row.files} />
      {row.uploads.length === 0 ? null : <RowUploads row={row} />}
      <ReactionChips
        reactions={row.reactions}
        onToggle={
          toggle === null
            ? null
            : ({ emoji }) => {
                toggle(emoji);
              }
        }
      />
      <RowNote row={row} />
    </>
  );
}
