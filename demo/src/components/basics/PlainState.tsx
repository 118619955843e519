import type { ReactNode } from 'react';
import type { IconName } from './Icon';
import { Icon } from './Icon';
import './PlainState.css';

interface PlainStateProps {
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly isAlert?: boolean;
}

/** A place where content would be: nothing is there yet, or it could not be loaded. */
export function PlainState({ icon, title, text, action, isAlert = false }: PlainStateProps) {
  return (
    <div className="plain-state" role={isAlert ? 'alert' : undefined}>
      <span className="plain-state-icon">
        <Icon name={icon} size={22} />
      </span>
      <p className="plain-state-title">{title}</p>
      <p className="plain-state-text">{text}</p>
      {action === undefined ? null : (
        <button type="button" className="button button-primary" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}
