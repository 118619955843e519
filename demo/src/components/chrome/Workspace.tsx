import type { ChannelRecord } from '@hudhud/state';
import { useConnectionStatus } from '@hudhud/state/react';
import { useEffect, useState } from 'react';
import { endExpiredSession } from '../../app/signIn';
import { readSetting, writeSetting } from '../../app/settings';
import { useCurrentChannel } from '../../hooks/useCurrentChannel';
import { useMediaQuery } from '../../hooks/useMediaQuery';
import { useJumps } from '../../hooks/useJumps';
import { useShortcuts } from '../../hooks/useShortcuts';
import { useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';
import { Announcer } from '../basics/Announcer';
import { PlainState } from '../basics/PlainState';
import { ChannelSidebar } from '../channels/ChannelSidebar';
import { focusChannelFilter } from '../channels/ChannelFilter';
import { MembersSidebar } from '../members/MembersSidebar';
import { ConnectionBanner } from './ConnectionBanner';
import { Drawer } from './Drawer';
import { NoticeStrip } from './NoticeStrip';
import { StorageStrip } from './StorageStrip';
import { Toasts } from './Toasts';
import { TopBar } from './TopBar';
import { WorkspaceColumns } from './WorkspaceColumns';
import { WorkspaceSkeleton } from './WorkspaceSkeleton';
import './Workspace.css';

const membersSetting = 'hudhud.hidesMembers';

function useTitle(channel: ChannelRecord | null): void {
  const { appName } = useStrings();
  useEffect(() => {
    document.title = channel === null ? appName : `${isolate(`#${channel.name}`)} · ${appName}`;
  }, [channel, appName]);
}

/** Where there is nothing to read yet, a session that is over leads back to the sign-in; else the banner says so. */
function useExpiry(channel: ChannelRecord | null): void {
  const hasExpired = useConnectionStatus() === 'authRequired' && channel === null;
  useEffect(() => {
    if (hasExpired) endExpiredSession();
  }, [hasExpired]);
}

/** The signed-in page: channels, the open one, and who is there. Beside each other, or as drawers where it is narrow. */
export function Workspace() {
  const strings = useStrings();
  const { channel, error, retry } = useCurrentChannel();
  const areChannelsDrawn = useMediaQuery('(max-width: 720px)');
  const areMembersDrawn = useMediaQuery('(max-width: 1080px)');
  const [drawer, setDrawer] = useState<'channels' | 'members' | null>(null);
  const [showsMembers, setShowsMembers] = useState(() => readSetting(membersSetting) === null);
  const { jump, jumpTo, forgetJump } = useJumps(channel?.id ?? null);
  useTitle(channel);
  useExpiry(channel);
  useShortcuts({
    findChannel() {
      if (areChannelsDrawn) setDrawer('channels');
      focusChannelFilter();
    },
  });

  const closeDrawer = () => {
    setDrawer(null);
  };
  const toggleMembers = () => {
    if (areMembersDrawn) setDrawer('members');
    else {
      setShowsMembers(!showsMembers);
      writeSetting(membersSetting, showsMembers ? 'yes' : null);
    }
  };

  if (channel === null) {
    if (error === null) return <WorkspaceSkeleton />;
    const action = { label: strings.retry, run: retry };
    return (
      <main className="workspace-failed">
        <PlainState
          isAlert
          icon="warning"
          title={strings.workspace.failed}
          text={strings.error(error)}
          action={action}
        />
      </main>
    );
  }

  const channels = <ChannelSidebar current={channel} onChosen={closeDrawer} />;
  return (
    <div className="workspace">
      <a className="skip-link" href="#messages">
        {strings.skipToMessages}
      </a>
      <Announcer />
      <Toasts />
      {areChannelsDrawn ? null : channels}
      <div className="workspace-main">
        <TopBar
          channel={channel}
          showsMembers={areMembersDrawn ? drawer === 'members' : showsMembers}
          onToggleMembers={toggleMembers}
          onJump={jumpTo}
          onOpenChannels={
            areChannelsDrawn
              ? () => {
                  setDrawer('channels');
                }
              : null
          }
        />
        <ConnectionBanner />
        <StorageStrip channelId={channel.id} />
        <NoticeStrip channel={channel} />
        <WorkspaceColumns
          channel={channel}
          showsMembers={showsMembers && !areMembersDrawn}
          isNarrow={areMembersDrawn}
          jump={jump}
          onJumped={forgetJump}
        />
      </div>
      {areChannelsDrawn && drawer === 'channels' ? (
        <Drawer side="start" label={strings.channels.title} onClose={closeDrawer}>
          {channels}
        </Drawer>
      ) : null}
      {areMembersDrawn && drawer === 'members' ? (
        <Drawer side="end" label={strings.members.title} onClose={closeDrawer}>
          <MembersSidebar channel={channel} />
        </Drawer>
      ) : null}
    </div>
  );
}
