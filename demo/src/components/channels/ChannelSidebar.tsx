import type { ChannelRecord } from '@hudhud/state';
import { useChannels, useHudhudSelector } from '@hudhud/state/react';
import { useState } from 'react';
import { goTo, usePlace } from '../../app/place';
import { useStrings } from '../../i18n/language';
import { Logo } from '../basics/Logo';
import { ChannelFilter } from './ChannelFilter';
import { ChannelItem } from './ChannelItem';
import { ViewerBar } from './ViewerBar';
import './ChannelSidebar.css';

interface ChannelSidebarProps {
  readonly current: ChannelRecord;
  /** A channel was chosen, be it the open one. */
  readonly onChosen: () => void;
}

export function ChannelSidebar({ current, onChosen }: ChannelSidebarProps) {
  const { appName, channels: words } = useStrings();
  const { projectSlug } = usePlace();
  const project = useHudhudSelector((selectors, root) => selectors.selectProject(root));
  const channels = useChannels();
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = channels.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));

  const choose = (channel: ChannelRecord | undefined) => {
    if (channel?.slug == null) return;
    goTo({ projectSlug, channelSlug: channel.slug });
    setFilter('');
    onChosen();
  };

  return (
    <nav className="channel-sidebar" aria-labelledby="channels-title">
      <div className="channel-sidebar-head">
        <Logo size={30} />
        <bdi className="channel-sidebar-project">{project?.name ?? appName}</bdi>
      </div>
      <ChannelFilter
        value={filter}
        onChange={setFilter}
        onEnter={() => {
          choose(shown[0]);
        }}
      />
      <h2 className="channel-sidebar-title" id="channels-title">
        {words.title}
      </h2>
      <ul className="channel-list">
        {shown.map((channel) => (
          <li key={channel.id}>
            <ChannelItem
              channel={channel}
              projectSlug={projectSlug}
              isCurrent={channel.id === current.id}
              onChoose={choose}
            />
          </li>
        ))}
        {shown.length === 0 ? <li className="channel-list-none">{words.noneMatch}</li> : null}
      </ul>
      <ViewerBar />
    </nav>
  );
}
