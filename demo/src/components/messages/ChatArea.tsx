import type { ChannelRecord } from '@hudhud/state';
import { useRealtimeMessages } from '@hudhud/state/react';
import { useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';
import { PlainState } from '../basics/PlainState';
import { Composer } from './Composer';
import { LiveLog } from './LiveLog';
import { MessageList } from './MessageList';
import { MessagesSkeleton } from './MessagesSkeleton';
import { TypingIndicator } from './TypingIndicator';
import './ChatArea.css';

function Timeline({ channel }: { readonly channel: ChannelRecord }) {
  const strings = useStrings();
  const timeline = useRealtimeMessages(channel.id);
  const { messages, isKnown, hasOlder, error, isLoading, reload } = timeline;
  const isEmpty = messages.length === 0;
  if (isEmpty && error !== null && !isLoading) {
    return (
      <PlainState
        isAlert
        icon="warning"
        title={strings.messages.failed}
        text={strings.error(error)}
        action={{ label: strings.retry, run: reload }}
      />
    );
  }
  if (!isKnown || (isEmpty && hasOlder)) return <MessagesSkeleton />;
  if (isEmpty) {
    return (
      <PlainState
        icon={channel.isPrivate ? 'lock' : 'hash'}
        title={strings.messages.empty(isolate(`#${channel.name}`))}
        text={strings.messages.emptyHint}
      />
    );
  }
  return <MessageList channel={channel} timeline={timeline} />;
}

/** One channel: what was said, who is typing, and a place to write. */
export function ChatArea({ channel }: { readonly channel: ChannelRecord }) {
  return (
    <main className="chat-area" id="messages" tabIndex={-1}>
      <Timeline channel={channel} />
      <LiveLog channelId={channel.id} />
      <div className="chat-area-foot">
        <Composer channel={channel} />
        <TypingIndicator channelId={channel.id} />
      </div>
    </main>
  );
}
