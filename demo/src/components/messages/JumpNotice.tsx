import { useNow } from '../../hooks/useNow';
import { useFormats, useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';

interface JumpNoticeProps {
  readonly at: number;
  readonly hasFailed: boolean;
  readonly onRetry: () => void;
  readonly onDismiss: () => void;
}

/** That a day is on its way, or did not come. */
export function JumpNotice({ at, hasFailed, onRetry, onDismiss }: JumpNoticeProps) {
  const { jump, retry, dismiss } = useStrings();
  const formats = useFormats();
  const day = formats.day(at, useNow('minutes'));
  return (
    <div className="list-pill jump-notice" role="status">
      {hasFailed ? <Icon name="warning" size={16} /> : <span className="spinner" />}
      {hasFailed ? jump.failed(day) : jump.going(day)}
      {hasFailed ? (
        <>
          <button type="button" className="jump-notice-retry" onClick={onRetry}>
            {retry}
          </button>
          <button type="button" aria-label={dismiss} onClick={onDismiss}>
            <Icon name="close" size={16} />
          </button>
        </>
      ) : null}
    </div>
  );
}
