import type { ChannelRecord } from '@hudhud/state';
import { isHudhudError } from '@hudhud/state';
import { useHudhud } from '@hudhud/state/react';
import type { KeyboardEvent } from 'react';
import { useId, useRef, useState } from 'react';
import { draftChanged } from '../../app/drafts';
import { useAppDispatch, useAppSelector } from '../../app/hooks';
import { useTypingSignal } from '../../hooks/useTypingSignal';
import { useStrings } from '../../i18n/language';
import type { Strings } from '../../i18n/strings';
import { isolate } from '../../text/isolate';
import { Icon } from '../basics/Icon';
import './Composer.css';

type Problem = (strings: Strings) => string;

/** With a mouse comes a keyboard: there an open channel is ready to be written in. */
const isFine = matchMedia('(pointer: fine)').matches;

/** Enter sends where there is a keyboard for it; the words stay in the field until the server has them. */
export function Composer({ channel }: { readonly channel: ChannelRecord }) {
  const strings = useStrings();
  const hudhud = useHudhud();
  const dispatch = useAppDispatch();
  const channelId = channel.id;
  const text = useAppSelector((state) => state.drafts[channelId] ?? '');
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const signalTyping = useTypingSignal(channelId);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const content = text.trim();
  const label = strings.composer.label(isolate(`#${channel.name}`));

  const write = (next: string) => {
    dispatch(draftChanged({ channelId, text: next }));
    setProblem(null);
    if (next.trim() !== '') signalTyping();
  };
  const send = async () => {
    if (content === '' || isSending) return;
    setIsSending(true);
    setProblem(null);
    try {
      await hudhud.sendMessage({ channelId, content });
      dispatch(draftChanged({ channelId, text: '' }));
    } catch (error) {
      const code = isHudhudError(error) ? error.code : null;
      setProblem(() => (words: Strings) => words.composer.failed(words.error(code)));
    } finally {
      setIsSending(false);
      field.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isEnter = event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing;
    if (!isEnter || !isFine) return;
    event.preventDefault();
    void send();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="composer-box" data-invalid={problem === null ? undefined : ''}>
        {/* the copy below the field makes the field as high as its text */}
        <div className="composer-grow" data-text={`${text} `}>
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            value={text}
            placeholder={label}
            aria-label={label}
            aria-invalid={problem !== null}
            aria-describedby={`${id}-problem ${id}-hint`}
            readOnly={isSending}
            autoFocus={isFine}
            onChange={(event) => {
              write(event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <button
          type="submit"
          className="composer-send"
          aria-label={strings.composer.send}
          aria-disabled={content === '' || isSending}
        >
          {isSending ? <span className="spinner" /> : <Icon name="send" />}
        </button>
      </div>
      <p className="field-problem composer-problem" id={`${id}-problem`} role="alert">
        {problem?.(strings)}
      </p>
      <p className="visually-hidden" id={`${id}-hint`}>
        {strings.composer.hint}
      </p>
    </form>
  );
}
