import type { MessageRow } from '@hudhud/state';
import type { TimelineView } from '@hudhud/state/react';
import { useConnectionStatus } from '@hudhud/state/react';
import type { ReactNode } from 'react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { ListRange } from 'react-virtuoso';
import { Virtuoso } from 'react-virtuoso';
import { useFollow } from '../../hooks/useFollow';
import type { Jump } from '../../hooks/useJump';
import { useListScroll } from '../../hooks/useListScroll';
import { useRowKeys } from '../../hooks/useRowKeys';
import { useScrolledUp } from '../../hooks/useScrolledUp';
import { useStableIndex } from '../../hooks/useStableIndex';
import { useStickToEnd } from '../../hooks/useStickToEnd';
import { useConversation } from './conversation';
import { ListJump } from './ListJump';
import { MessageEntry } from './MessageEntry';
import type { ListContext } from './messageListParts';
import { listParts } from './messageListParts';
import { UnreadPill } from './UnreadPill';
import { UnseenPill } from './UnseenPill';
import './MessageList.css';

interface MessageListProps {
  readonly label: string;
  readonly timeline: TimelineView;
  /** What stands above the oldest message. */
  readonly head: ReactNode;
  readonly jump: Jump | null;
  readonly onJumped: () => void;
  /** Told when the reader reaches the end, or leaves it. */
  readonly onEnd: (isAtEnd: boolean) => void;
}

/** Older messages are asked for this many before they are needed: what is far away can come without a stir. */
const ahead = 25;
/** So close to the end the reader is at it. */
const nearPx = 24;
const newest = { index: 'LAST', align: 'end' } as const;
const keyOf = (_index: number, row: MessageRow) => row.key;
const renderRow = (_index: number, row: MessageRow) => <MessageEntry row={row} />;

/**
 * The timeline, of which only what is near is on the page. It begins at the newest message and stays there while the
 * reader is there; whoever reads further up is not moved, whatever comes before or after.
 */
export function MessageList(props: MessageListProps) {
  const { label, timeline, head, jump, onJumped, onEnd } = props;
  const { messages, hasOlder, hasNewer, isLoading, error, loadOlder, loadNewer } = timeline;
  const { parentId, editingKey } = useConversation();
  const isConnected = useConnectionStatus() === 'connected';
  const { list, scroller, setScroller, toEnd, to } = useListScroll();
  /** First row in sight: what must not move. */
  const [firstSeen, setFirstSeen] = useState<string | null>(null);
  // The oldest one waits until it is known what stands before it: what is shown keeps its day, its author and thus its
  // height when older ones come.
  const firstShown = hasOlder && messages.length > 1 ? 1 : 0;
  const shown = useMemo(() => messages.slice(firstShown), [messages, firstShown]);
  const { firstIndex, hasGrownAtEnd } = useStableIndex(shown, firstSeen);
  const { isAtEnd, leftAtKey, leave, arrive, follows } = useFollow(shown);
  useStickToEnd(scroller, isAtEnd);
  const onScroll = useScrolledUp(leave);
  const onKeyDown = useRowKeys();

  const tellEnd = useEffectEvent(onEnd);
  useEffect(() => {
    tellEnd(isAtEnd);
  }, [isAtEnd]);
  // who is on the way to another day is held at the end no longer
  const setOut = useEffectEvent(leave);
  useEffect(() => {
    if (jump !== null) setOut();
  }, [jump]);
  const showEdited = useEffectEvent((key: string) => {
    const index = shown.findIndex((row) => row.key === key);
    if (index !== -1) list.current?.scrollIntoView({ index });
  });
  useEffect(() => {
    if (editingKey !== null) showEdited(editingKey);
  }, [editingKey]);
  const loadMore = () => {
    if (hasOlder && !isLoading && error === null) loadOlder();
  };
  // another one would draw the rows again
  const context = useMemo(
    (): ListContext => ({ head, hasOlder, hasNewer, isLoading, error, loadOlder, loadNewer }),
    [head, hasOlder, hasNewer, isLoading, error, loadOlder, loadNewer],
  );

  return (
    <div className="message-list" onKeyDown={onKeyDown}>
      <Virtuoso<MessageRow, ListContext>
        ref={list}
        scrollerRef={setScroller}
        className="message-list-scroller"
        role="region"
        aria-label={label}
        data={shown}
        context={context}
        computeItemKey={keyOf}
        itemContent={renderRow}
        components={listParts}
        firstItemIndex={firstIndex}
        initialTopMostItemIndex={newest}
        increaseViewportBy={200}
        alignToBottom={parentId === null}
        atBottomThreshold={nearPx}
        followOutput={() => (follows(hasGrownAtEnd) ? 'auto' : false)}
        onScroll={onScroll}
        atBottomStateChange={(isAtBottom) => {
          if (isAtBottom) arrive();
        }}
        rangeChanged={({ startIndex }: ListRange) => {
          setFirstSeen(shown[startIndex - firstIndex]?.key ?? null);
          if (startIndex - firstIndex < ahead) loadMore();
        }}
        startReached={loadMore}
        endReached={() => {
          // while the stream is away nothing is live: what is missing is loaded when it is back
          if (hasNewer && isConnected && !isLoading && error === null) loadNewer();
        }}
      />
      <ListJump
        rows={shown}
        jump={jump}
        onJumped={onJumped}
        onThere={(place) => {
          to(place, arrive);
        }}
      />
      <UnreadPill
        rows={shown}
        firstSeen={firstSeen}
        onGo={(place) => {
          leave();
          to(place, arrive);
        }}
      />
      {leftAtKey === null ? null : (
        <UnseenPill
          rows={shown}
          leftAtKey={leftAtKey}
          onGo={() => {
            // held there from now on: what comes while the list is on its way must not keep it from arriving
            arrive();
            toEnd();
          }}
        />
      )}
    </div>
  );
}
