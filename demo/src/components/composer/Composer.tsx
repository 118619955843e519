import type { HudhudErrorCode } from '@hudhud/state';
import { useSendMessage } from '@hudhud/state/react';
import type { KeyboardEvent, RefObject } from 'react';
import { useId, useState } from 'react';
import { draftKey } from '../../app/drafts';
import { maxMessageLength } from '../../app/limits';
import { useDraft } from '../../hooks/useDraft';
import type { Attachments } from '../../hooks/useAttachments';
import { useTypingSignal } from '../../hooks/useTypingSignal';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import { useConversation } from '../messages/conversation';
import { AttachButton } from './AttachButton';
import { AttachmentTray } from './AttachmentTray';
import { ComposerField } from './ComposerField';
import { LengthCounter } from './LengthCounter';
import './Composer.css';

interface ComposerProps {
  readonly label: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly attachments: Attachments;
  /** Up in the empty field: the last message that one may edit. */
  readonly onEditLast: () => void;
}

/** With a mouse comes a keyboard: there Enter sends, and an open channel is ready to be written in. */
const isFine = matchMedia('(pointer: fine)').matches;

/** A place to write. What is sent leaves it at once: the row in the list says what becomes of it. */
export function Composer({ label, field, attachments, onEditLast }: ComposerProps) {
  const strings = useStrings();
  const { channelId, parentId } = useConversation();
  const send = useSendMessage(channelId, parentId);
  const { draft, write, clear } = useDraft(draftKey(channelId, parentId));
  const [problem, setProblem] = useState<HudhudErrorCode | null>(null);
  const signalTyping = useTypingSignal(channelId);
  const id = useId();
  const { text } = draft;
  const { uploads, attachAll, cancel, retry, refused, forgetRefused } = attachments;
  const isEmpty = text.trim() === '' && uploads.length === 0;
  const canSend = !isEmpty && text.length <= maxMessageLength;

  const submit = () => {
    if (!canSend) return;
    const sent = send(text.trim(), { uploadIds: uploads.map(({ uploadId }) => uploadId) });
    if (sent.ok) {
      clear();
      forgetRefused();
    } else setProblem(sent.code);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey && isFine) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && isEmpty && !event.altKey) {
      event.preventDefault();
      onEditLast();
    }
  };
  const problemWords =
    refused === null
      ? problem === null
        ? null
        : strings.composer.failed(strings.error(problem))
      : `${refused.name}: ${strings.error(refused.code)}`;

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="composer-box" data-invalid={problemWords === null ? undefined : ''}>
        <AttachmentTray uploads={uploads} onCancel={cancel} onRetry={retry} />
        <div className="composer-line">
          <AttachButton onFiles={attachAll} />
          <ComposerField
            field={field}
            label={label}
            text={text}
            isInvalid={problemWords !== null}
            describedBy={`${id}-problem ${id}-hint`}
            isReady={isFine}
            onKeyDown={onKeyDown}
            onFiles={attachAll}
            onWrite={(next) => {
              write(next);
              setProblem(null);
              if (next.trim() !== '') signalTyping();
            }}
          />
          <LengthCounter length={text.length} />
          <button
            type="submit"
            className="composer-send"
            aria-label={strings.composer.send}
            aria-disabled={!canSend}
          >
            <Icon name="send" />
          </button>
        </div>
      </div>
      <p className="field-problem composer-problem" id={`${id}-problem`} role="alert">
        {problemWords}
      </p>
      <p className="visually-hidden" id={`${id}-hint`}>
        {strings.composer.hint}
      </p>
    </form>
  );
}
