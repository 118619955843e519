import type { MessagePreview } from '@hudhud/state';
import { useDisplayName } from '../../hooks/useDisplayName';
import { useViewerId } from '../../hooks/useViewerId';
import { useStrings } from '../../i18n/language';

/** The last message on one line: the first name, and the text without the marks of code. */
export function ChannelPreview({ preview }: { readonly preview: MessagePreview }) {
  const { you } = useStrings();
  const viewerId = useViewerId();
  const known = useDisplayName(preview.userId ?? '') ?? preview.username;
  const name = preview.userId !== null && preview.userId === viewerId ? you : known?.split(' ')[0];
  const text = preview.content.replace(/```\w*|`/g, ' ').replace(/\s+/g, ' ');
  return (
    <>
      {name === undefined ? null : (
        <span className="channel-preview-name">
          <bdi>{name}</bdi>:
        </span>
      )}
      <span className="channel-preview-text" dir="auto">
        {text}
      </span>
    </>
  );
}
