import type { ChannelRecord } from '@hudhud/state';
import { useDismissNotice, useNotices } from '@hudhud/state/react';
import { forgetRedirect, useWasRedirected } from '../../app/place';
import { useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';
import { Icon } from '../basics/Icon';
import './Strip.css';

interface StripProps {
  readonly tone: 'alert' | 'calm';
  readonly text: string;
  readonly onDismiss: () => void;
}

function Strip({ tone, text, onDismiss }: StripProps) {
  const { dismiss } = useStrings();
  return (
    <section className={`strip strip-${tone}`} role="status">
      <Icon name="warning" />
      <p className="strip-text" dir="auto">
        {text}
      </p>
      <button type="button" className="icon-button" aria-label={dismiss} onClick={onDismiss}>
        <Icon name="close" size={16} />
      </button>
    </section>
  );
}

/** The newest word from the server to everyone, and why one is in another channel than one asked for. */
export function NoticeStrip({ channel }: { readonly channel: ChannelRecord }) {
  const { workspace } = useStrings();
  const notice = useNotices().findLast(({ code }) => code === 'ANNOUNCEMENT');
  const dismiss = useDismissNotice();
  const wasRedirected = useWasRedirected();
  return (
    <>
      {wasRedirected ? (
        <Strip
          tone="calm"
          text={workspace.redirected(isolate(`#${channel.name}`))}
          onDismiss={forgetRedirect}
        />
      ) : null}
      {notice === undefined ? null : (
        <Strip
          tone={notice.level === 'alert' ? 'alert' : 'calm'}
          text={notice.text ?? ''}
          onDismiss={() => {
            dismiss(notice.id);
          }}
        />
      )}
    </>
  );
}
