import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import './ChannelFilter.css';

const id = 'channel-filter';
const isMac = navigator.userAgent.includes('Mac');

function focusNow(): boolean {
  const filter = document.getElementById(id);
  filter?.focus();
  return filter !== null && document.activeElement === filter;
}

/** Puts the cursor into the filter: at once, since letters follow, or as soon as it is on the page. */
export function focusChannelFilter(): void {
  if (!focusNow()) requestAnimationFrame(focusNow);
}

interface ChannelFilterProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter goes to the first channel that is left. */
  readonly onEnter: () => void;
}

export function ChannelFilter({ value, onChange, onEnter }: ChannelFilterProps) {
  const { channels } = useStrings();
  return (
    <div className="channel-filter">
      <Icon name="search" size={16} />
      <input
        id={id}
        type="search"
        dir="auto"
        value={value}
        aria-label={channels.filter}
        placeholder={channels.filter}
        autoComplete="off"
        onChange={(event) => {
          onChange(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') onEnter();
          else if (event.key === 'Escape' && value !== '') {
            event.preventDefault();
            onChange('');
          }
        }}
      />
      <kbd dir="ltr">{isMac ? '⌘K' : 'Ctrl K'}</kbd>
    </div>
  );
}
