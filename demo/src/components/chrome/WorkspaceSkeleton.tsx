import { useStrings } from '../../i18n/language';
import { MessagesSkeleton } from '../messages/MessagesSkeleton';
import './WorkspaceSkeleton.css';

const channelWidths = [58, 74, 46, 66, 52, 80] as const;

/** The shape of the page before its content. */
export function WorkspaceSkeleton() {
  const { workspace } = useStrings();
  return (
    <div className="workspace workspace-skeleton" aria-busy="true">
      <p className="visually-hidden" role="status">
        {workspace.loading}
      </p>
      <div className="workspace-skeleton-side">
        <div className="skeleton workspace-skeleton-name" />
        {channelWidths.map((width) => (
          <div key={width} className="skeleton" style={{ inlineSize: `${width}%` }} />
        ))}
      </div>
      <div className="workspace-main">
        <div className="top-bar">
          <div className="skeleton workspace-skeleton-title" />
        </div>
        <MessagesSkeleton />
      </div>
    </div>
  );
}
