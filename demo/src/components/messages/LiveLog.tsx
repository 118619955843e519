import type { ServerEvent } from '@hudhud/state';
import { useHudhud } from '@hudhud/state/react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'react-redux';
import type { RootState } from '../../app/store';
import { displayName } from '../../hooks/useDisplayName';
import { useStrings } from '../../i18n/language';
import { useConversation } from './conversation';

interface Line {
  readonly id: string;
  readonly text: string;
}

const mostLines = 5;

/**
 * Reads new messages out to a screen reader. The list itself cannot: scrolling it puts old messages on the page, which
 * would be read as if they were new.
 */
export function LiveLog() {
  const { channelId, parentId } = useConversation();
  const { messages: words } = useStrings();
  const { selectors, subscribe } = useHudhud();
  const store = useStore<RootState>();
  const [lines, setLines] = useState<readonly Line[]>([]);

  const hear = useEffectEvent((event: ServerEvent) => {
    if (event.type !== 'channel_message' || event.op !== 'create') return;
    const { id, userId, content, channelId: place, parentId: parent = null } = event.message;
    const root = store.getState();
    if (place !== channelId || parent !== parentId || content === undefined) return;
    if (userId === selectors.selectViewerId(root)) return;
    const name = displayName(selectors.selectUser(root, userId ?? '')) ?? words.someone;
    const line = { id, text: words.said(name, content) };
    setLines((known) => [...known.filter((one) => one.id !== id), line].slice(-mostLines));
  });
  useEffect(
    () =>
      subscribe('channel_message', (event) => {
        hear(event);
      }),
    [subscribe],
  );

  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-label={words.arriving}>
      {lines.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
