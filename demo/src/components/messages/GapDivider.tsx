import { useHudhud } from '@hudhud/state/react';
import { useAppDispatch } from '../../app/hooks';
import { useStrings } from '../../i18n/language';
import './DaySeparator.css';

/** A hole in what is known. The layer fills it from its newer side on, one page at a time. */
export function GapDivider({ channelId }: { readonly channelId: string }) {
  const { messages } = useStrings();
  const { actions } = useHudhud();
  const dispatch = useAppDispatch();
  return (
    <div className="gap-divider">
      <span>{messages.gap}</span>
      <button
        type="button"
        onClick={() => {
          dispatch(actions.loadHistory({ channelId, parentId: null, side: 'older' }));
        }}
      >
        {messages.loadGap}
      </button>
    </div>
  );
}
