import type { RowReaction } from '@hudhud/state';
import type { KeyboardEvent } from 'react';
import { useStrings } from '../../i18n/language';
import { emojiPerRow, reactionEmoji } from '../../text/emoji';
import { Popover } from '../basics/Popover';
import './EmojiPicker.css';

interface EmojiPickerProps {
  readonly anchor: HTMLElement;
  readonly reactions: readonly RowReaction[];
  readonly onPick: (emoji: string) => void;
  readonly onClose: () => void;
}

function stepOf(key: string, isRtl: boolean): number {
  const forward = isRtl ? -1 : 1;
  switch (key) {
    case 'ArrowRight':
      return forward;
    case 'ArrowLeft':
      return -forward;
    case 'ArrowDown':
      return emojiPerRow;
    case 'ArrowUp':
      return -emojiPerRow;
    default:
      return 0;
  }
}

/** The arrow keys go from one to the next. */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
  const next = buttons[at + stepOf(event.key, isRtl)];
  if (at === -1 || next === undefined || next === buttons[at]) return;
  event.preventDefault();
  next.focus();
}

/** A few emoji to react with. */
export function EmojiPicker({ anchor, reactions, onPick, onClose }: EmojiPickerProps) {
  const { row } = useStrings();
  const mine = new Set(reactions.filter(({ isMine }) => isMine).map(({ emoji }) => emoji));
  return (
    <Popover anchor={anchor} label={row.pickEmoji} onClose={onClose}>
      <div className="emoji-picker" role="group" aria-label={row.pickEmoji} onKeyDown={onKeyDown}>
        {reactionEmoji.map((emoji, at) => (
          <button
            key={emoji}
            type="button"
            tabIndex={at === 0 ? 0 : -1}
            aria-pressed={mine.has(emoji)}
            onClick={() => {
              onPick(emoji);
            }}
          >
            {emoji}
          </button>
        ))}
      </div>
    </Popover>
  );
}
