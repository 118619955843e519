import { useCallback, useState } from 'react';

interface OpenThread {
  /** Parent of the thread that is open in this channel. */
  readonly parentId: string | null;
  readonly open: (messageId: string) => void;
  readonly close: () => void;
}

interface Known {
  readonly channelId: string;
  readonly parentId: string;
}

/** Back to where the thread was opened, else to its message, else to where one writes. */
function focusBack(parentId: string): void {
  const row = document.querySelector(`.chat-area [data-message-id="${CSS.escape(parentId)}"]`);
  const link = row?.querySelector<HTMLElement>('.message-thread') ?? row;
  const place = link ?? document.querySelector('.chat-area .composer textarea');
  if (place instanceof HTMLElement) place.focus();
}

/** Which thread is open beside a channel; with the channel it is left. */
export function useOpenThread(channelId: string | null): OpenThread {
  const [known, setKnown] = useState<Known | null>(null);
  const parentId = known !== null && known.channelId === channelId ? known.parentId : null;
  const open = useCallback(
    (messageId: string) => {
      if (channelId !== null) setKnown({ channelId, parentId: messageId });
    },
    [channelId],
  );
  const close = useCallback(() => {
    setKnown(null);
    if (parentId !== null) {
      requestAnimationFrame(() => {
        focusBack(parentId);
      });
    }
  }, [parentId]);
  return { parentId, open, close };
}
