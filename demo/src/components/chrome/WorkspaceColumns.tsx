import type { ChannelRecord } from '@hudhud/state';
import { useMediaQuery } from '../../hooks/useMediaQuery';
import type { Jump } from '../../hooks/useJump';
import { useOpenThread } from '../../hooks/useOpenThread';
import { useStrings } from '../../i18n/language';
import { MembersSidebar } from '../members/MembersSidebar';
import { ChatArea } from '../messages/ChatArea';
import { ThreadPanel } from '../thread/ThreadPanel';
import { Drawer } from './Drawer';

interface WorkspaceColumnsProps {
  readonly channel: ChannelRecord;
  readonly showsMembers: boolean;
  readonly isNarrow: boolean;
  readonly jump: Jump | null;
  readonly onJumped: () => void;
}

/** The open channel with what stands beside it: a thread, the members, or both where there is room. */
export function WorkspaceColumns(props: WorkspaceColumnsProps) {
  const { channel, showsMembers, isNarrow, jump, onJumped } = props;
  const { thread: words } = useStrings();
  const isVeryWide = useMediaQuery('(min-width: 1500px)');
  const { parentId, open, close } = useOpenThread(channel.id);
  const thread =
    parentId === null ? null : (
      <ThreadPanel key={parentId} channel={channel} parentId={parentId} onClose={close} />
    );
  return (
    <div className="workspace-columns">
      <ChatArea
        key={channel.id}
        channel={channel}
        jump={jump}
        onJumped={onJumped}
        onOpenThread={open}
      />
      {thread === null || isNarrow ? null : thread}
      {showsMembers && (thread === null || isVeryWide) ? (
        <MembersSidebar channel={channel} />
      ) : null}
      {thread !== null && isNarrow ? (
        <Drawer side="end" label={words.title} isWide onClose={close}>
          {thread}
        </Drawer>
      ) : null}
    </div>
  );
}
