import type { ReactElement } from 'react';
import { useStrings } from '../../i18n/language';
import type { KnownStatus } from '../../i18n/strings';
import './PresenceDot.css';

/** Each status has a shape of its own, so that colour is never the only difference. */
const shapes: Readonly<Record<KnownStatus, ReactElement>> = {
  online: <circle cx="7" cy="7" r="4.5" fill="currentColor" />,
  away: <path d="M8.4 2.7a4.5 4.5 0 1 0 3 6.2 4 4 0 0 1-3-6.2Z" fill="currentColor" />,
  busy: (
    <>
      <circle cx="7" cy="7" r="4.5" fill="currentColor" />
      <path d="M4.9 7h4.2" stroke="var(--dot-around)" strokeWidth="1.6" strokeLinecap="round" />
    </>
  ),
  offline: <circle cx="7" cy="7" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  unknown: (
    <circle
      cx="7"
      cy="7"
      r="3.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeDasharray="1.88 1.88"
    />
  ),
};

export function PresenceDot({ status }: { readonly status: KnownStatus }) {
  const strings = useStrings();
  return (
    <span className={`presence-dot presence-${status}`}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <circle cx="7" cy="7" r="7" fill="var(--dot-around)" />
        {shapes[status]}
      </svg>
      <span className="visually-hidden">{strings.presence[status]}</span>
    </span>
  );
}
