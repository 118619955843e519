import type { ChannelRecord } from '@hudhud/state';
import { useChannelPreview, useUnread } from '@hudhud/state/react';
import type { MouseEvent } from 'react';
import { pathOf } from '../../app/place';
import { useNow } from '../../hooks/useNow';
import { useFormats, useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import { UnreadBadge } from './UnreadBadge';
import { ChannelPreview } from './ChannelPreview';
import './ChannelItem.css';

interface ChannelItemProps {
  readonly channel: ChannelRecord;
  readonly projectSlug: string;
  readonly isCurrent: boolean;
  readonly onChoose: (channel: ChannelRecord) => void;
}

/** A link with a modifier key is the browser's: it opens a tab or a window. */
const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

export function ChannelItem({ channel, projectSlug, isCurrent, onChoose }: ChannelItemProps) {
  const { channels } = useStrings();
  const formats = useFormats();
  const now = useNow('minutes');
  const preview = useChannelPreview(channel.id);
  const { count, isExact } = useUnread(channel.id);
  const hasUnread = count !== null && count > 0 && !isCurrent;
  return (
    <a
      className={`channel-item${hasUnread ? ' channel-item-unread' : ''}`}
      href={pathOf({ projectSlug, channelSlug: channel.slug ?? '' })}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        onChoose(channel);
      }}
    >
      <span className="channel-item-icon">
        <Icon name={channel.isPrivate ? 'lock' : 'hash'} size={16} />
        {channel.isPrivate ? <span className="visually-hidden">{channels.isPrivate}</span> : null}
      </span>
      <bdi className="channel-item-name" title={channel.name}>
        {channel.name}
      </bdi>
      {preview === null ? null : (
        <time className="channel-item-time" dateTime={new Date(preview.createdAt).toISOString()}>
          {formats.brief(preview.createdAt, now)}
        </time>
      )}
      <span className="channel-item-preview">
        {preview === null ? channels.noMessages : <ChannelPreview preview={preview} />}
      </span>
      {hasUnread ? <UnreadBadge count={count} isExact={isExact} /> : null}
    </a>
  );
}
