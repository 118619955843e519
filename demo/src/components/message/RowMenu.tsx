import type { KeyboardEvent } from 'react';
import type { RowCommands } from '../../hooks/useRowCommands';
import { useStrings } from '../../i18n/language';
import type { IconName } from '../basics/Icon';
import { Icon } from '../basics/Icon';
import { Popover } from '../basics/Popover';

interface RowMenuProps {
  readonly anchor: HTMLElement;
  readonly commands: RowCommands;
  readonly onReact: (anchor: HTMLElement) => void;
  readonly onClose: () => void;
}

interface Entry {
  readonly icon: IconName;
  readonly label: string;
  readonly run: (() => void) | null;
}

function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons.at((at + step) % buttons.length)?.focus();
}

/** The toolbar as a list, for fingers. */
export function RowMenu({ anchor, commands, onReact, onClose }: RowMenuProps) {
  const { row } = useStrings();
  const { toggle, reply, edit, remove } = commands;
  const react = () => {
    onReact(anchor);
  };
  const entries: readonly Entry[] = [
    { icon: 'smile', label: row.react, run: toggle === null ? null : react },
    { icon: 'thread', label: row.reply, run: reply },
    { icon: 'edit', label: row.edit, run: edit },
    { icon: 'trash', label: row.remove, run: remove },
  ];
  return (
    <Popover anchor={anchor} label={row.actions} role="menu" onClose={onClose}>
      <div className="row-menu" role="presentation" onKeyDown={onKeyDown}>
        {entries.map(({ icon, label, run }) =>
          run === null ? null : (
            <button
              key={icon}
              type="button"
              role="menuitem"
              className={icon === 'trash' ? 'row-menu-danger' : undefined}
              onClick={run}
            >
              <Icon name={icon} />
              {label}
            </button>
          ),
        )}
      </div>
    </Popover>
  );
}
