// chat/Workspace.tsx
'use client';

import { useEffect, useState } from 'react';
import { useDispatch } from 'react-redux';
import {
  useChannels,
  useConnectionStatus,
  useHudhud,
  useHudhudSelector,
  useOnlineCount,
} from '@hudhud/state/react';
import { ChatArea } from './ChatArea';
import { SignIn } from './SignIn';

interface Place {
  projectSlug: string;
  channelSlug: string;
}

function Channels({ projectSlug, channelSlug }: Place) {
  const { actions, auth } = useHudhud();
  const dispatch = useDispatch();
  const firstId = useHudhudSelector((selectors, root) => selectors.selectCurrentChannelId(root));
  const channels = useChannels();
  const status = useConnectionStatus();
  const online = useOnlineCount();
  const [chosenId, setChosenId] = useState<string | null>(null);

  useEffect(() => {
    dispatch(actions.loadWorkspace({ projectSlug, channelSlug }));
  }, [actions, dispatch, projectSlug, channelSlug]);

  const channelId = chosenId ?? firstId;
  return (
    <main>
      <header>
        {status}, {online} online <button onClick={() => void auth.logout()}>Sign out</button>
      </header>
      <nav>
        {channels.map((channel) => (
          <button
            key={channel.id}
            onClick={() => {
              setChosenId(channel.id);
            }}
          >
            {channel.name} {channel.unreadCount}
          </button>
        ))}
      </nav>
      {channelId !== null && <ChatArea key={channelId} channelId={channelId} />}
    </main>
  );
}

export function Workspace(place: Place) {
  const viewerId = useHudhudSelector((selectors, root) => selectors.selectViewerId(root));
  // by the key, what one person chose and wrote goes with them
  return viewerId === null ? <SignIn /> : <Channels key={viewerId} {...place} />;
}
