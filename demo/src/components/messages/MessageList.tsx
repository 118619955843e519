import type { ChannelRecord, MessageRecord } from '@hudhud/state';
import type { RealtimeMessages } from '@hudhud/state/react';
import { useMemo, useRef, useState } from 'react';
import type { ListRange, VirtuosoHandle } from 'react-virtuoso';
import { Virtuoso } from 'react-virtuoso';
import { useMarkRead } from '../../hooks/useMarkRead';
import { useScrolledUp } from '../../hooks/useScrolledUp';
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

/** Older messages are asked for this many before they are needed: what is far away can come without a stir. */
const ahead = 25;
const newest = { index: 'LAST', align: 'end' } as const;
const keyOf = (_index: number, message: MessageRecord) => message.id;
const renderMessage = (index: number, message: MessageRecord, context: ListContext) => {
  const { firstIndex, firstShown, messages, gaps } = context;
  const previous = messages[index - firstIndex + firstShown - 1] ?? null;
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
  // The oldest one waits until it is known what stands before it: what is shown keeps its day, its author and thus its
  // height when older ones come.
  const firstShown = hasOlder && messages.length > 1 ? 1 : 0;
  const shown = useMemo(() => messages.slice(firstShown), [messages, firstShown]);
  const { firstIndex, hasGrownAtEnd } = useStableIndex(shown, anchorId);
  const isAtEnd = leftAtId === null;
  const last = messages.at(-1);
  useMarkRead(channel, messages, isAtEnd);

  const onScroll = useScrolledUp(() => {
    setLeftAtId((known) => known ?? last?.id ?? null);
  });
  const followNew = () =>
    hasGrownAtEnd && (isAtEnd || last?.userId === viewerId) ? 'auto' : false;
  const loadMore = () => {
    if (hasOlder && !isLoading && error === null) loadOlder();
  };
  const scrollToEnd = () => {
    list.current?.scrollToIndex(newest);
  };
  const context: ListContext = {
    channelName: isolate(`#${channel.name}`),
    firstIndex,
    firstShown,
    messages,
    gaps,
    hasOlder,
    isLoading,
    error,
    loadOlder,
  };

  return (
    <div className="message-list">
      <Virtuoso<MessageRecord, ListContext>
        ref={list}
        className="message-list-scroller"
        role="region"
        aria-label={words.list(isolate(`#${channel.name}`))}
        data={shown}
        context={context}
        computeItemKey={keyOf}
        itemContent={renderMessage}
        components={listParts}
        firstItemIndex={firstIndex}
        initialTopMostItemIndex={newest}
        alignToBottom
        atBottomThreshold={24}
        followOutput={followNew}
        onScroll={onScroll}
        atBottomStateChange={(isAtBottom) => {
          if (isAtBottom) setLeftAtId(null);
        }}
        rangeChanged={({ startIndex }: ListRange) => {
          setAnchorId(shown[startIndex - firstIndex]?.id ?? null);
          if (startIndex - firstIndex < ahead) loadMore();
        }}
        totalListHeightChanged={() => {
          if (isAtEnd) scrollToEnd();
        }}
        startReached={loadMore}
      />
      {isAtEnd ? null : <UnseenPill messages={messages} leftAtId={leftAtId} onGo={scrollToEnd} />}
    </div>
  );
}
