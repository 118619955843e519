import type { Reaction } from '@hudhud/state';
import { useViewerId } from '../../hooks/useViewerId';
import { useFormats, useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';

function Chip({ reaction }: { readonly reaction: Reaction }) {
  const { messages, you } = useStrings();
  const formats = useFormats();
  const viewerId = useViewerId();
  const { emoji, count, users } = reaction;
  const isMine = reaction.mine ?? users.some(({ userId }) => userId === viewerId);
  const names = users.map(({ userId, username }) =>
    userId === viewerId ? you : isolate(username ?? messages.someone),
  );
  const unnamed = count - users.length;
  if (unnamed > 0) names.push(messages.others(unnamed));
  const words = messages.reactedBy(emoji, formats.list(names));
  return (
    <li className={`reaction-chip${isMine ? ' reaction-chip-mine' : ''}`} title={words}>
      <span aria-hidden="true">{emoji}</span>
      <span className="reaction-chip-count" aria-hidden="true">
        {formats.number(count)}
      </span>
      <span className="visually-hidden">{words}</span>
    </li>
  );
}

export function ReactionChips({ reactions }: { readonly reactions: readonly Reaction[] }) {
  if (reactions.length === 0) return null;
  return (
    <ul className="reaction-chips">
      {reactions.map((reaction) => (
        <Chip key={reaction.emoji} reaction={reaction} />
      ))}
    </ul>
  );
}
