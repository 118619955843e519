// app/Composer.tsx
import { useState } from 'react';
import { useSendMessage } from '@hudhud/state/react';

export function Composer({ channelId }: { channelId: string }) {
  const [content, setContent] = useState('');
  const send = useSendMessage(channelId);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (send(content).ok) setContent('');
      }}
    >
      <input
        aria-label="Message"
        value={content}
        onChange={(event) => {
          setContent(event.target.value);
        }}
      />
      <button>Send</button>
    </form>
  );
}
