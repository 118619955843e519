import { useAnnouncement } from '../../app/announcer';

/** Where screen readers hear what has happened out of sight. */
export function Announcer() {
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {useAnnouncement()}
    </p>
  );
}
