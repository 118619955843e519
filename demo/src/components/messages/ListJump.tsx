import type { MessageRow } from '@hudhud/state';
import { useHudhud } from '@hudhud/state/react';
import { announce } from '../../app/announcer';
import { useAppDispatch } from '../../app/hooks';
import { flashRow } from '../../dom/flashRow';
import type { Jump } from '../../hooks/useJump';
import { useJump } from '../../hooks/useJump';
import { useFormats, useStrings } from '../../i18n/language';
import { useConversation } from './conversation';
import { JumpNotice } from './JumpNotice';

interface ListJumpProps {
  readonly rows: readonly MessageRow[];
  readonly jump: Jump | null;
  readonly onJumped: () => void;
  /** Goes to a place in the list. */
  readonly onThere: (place: number) => void;
}

/** Takes the reader to a day once it is there, and says meanwhile that it comes. */
export function ListJump({ rows, jump, onJumped, onThere }: ListJumpProps) {
  const { jump: words } = useStrings();
  const formats = useFormats();
  const { actions } = useHudhud();
  const dispatch = useAppDispatch();
  const { channelId, parentId } = useConversation();
  const hasFailed = useJump({
    ...{ channelId, jump, rows },
    onThere(place) {
      const row = rows[place];
      onThere(place);
      onJumped();
      if (row === undefined) return;
      flashRow(row.key);
      announce(words.arrived(formats.day(row.createdAt, Date.now())));
    },
  });
  if (jump === null) return null;
  return (
    <JumpNotice
      at={jump.at}
      hasFailed={hasFailed}
      onDismiss={onJumped}
      onRetry={() => {
        dispatch(actions.jumpTo({ channelId, parentId, at: jump.at }));
      }}
    />
  );
}
