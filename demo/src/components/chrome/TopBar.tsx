import type { ChannelRecord } from '@hudhud/state';
import { useOnlineCount } from '@hudhud/state/react';
import { useIsPresenceStale } from '../../hooks/useStatus';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import { ConnectionState } from './ConnectionState';
import { JumpMenu } from './JumpMenu';
import './TopBar.css';

interface TopBarProps {
  readonly channel: ChannelRecord;
  readonly showsMembers: boolean;
  readonly onToggleMembers: () => void;
  readonly onJump: (at: number) => void;
  /** `null` where the channels are in sight anyway. */
  readonly onOpenChannels: (() => void) | null;
}

/** The open channel's name, the connection, and how many people are there. */
export function TopBar(props: TopBarProps) {
  const { channel, showsMembers, onToggleMembers, onJump, onOpenChannels } = props;
  const { topBar, channels } = useStrings();
  const online = useOnlineCount();
  const isStale = useIsPresenceStale();
  return (
    <header className="top-bar">
      {onOpenChannels === null ? null : (
        <button
          type="button"
          className="icon-button"
          aria-label={channels.open}
          onClick={onOpenChannels}
        >
          <Icon name="menu" />
        </button>
      )}
      <div className="top-bar-channel">
        <h1>
          <Icon name={channel.isPrivate ? 'lock' : 'hash'} />
          <bdi>{channel.name}</bdi>
        </h1>
        {channel.description === null ? null : (
          <p className="top-bar-description" dir="auto" title={channel.description}>
            {channel.description}
          </p>
        )}
      </div>
      <ConnectionState />
      <JumpMenu onJump={onJump} />
      <button
        type="button"
        className="top-bar-people"
        aria-expanded={showsMembers}
        onClick={onToggleMembers}
      >
        <Icon name="people" />
        <span className="visually-hidden">{topBar.showMembers}</span>
        {isStale ? null : <span className="top-bar-count">{topBar.online(online)}</span>}
      </button>
    </header>
  );
}
