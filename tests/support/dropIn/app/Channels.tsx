// app/Channels.tsx
import { useDispatch } from 'react-redux';
import { useGetChannelsQuery } from './api';
import { channelChosen } from './ui';

export function Channels() {
  const { data } = useGetChannelsQuery(undefined);
  const dispatch = useDispatch();
  return (
    <nav>
      {data?.channels.map(({ channel_id, name, unread_count }) => (
        <button key={channel_id} onClick={() => dispatch(channelChosen(channel_id))}>
          {name} {unread_count}
        </button>
      ))}
    </nav>
  );
}
