import { useStorage, useSyncStatus } from '@hudhud/state/react';
import { useNow } from '../../hooks/useNow';
import { useFormats, useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';
import './Strip.css';

/** Says that what is shown is of an earlier visit, and what this browser cannot keep. */
export function StorageStrip({ channelId }: { readonly channelId: string }) {
  const { workspace } = useStrings();
  const { ago } = useFormats();
  const now = useNow('minutes');
  const { isCached, cachedAt } = useSyncStatus(channelId);
  const { status, lost } = useStorage();
  const words = [
    ...(isCached && cachedAt !== null ? [workspace.cached(ago(cachedAt, now))] : []),
    ...(status === 'failed' ? [workspace.storageFailed] : []),
    ...(lost > 0 ? [workspace.storageLost(lost)] : []),
  ];
  if (words.length === 0) return null;
  return (
    <section className="strip strip-calm" role="status">
      <Icon name="clock" />
      <p className="strip-text">{words.join(' ')}</p>
    </section>
  );
}
