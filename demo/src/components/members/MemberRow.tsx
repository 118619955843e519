import { usePresence } from '@hudhud/state/react';
import { useNow } from '../../hooks/useNow';
import type { Person } from '../../hooks/usePeopleOf';
import { useStatus } from '../../hooks/useStatus';
import { useFormats, useStrings } from '../../i18n/language';
import { Avatar } from '../basics/Avatar';

export function MemberRow({ person }: { readonly person: Person }) {
  const { userId, name, role } = person;
  const { members, presence } = useStrings();
  const formats = useFormats();
  const now = useNow('minutes');
  const status = useStatus(userId);
  const { lastSeen } = usePresence(userId);
  const presenceNote =
    status === 'away' || status === 'busy'
      ? presence[status]
      : status === 'offline' && lastSeen !== null
        ? members.lastSeen(formats.ago(lastSeen.getTime(), now))
        : null;
  const notes = [role === null ? null : members.role(role), presenceNote].filter(
    (note) => note !== null,
  );
  return (
    <div className={`member-row member-row-${status}`}>
      <Avatar id={userId} name={name} size="small" status={status} />
      <div className="member-row-words">
        <bdi className="member-row-name" title={name}>
          {name}
        </bdi>
        {notes.length === 0 ? null : <span className="member-row-note">{notes.join(' · ')}</span>}
      </div>
    </div>
  );
}
