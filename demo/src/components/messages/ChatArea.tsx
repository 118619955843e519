import type { ChannelRecord } from '@hudhud/state';
import { useRealtimeMessages } from '@hudhud/state/react';
import { useState } from 'react';
import { draftKey } from '../../app/drafts';
import { useAttachments } from '../../hooks/useAttachments';
import { useCalmTimeline } from '../../hooks/useCalmTimeline';
import { useDraft } from '../../hooks/useDraft';
import { useFailureNews } from '../../hooks/useFailureNews';
import type { Jump } from '../../hooks/useJump';
import { useMarkRead } from '../../hooks/useMarkRead';
import { useNewConversation } from '../../hooks/useNewConversation';
import { useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';
import { DropZone } from '../composer/DropZone';
import { ConversationContext } from './conversation';
import { ConversationFoot } from './ConversationFoot';
import { LiveLog } from './LiveLog';
import { Timeline } from './Timeline';
import './ChatArea.css';

interface ChatAreaProps {
  readonly channel: ChannelRecord;
  readonly jump: Jump | null;
  readonly onJumped: () => void;
  readonly onOpenThread: (messageId: string) => void;
}

/** One channel: what was said, who is typing, and a place to write. */
export function ChatArea({ channel, jump, onJumped, onOpenThread }: ChatAreaProps) {
  const { composer: words } = useStrings();
  const timeline = useCalmTimeline(useRealtimeMessages(channel.id));
  const { conversation, composer } = useNewConversation(channel.id, null, onOpenThread);
  const key = draftKey(channel.id, null);
  const { draft } = useDraft(key);
  const attachments = useAttachments(channel.id, key, draft.uploadIds);
  const [isAtEnd, setIsAtEnd] = useState(false);
  const { messages } = timeline;
  const newestId = messages.findLast(({ id }) => id !== null)?.id ?? null;
  useMarkRead(channel.id, newestId, isAtEnd);
  useFailureNews(messages);
  return (
    <ConversationContext value={conversation}>
      <main className="chat-area" id="messages" tabIndex={-1}>
        <DropZone onFiles={attachments.attachAll}>
          <Timeline
            channel={channel}
            timeline={timeline}
            jump={jump}
            onJumped={onJumped}
            onEnd={setIsAtEnd}
          />
          <LiveLog />
          <ConversationFoot
            label={words.label(isolate(`#${channel.name}`))}
            field={composer}
            attachments={attachments}
            rows={messages}
          />
        </DropZone>
      </main>
    </ConversationContext>
  );
}
