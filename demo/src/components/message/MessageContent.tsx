import { memo } from 'react';
import { useStrings } from '../../i18n/language';
import type { Inline } from '../../text/parseContent';
import { isEmojiOnly, parseContent } from '../../text/parseContent';

interface MessageContentProps {
  readonly content: string;
  readonly isEdited: boolean;
}

function InlinePart({ part }: { readonly part: Inline }) {
  switch (part.kind) {
    case 'code':
      return <code dir="ltr">{part.text}</code>;
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
          {part.text}
        </a>
      );
    case 'text':
      return part.text;
  }
}

/** A message's text. Everything in it becomes a text node. */
export const MessageContent = memo(function MessageContent(props: MessageContentProps) {
  const { content, isEdited } = props;
  const { messages } = useStrings();
  const blocks = parseContent(content);
  const edited = isEdited ? <span className="message-edited">({messages.edited})</span> : null;
  const lastBlock = blocks.length - 1;
  const endsInCode = blocks.at(-1)?.kind !== 'paragraph';
  return (
    <div className="message-content">
      {blocks.map((block, at) =>
        block.kind === 'code' ? (
          // blocks have no identity of their own, and never move
          <pre key={at} dir="ltr" tabIndex={0}>
            <code>{block.text}</code>
          </pre>
        ) : (
          <p key={at} dir="auto" className={isEmojiOnly(content) ? 'message-big' : undefined}>
            {block.inlines.map((part, place) => (
              <InlinePart key={place} part={part} />
            ))}
            {at === lastBlock ? edited : null}
          </p>
        ),
      )}
      {endsInCode ? edited : null}
    </div>
  );
});
