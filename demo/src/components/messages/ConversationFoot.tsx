import type { MessageRow } from '@hudhud/state';
import type { RefObject } from 'react';
import type { Attachments } from '../../hooks/useAttachments';
import { Composer } from '../composer/Composer';
import { useConversation } from './conversation';
import { TypingIndicator } from './TypingIndicator';

interface ConversationFootProps {
  readonly label: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly attachments: Attachments;
  readonly rows: readonly MessageRow[];
}

/** Where one writes, and who else does. */
export function ConversationFoot({ label, field, attachments, rows }: ConversationFootProps) {
  const { channelId, parentId, edit } = useConversation();
  const editLast = () => {
    const last = rows.findLast(({ canEdit, isOwn }) => canEdit && isOwn);
    if (last !== undefined) edit(last.key);
  };
  return (
    <div className="chat-area-foot">
      <Composer label={label} field={field} attachments={attachments} onEditLast={editLast} />
      {parentId === null ? <TypingIndicator channelId={channelId} /> : null}
    </div>
  );
}
