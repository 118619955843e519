import { useNow } from '../../hooks/useNow';
import { useFormats } from '../../i18n/language';
import './DaySeparator.css';

export function DaySeparator({ at }: { readonly at: number }) {
  const formats = useFormats();
  const now = useNow('minutes');
  return (
    <div className="day-separator">
      <span>{formats.day(at, now)}</span>
    </div>
  );
}
