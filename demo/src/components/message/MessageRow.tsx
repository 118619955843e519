import type { MessageRow as Row } from '@hudhud/state';
import type { KeyboardEvent } from 'react';
import { memo, useId, useState } from 'react';
import { authorName } from '../../hooks/useDisplayName';
import { useIsNear } from '../../hooks/useIsNear';
import { useRowCommands } from '../../hooks/useRowCommands';
import { useStrings } from '../../i18n/language';
import { Avatar } from '../basics/Avatar';
import { EmojiPicker } from './EmojiPicker';
import { MessageTime } from './MessageTime';
import { RowBody } from './RowBody';
import { RowHead } from './RowHead';
import { RowMenu } from './RowMenu';
import { RowToolbar } from './RowToolbar';
import { SyncMark } from './SyncMark';
import { ThreadLink } from './ThreadLink';
import './MessageRow.css';

interface MessageRowProps {
  readonly row: Row;
  /** Whether it goes on under the head of the one before. */
  readonly isGrouped: boolean;
}

interface Opened {
  readonly what: 'picker' | 'menu';
  readonly anchor: HTMLElement;
}

/** One message. It is the same element from the moment of sending on, whatever becomes of it. */
export const MessageRow = memo(function MessageRow({ row, isGrouped }: MessageRowProps) {
  const { messages } = useStrings();
  const commands = useRowCommands(row);
  const [opened, setOpened] = useState<Opened | null>(null);
  const { isNear, handlers } = useIsNear();
  const id = useId();
  const pick = (anchor: HTMLElement) => {
    setOpened({ what: 'picker', anchor });
  };
  /** Closing one may be opening the other. */
  const close = (what: Opened['what']) => () => {
    setOpened((known) => (known?.what === what ? null : known));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, target, currentTarget, ctrlKey, metaKey, altKey } = event;
    if (target !== currentTarget || ctrlKey || metaKey || altKey) return;
    const run = { e: commands.edit, t: commands.reply, Delete: commands.remove }[key];
    if (key === 'r' && commands.toggle !== null) pick(currentTarget);
    else if (run == null) return;
    else run();
    event.preventDefault();
  };

  return (
    <article
      className={`message-row${isGrouped ? '' : ' message-row-first'}`}
      data-message-id={row.id ?? undefined}
      data-row-key={row.key}
      data-status={row.status}
      data-cached={row.isCached || undefined}
      aria-labelledby={`${id}-author ${id}-body`}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      {...handlers}
    >
      {isGrouped ? (
        <span className="message-row-gutter">
          <MessageTime at={row.createdAt} />
        </span>
      ) : (
        <Avatar
          id={row.fromAgent ?? row.authorId ?? ''}
          name={authorName(row) ?? messages.someone}
        />
      )}
      <div className="message-row-main">
        <RowHead id={`${id}-author`} row={row} isGrouped={isGrouped} />
        <div id={`${id}-body`}>
          <RowBody row={row} commands={commands} />
        </div>
        <ThreadLink row={row} />
      </div>
      <SyncMark row={row} />
      <RowToolbar
        isNear={isNear || opened !== null}
        commands={commands}
        onReact={pick}
        onMore={(anchor) => {
          setOpened({ what: 'menu', anchor });
        }}
      />
      {opened?.what === 'picker' && commands.toggle !== null ? (
        <EmojiPicker
          anchor={opened.anchor}
          reactions={row.reactions}
          onPick={commands.toggle}
          onClose={close('picker')}
        />
      ) : null}
      {opened?.what === 'menu' ? (
        <RowMenu
          anchor={opened.anchor}
          commands={commands}
          onReact={pick}
          onClose={close('menu')}
        />
      ) : null}
    </article>
  );
});
