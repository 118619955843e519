import { useState } from 'react';
import { signOut } from '../../app/signIn';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import { CopyDiagnostics } from './CopyDiagnostics';
import { Preferences } from './Preferences';
import './SettingsMenu.css';

const id = 'settings-menu';

/** A popover of the browser's own: it closes on Escape and on a click beside it. */
export function SettingsMenu() {
  const { menu } = useStrings();
  const [opened, setOpened] = useState(0);
  return (
    <>
      <button type="button" className="icon-button" popoverTarget={id} aria-label={menu.open}>
        <Icon name="settings" />
      </button>
      <div
        id={id}
        popover="auto"
        className="settings-menu"
        role="dialog"
        aria-label={menu.open}
        onToggle={({ newState }) => {
          if (newState === 'open') setOpened(opened + 1);
        }}
      >
        <Preferences />
        {/* what it said the last time is old */}
        <CopyDiagnostics key={opened} />
        <button
          type="button"
          className="button button-plain button-wide"
          onClick={() => {
            void signOut();
          }}
        >
          {menu.signOut}
        </button>
      </div>
    </>
  );
}
