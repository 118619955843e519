import type { Gap, HudhudErrorCode, MessageRecord } from '@hudhud/state';
import type { Components, ItemProps, ListProps } from 'react-virtuoso';
import { useStrings } from '../../i18n/language';

/** What the parts of the list need beside the messages. */
export interface ListContext {
  readonly channelName: string;
  /** Number of the first message that is shown; it shrinks when older ones come, so that the others keep theirs. */
  readonly firstIndex: number;
  /** How many of the oldest messages are not shown yet. */
  readonly firstShown: 0 | 1;
  readonly messages: readonly MessageRecord[];
  readonly gaps: readonly Gap[];
  readonly hasOlder: boolean;
  readonly isLoading: boolean;
  readonly error: HudhudErrorCode | null;
  readonly loadOlder: () => void;
}

/** Above the oldest message: more to come, or where it all began. */
function Top({ context }: { readonly context?: ListContext }) {
  const { messages, retry } = useStrings();
  if (context === undefined) return null;
  const { hasOlder, isLoading, error, loadOlder, channelName } = context;
  return (
    <div className="message-list-top">
      {!hasOlder ? (
        <p>{messages.beginning(channelName)}</p>
      ) : error !== null && !isLoading ? (
        <>
          <p role="alert">{messages.olderFailed}</p>
          <button type="button" className="button button-plain button-small" onClick={loadOlder}>
            {retry}
          </button>
        </>
      ) : (
        <>
          <span className="spinner" aria-hidden="true" />
          <p className="visually-hidden">{messages.loadingOlder}</p>
        </>
      )}
    </div>
  );
}

function End() {
  return <div className="message-list-end" />;
}

function List({ context: _context, ...props }: ListProps & { context?: ListContext }) {
  return <div {...props} role="list" />;
}

function Item({
  item: _item,
  context: _context,
  ...props
}: ItemProps<MessageRecord> & { context?: ListContext }) {
  return <div {...props} role="listitem" />;
}

/** Made once: new ones would make the list anew. */
export const listParts: Components<MessageRecord, ListContext> = {
  Header: Top,
  Footer: End,
  List,
  Item,
};
