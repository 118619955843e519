import type { ChannelRecord } from '@hudhud/state';
import { useThread } from '@hudhud/state/react';
import { draftKey } from '../../app/drafts';
import { useAttachments } from '../../hooks/useAttachments';
import { useDraft } from '../../hooks/useDraft';
import { useFailureNews } from '../../hooks/useFailureNews';
import { useNewConversation } from '../../hooks/useNewConversation';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import { DropZone } from '../composer/DropZone';
import { ConversationContext } from '../messages/conversation';
import { ConversationFoot } from '../messages/ConversationFoot';
import { LiveLog } from '../messages/LiveLog';
import { ThreadTimeline } from './ThreadTimeline';
import './ThreadPanel.css';

interface ThreadPanelProps {
  readonly channel: ChannelRecord;
  readonly parentId: string;
  readonly onClose: () => void;
}

const noThread = () => undefined;

/** The replies to one message, beside the channel. */
export function ThreadPanel({ channel, parentId, onClose }: ThreadPanelProps) {
  const { thread: words, composer: composerWords } = useStrings();
  const thread = useThread(channel.id, parentId);
  const { conversation, composer } = useNewConversation(channel.id, parentId, noThread);
  const key = draftKey(channel.id, parentId);
  const { draft } = useDraft(key);
  const attachments = useAttachments(channel.id, key, draft.uploadIds);
  useFailureNews(thread.messages);
  return (
    <ConversationContext value={conversation}>
      <aside
        className="thread-panel"
        aria-label={words.title}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.defaultPrevented) onClose();
        }}
      >
        <header className="thread-head">
          <h2>{words.title}</h2>
          <bdi className="thread-channel">#{channel.name}</bdi>
          <button type="button" className="icon-button" aria-label={words.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <DropZone onFiles={attachments.attachAll}>
          <ThreadTimeline thread={thread} />
          <LiveLog />
          <ConversationFoot
            label={composerWords.replyLabel}
            field={composer}
            attachments={attachments}
            rows={thread.messages}
          />
        </DropZone>
      </aside>
    </ConversationContext>
  );
}
