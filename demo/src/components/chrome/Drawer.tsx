import type { ReactNode } from 'react';
import { useLayoutEffect, useRef } from 'react';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import './Drawer.css';

interface DrawerProps {
  readonly side: 'start' | 'end';
  readonly label: string;
  /** Takes what it can get of a small screen, and has a way to close it of its own. */
  readonly isWide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A sidebar over the page. A modal dialog: the browser keeps the focus in it, gives it back, and closes on Escape. */
export function Drawer({ side, label, isWide = false, onClose, children }: DrawerProps) {
  const { close } = useStrings();
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`drawer drawer-${side}${isWide ? ' drawer-wide' : ''}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // the dialog itself is only hit beside its content, on the backdrop
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="drawer-panel">
        {isWide ? null : (
          <button
            type="button"
            className="icon-button drawer-close"
            aria-label={close}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        )}
        {children}
      </div>
    </dialog>
  );
}
