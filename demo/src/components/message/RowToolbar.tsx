import type { RowCommands } from '../../hooks/useRowCommands';
import { useStrings } from '../../i18n/language';
import type { IconName } from '../basics/Icon';
import { Icon } from '../basics/Icon';
import './RowToolbar.css';

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly shortcut: string;
  readonly onPress: (button: HTMLButtonElement) => void;
}

function Tool({ icon, label, shortcut, onPress }: ToolProps) {
  return (
    <button
      type="button"
      className="icon-button row-tool"
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={label}
      onClick={(event) => {
        onPress(event.currentTarget);
      }}
    >
      <Icon name={icon} size={17} />
    </button>
  );
}

interface RowToolbarProps {
  /** Whether somebody is at the row. */
  readonly isNear: boolean;
  readonly commands: RowCommands;
  readonly onReact: (anchor: HTMLElement) => void;
  readonly onMore: (anchor: HTMLElement) => void;
}

/** Fingers do not hover: what they press has to be there before. */
const isTouch = matchMedia('(hover: none)').matches;

/** What can be done with a message: on hovering, or while the row has the focus. On touch it is one button. */
export function RowToolbar({ isNear, commands, onReact, onMore }: RowToolbarProps) {
  const { row } = useStrings();
  const { toggle, reply, edit, remove } = commands;
  if (toggle === null && reply === null && edit === null && remove === null) return null;
  const tools = (
    <div className="row-toolbar" role="toolbar" aria-label={row.actions}>
      {toggle === null ? null : (
        <Tool icon="smile" label={row.react} shortcut="r" onPress={onReact} />
      )}
      {reply === null ? null : (
        <Tool icon="thread" label={row.reply} shortcut="t" onPress={reply} />
      )}
      {edit === null ? null : <Tool icon="edit" label={row.edit} shortcut="e" onPress={edit} />}
      {remove === null ? null : (
        <Tool icon="trash" label={row.remove} shortcut="Delete" onPress={remove} />
      )}
    </div>
  );
  const more = (
    <button
      type="button"
      className="icon-button row-more"
      aria-label={row.more}
      aria-haspopup="menu"
      onClick={(event) => {
        onMore(event.currentTarget);
      }}
    >
      <Icon name="more" size={18} />
    </button>
  );
  return (
    <>
      {isNear ? tools : null}
      {isNear || isTouch ? more : null}
    </>
  );
}
