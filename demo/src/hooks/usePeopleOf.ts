import type { ChannelRecord } from '@hudhud/state';
import { useHudhud, useHudhudSelector, useMembers } from '@hudhud/state/react';
import { useMemo } from 'react';
import { useStore } from 'react-redux';
import type { RootState } from '../app/store';
import { displayName } from './useDisplayName';

/** A member with the name that people read. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly role: string | null;
}

/** The members of a channel, by name. */
export function usePeopleOf(channel: ChannelRecord): readonly Person[] {
  const scopeId = useHudhudSelector(
    (selectors, root) => selectors.selectCurrentChannelId(root) ?? channel.id,
  );
  const members = useMembers(scopeId);
  // names are read for all members at once: this is what says that one of them may have changed
  const users = useHudhudSelector((selectors, root) => selectors.selectHudhud(root).users);
  const { selectors } = useHudhud();
  const store = useStore<RootState>();
  return useMemo(() => {
    const root = { ...store.getState(), hudhud: { ...store.getState().hudhud, users } };
    return members
      .map(({ userId, role }) => ({
        userId,
        role,
        name: displayName(selectors.selectUser(root, userId)) ?? userId,
      }))
      .sort((a, b) => a.name.localeCompare(b.name));
  }, [members, users, selectors, store]);
}
