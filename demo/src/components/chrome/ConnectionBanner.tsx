import { useConnection } from '@hudhud/state/react';
import { useNow } from '../../hooks/useNow';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import './Strip.css';

function Countdown({ until }: { readonly until: number }) {
  const { connection } = useStrings();
  const seconds = Math.ceil((until - useNow('seconds')) / 1000);
  return <>{seconds > 0 ? connection.retryIn(seconds) : connection.tryingNow}</>;
}

/** Says that the page is no longer live, what happens next, and lets it happen now. Gone once the stream is open. */
export function ConnectionBanner() {
  const { connection } = useStrings();
  const { phase, nextRetryAt, error, retry } = useConnection();
  if (phase === 'open' || phase === 'idle' || error === null) return null;
  const hasFailed = phase === 'failed';
  const isOffline = phase === 'offline';
  const text = hasFailed ? connection.failed : isOffline ? connection.noNetwork : connection.lost;
  return (
    <section className={`strip ${hasFailed ? 'strip-alert' : 'strip-warn'}`}>
      <Icon name="warning" />
      <p className="strip-text">
        <span role={hasFailed ? 'alert' : 'status'}>{text}</span>{' '}
        {hasFailed || isOffline ? null : (
          // it changes every second: not to be read aloud
          <span className="strip-detail" aria-hidden="true">
            {nextRetryAt === null ? connection.tryingNow : <Countdown until={nextRetryAt} />}
          </span>
        )}
      </p>
      <button type="button" className="button button-plain button-small" onClick={retry}>
        {connection.retryNow}
      </button>
    </section>
  );
}
