import type { ChannelRecord, MessageRecord } from '@hudhud/state';
import type { RealtimeMessages } from '@hudhud/state/react';
import { useRef, useState } from 'react';
import type { ListRange, VirtuosoHandle } from 'react-virtuoso';
import { Virtuoso } from 'react-virtuoso';
import { useMarkRead } from '../../hooks/useMarkRead';
import { useResizes } from '../../hooks/useResizes';
import { useStableIndex } from '../../hooks/useStableIndex';
import { useViewerId } from '../../hooks/useViewerId';
import { useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';
import { MessageEntry } from './MessageEntry';
import type { ListContext } from './messageListParts';
import { listParts } from './messageListParts';
import { UnseenPill } from './UnseenPill';
import './MessageList.css';

interface MessageListProps {
  readonly channel: ChannelRecord;
  readonly timeline: RealtimeMessages;
}

const roomAroundPx = { top: 600, bottom: 300 };
const newest = { index: 'LAST', align: 'end' } as const;
const keyOf = (_index: number, message: MessageRecord) => message.id;
const renderMessage = (index: number, message: MessageRecord, context: ListContext) => {
  const { firstIndex, messages, gaps } = context;
  const previous = messages[index - firstIndex - 1] ?? null;
  return <MessageEntry message={message} previous={previous} gaps={gaps} />;
};

/**
 * The timeline, of which only what is near is on the page. It begins at the newest message and stays there while the
 * reader is there; whoever reads further up is not moved, whatever comes before or after.
 */
export function MessageList({ channel, timeline }: MessageListProps) {
  const { messages: words } = useStrings();
  const { messages, gaps, hasOlder, isLoading, error, loadOlder } = timeline;
  const viewerId = useViewerId();
  const list = useRef<VirtuosoHandle>(null);
  /** First message in sight: what must not move. */
  const [anchorId, setAnchorId] = useState<string | null>(null);
  /** Newest message when the reader left the end; `null` at the end. */
  const [leftAtId, setLeftAtId] = useState<string | null>(null);
  const { firstIndex, hasGrownAtEnd } = useStableIndex(messages, anchorId);
  const isAtEnd = leftAtId === null;
  const last = messages.at(-1);
  useMarkRead(channel, messages, isAtEnd);

  const followNew = (isAtBottom: boolean) =>
    hasGrownAtEnd && (isAtBottom || last?.userId === viewerId) ? 'auto' : false;
  const scrollToEnd = () => {
    list.current?.scrollToIndex(newest);
  };
  const { frame, isSettling } = useResizes(() => isAtEnd);
  const context: ListContext = {
    channelName: isolate(`#${channel.name}`),
    firstIndex,
    messages,
    gaps,
    hasOlder,
    isLoading,
    error,
    loadOlder,
  };

  return (
    <div className="message-list" ref={frame}>
      <Virtuoso<MessageRecord, ListContext>
        ref={list}
        className="message-list-scroller"
        aria-label={words.list(isolate(`#${channel.name}`))}
        data={messages}
        context={context}
        computeItemKey={keyOf}
        itemContent={renderMessage}
        components={listParts}
        firstItemIndex={firstIndex}
        initialTopMostItemIndex={newest}
        increaseViewportBy={roomAroundPx}
        alignToBottom
        atBottomThreshold={24}
        followOutput={followNew}
        atBottomStateChange={(isAtBottom) => {
          setLeftAtId(isAtBottom ? null : (last?.id ?? null));
        }}
        rangeChanged={({ startIndex }: ListRange) => {
          setAnchorId(messages[startIndex - firstIndex]?.id ?? null);
        }}
        totalListHeightChanged={() => {
          if (isSettling()) scrollToEnd();
        }}
        startReached={() => {
          if (hasOlder && !isLoading) loadOlder();
        }}
      />
      {isAtEnd ? null : <UnseenPill messages={messages} leftAtId={leftAtId} onGo={scrollToEnd} />}
    </div>
  );
}
