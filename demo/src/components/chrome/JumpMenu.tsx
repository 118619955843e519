import { useState } from 'react';
import { useNow } from '../../hooks/useNow';
import { useStrings } from '../../i18n/language';
import { startOfDay, toDateField } from '../../text/dates';
import { Icon } from '../basics/Icon';
import { Popover } from '../basics/Popover';
import './JumpMenu.css';

interface JumpMenuProps {
  readonly onJump: (at: number) => void;
}

const dayMs = 24 * 60 * 60_000;

/** Goes to a day of the channel. */
export function JumpMenu({ onJump }: JumpMenuProps) {
  const { jump, time } = useStrings();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [date, setDate] = useState('');
  const now = useNow('minutes');
  const presets: readonly (readonly [days: number, label: string])[] = [
    [0, time.today],
    [1, time.yesterday],
    [7, jump.weekAgo],
    [30, jump.monthAgo],
  ];
  const goBack = (days: number) => {
    onJump(startOfDay(now - days * dayMs));
  };
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={jump.open}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        title={jump.open}
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        <Icon name="calendar" />
      </button>
      {anchor === null ? null : (
        <Popover
          anchor={anchor}
          label={jump.open}
          onClose={() => {
            setAnchor(null);
          }}
        >
          <div className="jump-menu">
            <ul>
              {presets.map(([days, label]) => (
                <li key={days}>
                  <button
                    type="button"
                    className="jump-menu-preset"
                    onClick={() => {
                      goBack(days);
                    }}
                  >
                    {label}
                  </button>
                </li>
              ))}
            </ul>
            <form
              className="jump-menu-form"
              onSubmit={(event) => {
                event.preventDefault();
                if (date !== '') onJump(startOfDay(Date.parse(`${date}T00:00`)));
              }}
            >
              <label className="field">
                <span className="field-label">{jump.date}</span>
                <input
                  className="input"
                  type="date"
                  value={date}
                  max={toDateField(now)}
                  onChange={(event) => {
                    setDate(event.target.value);
                  }}
                />
              </label>
              <button type="submit" className="button button-primary" aria-disabled={date === ''}>
                {jump.go}
              </button>
            </form>
          </div>
        </Popover>
      )}
    </>
  );
}
