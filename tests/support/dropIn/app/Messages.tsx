// app/Messages.tsx
import { useEffect } from 'react';
import { useDispatch } from 'react-redux';
import { useHudhud } from '@hudhud/state/react';
import { useGetMessagesQuery } from './api';

export function Messages({ channelId }: { channelId: string }) {
  const { data } = useGetMessagesQuery(channelId);
  const { actions } = useHudhud();
  const dispatch = useDispatch();

  // new: it is on screen, so it is read again after a break of the stream
  useEffect(() => {
    dispatch(actions.channelOpened({ channelId, byQuery: true }));
    return () => void dispatch(actions.channelClosed({ channelId }));
  }, [actions, dispatch, channelId]);

  return (
    <ol aria-label="Messages">
      {data?.messages.map(({ client_id, message_id, content, status }) => (
        <li key={client_id ?? message_id} data-status={status ?? 'confirmed'}>
          {content}
        </li>
      ))}
    </ol>
  );
}
