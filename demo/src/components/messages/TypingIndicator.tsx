import { useTypingUsers } from '@hudhud/state/react';
import { displayName } from '../../hooks/useDisplayName';
import { useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';
import './TypingIndicator.css';

/** Who is typing. Its line is always there, so that nothing moves when somebody begins. */
export function TypingIndicator({ channelId }: { readonly channelId: string }) {
  const { typing, messages } = useStrings();
  const users = useTypingUsers(channelId);
  const [first, second] = users.map((user) => isolate(displayName(user) ?? messages.someone));
  return (
    <div className="typing-indicator">
      {first === undefined ? null : (
        <>
          <span className="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span className="typing-words">
            {second === undefined
              ? typing.one(first)
              : users.length === 2
                ? typing.two(first, second)
                : typing.many(users.length)}
          </span>
        </>
      )}
    </div>
  );
}
