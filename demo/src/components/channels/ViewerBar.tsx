import { useUser } from '@hudhud/state/react';
import { displayName } from '../../hooks/useDisplayName';
import { useStatus } from '../../hooks/useStatus';
import { useViewerId } from '../../hooks/useViewerId';
import { Avatar } from '../basics/Avatar';
import { SettingsMenu } from '../chrome/SettingsMenu';
import './ViewerBar.css';

/** Who is signed in. */
export function ViewerBar() {
  const id = useViewerId() ?? '';
  const user = useUser(id);
  const status = useStatus(id);
  const name = displayName(user) ?? '';
  return (
    <div className="viewer-bar">
      <Avatar id={id} name={name} status={status} />
      <div className="viewer-bar-words">
        <bdi className="viewer-bar-name" title={name}>
          {name}
        </bdi>
        <span className="viewer-bar-username">{user?.username}</span>
      </div>
      <SettingsMenu />
    </div>
  );
}
