import type { ConnectionDetails } from '@hudhud/state/react';
import { useConnection, useHudhud } from '@hudhud/state/react';
import { endExpiredSession } from '../../app/signIn';
import { useNow } from '../../hooks/useNow';
import { useStrings } from '../../i18n/language';
import type { Strings } from '../../i18n/strings';
import { Icon } from '../basics/Icon';
import './Strip.css';

function Countdown({ until }: { readonly until: number }) {
  const { connection } = useStrings();
  const seconds = Math.ceil((until - useNow('seconds')) / 1000);
  return <>{seconds > 0 ? connection.retryIn(seconds) : connection.tryingNow}</>;
}

type Said = Pick<ConnectionDetails, 'status' | 'phase' | 'error'>;

interface Banner {
  readonly tone: 'calm' | 'warn' | 'alert';
  readonly text: string;
  readonly hasCountdown: boolean;
  readonly button: 'retry' | 'refresh' | 'signIn';
}

/** `null`: there is nothing to say. */
function bannerOf({ status, phase, error }: Said, words: Strings['connection']): Banner | null {
  if (status === 'authRequired') {
    return { tone: 'alert', text: words.signInAgain, hasCountdown: false, button: 'signIn' };
  }
  if (status === 'degraded') {
    return { tone: 'calm', text: words.degraded, hasCountdown: false, button: 'refresh' };
  }
  if (phase === 'open' || phase === 'idle' || error === null) return null;
  if (phase === 'offline') {
    return { tone: 'warn', text: words.noNetwork, hasCountdown: false, button: 'retry' };
  }
  if (phase === 'failed') {
    return { tone: 'alert', text: words.failed, hasCountdown: true, button: 'retry' };
  }
  return { tone: 'warn', text: words.lost, hasCountdown: true, button: 'retry' };
}

/** Says that the page is no longer live, what happens next, and lets it happen now. Gone once the stream is open. */
export function ConnectionBanner() {
  const { connection } = useStrings();
  const hudhud = useHudhud();
  const details = useConnection();
  const banner = bannerOf(details, connection);
  if (banner === null) return null;
  const { tone, text, hasCountdown, button } = banner;
  const { nextRetryAt, retry } = details;
  const press = {
    retry,
    // it tries the stream as well
    refresh: () => {
      void hudhud.manualRefresh();
    },
    signIn: endExpiredSession,
  }[button];
  return (
    <section className={`strip strip-${tone}`}>
      <Icon name={tone === 'calm' ? 'clock' : 'warning'} />
      <p className="strip-text">
        <span role={tone === 'alert' ? 'alert' : 'status'}>{text}</span>{' '}
        {hasCountdown ? (
          // it changes every second: not to be read aloud
          <span className="strip-detail" aria-hidden="true">
            {nextRetryAt === null ? connection.tryingNow : <Countdown until={nextRetryAt} />}
          </span>
        ) : null}
      </p>
      <button type="button" className="button button-plain button-small" onClick={press}>
        {connection.buttons[button]}
      </button>
    </section>
  );
}
