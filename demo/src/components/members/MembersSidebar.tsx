import type { ChannelRecord } from '@hudhud/state';
import { useHudhudSelector } from '@hudhud/state/react';
import { useIsPresenceStale } from '../../hooks/useStatus';
import { usePeopleOf } from '../../hooks/usePeopleOf';
import { useStrings } from '../../i18n/language';
import { MemberGroup } from './MemberGroup';
import './MembersSidebar.css';

/** Who belongs to the channel, those who are there first. */
export function MembersSidebar({ channel }: { readonly channel: ChannelRecord }) {
  const { members: words } = useStrings();
  const people = usePeopleOf(channel);
  const online = useHudhudSelector((selectors, root) => selectors.selectOnlineUsers(root));
  const isStale = useIsPresenceStale();
  const here = new Set(online.map(({ id }) => id));
  return (
    <aside className="members-sidebar" aria-labelledby="members-title">
      <h2 id="members-title" className="members-sidebar-title">
        {words.title}
      </h2>
      {isStale ? (
        <>
          <p className="members-sidebar-hint">{words.unknownHint}</p>
          <MemberGroup title={words.unknown} people={people} />
        </>
      ) : (
        <>
          <MemberGroup
            title={words.present}
            people={people.filter(({ userId }) => here.has(userId))}
          />
          <MemberGroup
            title={words.absent}
            people={people.filter(({ userId }) => !here.has(userId))}
          />
        </>
      )}
    </aside>
  );
}
