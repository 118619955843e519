import { useConnection } from '@hudhud/state/react';
import { useStrings } from '../../i18n/language';
import './ConnectionState.css';

type Shown = 'live' | 'delayed' | 'connecting' | 'reconnecting' | 'off';

/** Whether what is shown is live, in one word. What can be done about it is in the banner. */
export function ConnectionState() {
  const { topBar } = useStrings();
  const { status, phase, error } = useConnection();
  const shown: Shown =
    status === 'degraded'
      ? 'delayed'
      : phase === 'open'
        ? 'live'
        : phase === 'failed' || phase === 'authRequired'
          ? 'off'
          : error === null
            ? 'connecting'
            : 'reconnecting';
  return (
    <p className={`connection-state connection-${shown}`} role="status">
      <span className="connection-mark" aria-hidden="true" />
      <span className="connection-word">{topBar.connection[shown]}</span>
    </p>
  );
}
