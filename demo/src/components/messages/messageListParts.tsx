import type { MessageRow } from '@hudhud/state';
import type { TimelineView } from '@hudhud/state/react';
import type { ReactNode } from 'react';
import type { Components, ItemProps, ListProps } from 'react-virtuoso';
import { useStrings } from '../../i18n/language';

type Shown = Pick<
  TimelineView,
  'hasOlder' | 'hasNewer' | 'isLoading' | 'error' | 'loadOlder' | 'loadNewer'
>;

/** What the ends of the list need beside the messages. */
export interface ListContext extends Shown {
  /** What stands above the oldest message once that is there. */
  readonly head: ReactNode;
}

interface MoreProps {
  readonly isFailed: boolean;
  readonly failed: string;
  readonly loading: string;
  readonly onLoad: () => void;
}

/** More is to come at one end. */
function More({ isFailed, failed, loading, onLoad }: MoreProps) {
  const { retry } = useStrings();
  if (!isFailed) {
    return (
      <>
        <span className="spinner" aria-hidden="true" />
        <p className="visually-hidden">{loading}</p>
      </>
    );
  }
  return (
    <>
      <p role="alert">{failed}</p>
      <button type="button" className="button button-plain button-small" onClick={onLoad}>
        {retry}
      </button>
    </>
  );
}

function Top({ context }: { readonly context?: ListContext }) {
  const { messages } = useStrings();
  if (context === undefined) return null;
  const { hasOlder, isLoading, error, loadOlder, head } = context;
  if (!hasOlder) return <>{head}</>;
  return (
    <div className="message-list-more">
      <More
        isFailed={error !== null && !isLoading}
        failed={messages.olderFailed}
        loading={messages.loadingOlder}
        onLoad={loadOlder}
      />
    </div>
  );
}

function End({ context }: { readonly context?: ListContext }) {
  const { messages } = useStrings();
  if (context?.hasNewer !== true) return <div className="message-list-end" />;
  const { isLoading, error, loadNewer } = context;
  // while the stream is away what comes is simply not known: that is said above the list
  if (!isLoading && error === null) return <div className="message-list-end" />;
  return (
    <div className="message-list-more">
      <More
        isFailed={!isLoading}
        failed={messages.newerFailed}
        loading={messages.loadingNewer}
        onLoad={loadNewer}
      />
    </div>
  );
}

function List({ context: _context, ...props }: ListProps & { context?: ListContext }) {
  return <div {...props} role="list" />;
}

function Item({
  item: _item,
  context: _context,
  ...props
}: ItemProps<MessageRow> & { context?: ListContext }) {
  return <div {...props} role="listitem" />;
}

/** Made once: new ones would make the list anew. */
export const listParts: Components<MessageRow, ListContext> = {
  Header: Top,
  Footer: End,
  List,
  Item,
};
