import type { ChannelRecord } from '@hudhud/state';
import type { TimelineView } from '@hudhud/state/react';
import { memo } from 'react';
import type { Jump } from '../../hooks/useJump';
import { useStrings } from '../../i18n/language';
import { isolate } from '../../text/isolate';
import { PlainState } from '../basics/PlainState';
import { MessageList } from './MessageList';
import { MessagesSkeleton } from './MessagesSkeleton';

interface TimelineProps {
  readonly channel: ChannelRecord;
  readonly timeline: TimelineView;
  readonly jump: Jump | null;
  readonly onJumped: () => void;
  readonly onEnd: (isAtEnd: boolean) => void;
}

/** What was said in a channel; or that nothing was, or why it is not there. */
export const Timeline = memo(function Timeline(props: TimelineProps) {
  const { channel, timeline, jump, onJumped, onEnd } = props;
  const strings = useStrings();
  const { messages, isKnown, hasOlder, error, isLoading, reload } = timeline;
  const isEmpty = messages.length === 0;
  const name = isolate(`#${channel.name}`);
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
  if (isEmpty && (!isKnown || hasOlder)) return <MessagesSkeleton />;
  if (isEmpty) {
    return (
      <PlainState
        icon={channel.isPrivate ? 'lock' : 'hash'}
        title={strings.messages.empty(name)}
        text={strings.messages.emptyHint}
      />
    );
  }
  const beginning = <p className="message-list-beginning">{strings.messages.beginning(name)}</p>;
  return (
    <MessageList
      label={strings.messages.list(name)}
      timeline={timeline}
      head={beginning}
      jump={jump}
      onJumped={onJumped}
      onEnd={onEnd}
    />
  );
});
