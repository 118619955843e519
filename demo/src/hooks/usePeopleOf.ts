import type { ChannelRecord } from '@hudhud/state';
import { useHudhud, useMembers } from '@hudhud/state/react';
import { useEffect } from 'react';
import { shallowEqual } from 'react-redux';
import { useAppDispatch, useAppSelector } from '../app/hooks';
import { displayName } from './useDisplayName';

/** A member with the name that people read. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly role: string | null;
}

/** Who reads a channel, by name: everyone of the project, or a private channel's own members. */
export function usePeopleOf(channel: ChannelRecord): readonly Person[] {
  const { id: channelId, isPrivate, projectId } = channel;
  const { actions, selectors } = useHudhud();
  const dispatch = useAppDispatch();
  useEffect(() => {
    if (isPrivate) dispatch(actions.loadMembers({ channelId }));
  }, [isPrivate, channelId, actions, dispatch]);

  const members = useMembers(isPrivate ? channelId : (projectId ?? channelId));
  const names = useAppSelector(
    (root) =>
      members.map(({ userId }) => displayName(selectors.selectUser(root, userId)) ?? userId),
    shallowEqual,
  );
  return members
    .map(({ userId, role }, at) => ({ userId, role, name: names[at] ?? userId }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
