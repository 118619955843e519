// app/CurrentChannel.tsx
import { useSelector } from 'react-redux';
import { Composer } from './Composer';
import { Messages } from './Messages';
import { MessageTexts } from './MessageTexts';
import type { RootState } from './makeStore';

export function CurrentChannel() {
  const channelId = useSelector(({ ui }: RootState) => ui.channelId);
  if (channelId === null) return <p>Choose a channel.</p>;
  return (
    <main key={channelId}>
      <Messages channelId={channelId} />
      <MessageTexts channelId={channelId} />
      <Composer channelId={channelId} />
    </main>
  );
}
