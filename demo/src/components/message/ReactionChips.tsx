import type { RowReaction } from '@hudhud/state';
import { useHudhud } from '@hudhud/state/react';
import { shallowEqual } from 'react-redux';
import { useAppSelector } from '../../app/hooks';
import { displayName } from '../../hooks/useDisplayName';
import { useViewerId } from '../../hooks/useViewerId';
import { useFormats, useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';
import './ReactionChips.css';

interface ReactionChipsProps {
  readonly reactions: readonly RowReaction[];
  /** `null` where one cannot react. */
  readonly onToggle: ((reaction: RowReaction) => void) | null;
}

/** Who reacted, in words. */
function useReactors({ emoji, count, users }: RowReaction): string {
  const { messages, row, you } = useStrings();
  const formats = useFormats();
  const { selectors } = useHudhud();
  const viewerId = useViewerId();
  const known = useAppSelector(
    (root) => users.map(({ userId }) => displayName(selectors.selectUser(root, userId))),
    shallowEqual,
  );
  const names = users.map(({ userId, username }, at) =>
    userId === viewerId ? you : isolate(known[at] ?? username ?? messages.someone),
  );
  const unnamed = count - users.length;
  if (unnamed > 0) names.push(row.others(unnamed));
  return row.reactedBy(emoji, formats.list(names));
}

function Chip({
  reaction,
  onToggle,
}: Omit<ReactionChipsProps, 'reactions'> & { readonly reaction: RowReaction }) {
  const formats = useFormats();
  const words = useReactors(reaction);
  const { emoji, count, isMine, isPending } = reaction;
  return (
    <button
      type="button"
      className={`reaction-chip${isMine ? ' reaction-chip-mine' : ''}`}
      title={words}
      aria-label={words}
      aria-pressed={isMine}
      aria-disabled={onToggle === null}
      data-pending={isPending ? '' : undefined}
      data-emoji={emoji}
      onClick={() => {
        onToggle?.(reaction);
      }}
    >
      <span>{emoji}</span>
      <span className="reaction-chip-count">{formats.number(count)}</span>
    </button>
  );
}

/** Reactions by emoji; a press adds one's own or takes it back. */
export function ReactionChips({ reactions, onToggle }: ReactionChipsProps) {
  if (reactions.length === 0) return null;
  return (
    <ul className="reaction-chips">
      {reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <Chip reaction={reaction} onToggle={onToggle} />
        </li>
      ))}
    </ul>
  );
}
