import { useStrings } from '../../i18n/language';
import './MessagesSkeleton.css';

const widths = [46, 72, 34, 58, 64, 40] as const;

export function MessagesSkeleton() {
  const { messages } = useStrings();
  return (
    <div className="messages-skeleton" aria-busy="true">
      <p className="visually-hidden">{messages.loading}</p>
      {widths.map((width) => (
        <div key={width} className="messages-skeleton-row">
          <div className="skeleton messages-skeleton-face" />
          <div className="messages-skeleton-lines">
            <div className="skeleton" style={{ inlineSize: `${Math.round(width / 3)}%` }} />
            <div className="skeleton" style={{ inlineSize: `${width}%` }} />
          </div>
        </div>
      ))}
    </div>
  );
}
