import type { Gap } from '@hudhud/state';
import { pageKey } from '@hudhud/state';
import { useHudhud, useHudhudSelector } from '@hudhud/state/react';
import { useAppDispatch } from '../../app/hooks';
import { useStrings } from '../../i18n/language';
import { useConversation } from './conversation';
import './DaySeparator.css';

/** A hole in what is known, and the way to fill it, a page at a time. */
export function GapDivider({ gap }: { readonly gap: Gap }) {
  const { messages, retry } = useStrings();
  const { actions } = useHudhud();
  const dispatch = useAppDispatch();
  const { channelId, parentId } = useConversation();
  const key = pageKey(channelId, parentId, 'newer', gap.after);
  const load = useHudhudSelector((selectors, root) => selectors.selectLoad(root, key));
  const isLoading = load?.status === 'loading';
  const hasFailed = load?.status === 'failed';
  return (
    <div className="gap-divider">
      <span>{hasFailed ? messages.gapFailed : messages.gap}</span>
      <button
        type="button"
        aria-disabled={isLoading}
        onClick={() => {
          if (!isLoading) dispatch(actions.fillGap({ channelId, parentId, ...gap }));
        }}
      >
        {isLoading ? messages.loadingGap : hasFailed ? retry : messages.loadGap}
      </button>
    </div>
  );
}
