import type { Thread } from '@hudhud/state/react';
import { useStrings } from '../../i18n/language';
import { MessageRow } from '../message/MessageRow';
import { PlainState } from '../basics/PlainState';
import { MessageList } from '../messages/MessageList';
import { MessagesSkeleton } from '../messages/MessagesSkeleton';

const ignore = () => undefined;

/** What the thread hangs on. */
function ThreadParent({ thread }: { readonly thread: Thread }) {
  const { messages, thread: words } = useStrings();
  const { parent } = thread;
  const count = Math.max(parent?.threadCount ?? 0, thread.messages.length);
  return (
    <div className="thread-parent">
      {parent === null ? (
        <p className="thread-missing">{words.parentMissing}</p>
      ) : (
        <MessageRow row={parent} isGrouped={false} />
      )}
      {count === 0 ? null : <p className="thread-count">{messages.replies(count)}</p>}
    </div>
  );
}

/** A message and its replies; or that there are none, or why they are not there. */
export function ThreadTimeline({ thread }: { readonly thread: Thread }) {
  const strings = useStrings();
  const { messages, isKnown, error, isLoading, reload } = thread;
  const parent = <ThreadParent thread={thread} />;
  if (messages.length > 0) {
    return (
      <MessageList
        label={strings.thread.list}
        timeline={thread}
        head={parent}
        jump={null}
        onJumped={ignore}
        onEnd={ignore}
      />
    );
  }
  return (
    <div className="thread-start">
      {parent}
      {error !== null && !isLoading ? (
        <PlainState
          isAlert
          icon="warning"
          title={strings.messages.failed}
          text={strings.error(error)}
          action={{ label: strings.retry, run: reload }}
        />
      ) : isKnown ? (
        <p className="thread-missing">{strings.thread.empty}</p>
      ) : (
        <MessagesSkeleton />
      )}
    </div>
  );
}
