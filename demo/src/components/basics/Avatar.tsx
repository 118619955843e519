import type { CSSProperties } from 'react';
import { hueOf } from '../../text/hue';
import { initialsOf } from '../../text/initials';
import type { KnownStatus } from '../../i18n/strings';
import { PresenceDot } from './PresenceDot';
import './Avatar.css';

interface AvatarProps {
  /** What the colour comes from. */
  readonly id: string;
  readonly name: string;
  readonly size?: 'small' | 'medium' | 'large';
  /** Shows a presence dot at the corner. */
  readonly status?: KnownStatus;
}

/** Initials in someone's own colour. The name itself always stands beside it. */
export function Avatar({ id, name, size = 'medium', status }: AvatarProps) {
  const style: CSSProperties & { readonly '--hue': number } = { '--hue': hueOf(id) };
  return (
    <span className={`avatar avatar-${size}`} style={style}>
      <span className="avatar-face" aria-hidden="true">
        {initialsOf(name)}
      </span>
      {status === undefined ? null : <PresenceDot status={status} />}
    </span>
  );
}
