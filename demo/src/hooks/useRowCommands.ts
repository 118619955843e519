import type { MessageRow } from '@hudhud/state';
import { useConversation } from '../components/messages/conversation';

/** What the viewer may do with a row, and does; `null` is what they may not. */
export interface RowCommands {
  readonly toggle: ((emoji: string) => void) | null;
  readonly reply: (() => void) | null;
  readonly edit: (() => void) | null;
  readonly remove: (() => void) | null;
}

export function useRowCommands(row: MessageRow): RowCommands {
  const { parentId, actions, edit, openThread } = useConversation();
  const { id, key } = row;
  const target = id ?? key;
  return {
    toggle: row.canReact
      ? (emoji) => {
          const isMine = row.reactions.some((one) => one.emoji === emoji && one.isMine);
          if (isMine) actions.removeReaction(target, emoji);
          else actions.addReaction(target, emoji);
        }
      : null,
    reply:
      row.canReply && id !== null && parentId === null
        ? () => {
            openThread(id);
          }
        : null,
    edit: row.canEdit
      ? () => {
          edit(key);
        }
      : null,
    remove: row.canDelete
      ? () => {
          actions.remove(target);
        }
      : null,
  };
}
