import type { Notice } from '@hudhud/state';
import { useDismissNotice, useNotices } from '@hudhud/state/react';
import { useEffect, useRef } from 'react';
import { Toaster, toast } from 'sonner';
import { useTheme } from '../../app/theme';
import type { Strings } from '../../i18n/strings';
import { useDirection, useStrings } from '../../i18n/language';
import './Toasts.css';

/** So long one is shown, in ms; whoever points at it, or reads it by keyboard, has all the time. */
const shownMs = 20_000;

/** The place where one writes stays free. */
const clearOfComposer = { bottom: 96 };

const isToast = ({ code }: Notice): boolean =>
  code === 'OPERATION_FAILED' || code === 'UPLOAD_FAILED';

function titleOf({ code, count }: Notice, { notices }: Strings): string {
  return code === 'UPLOAD_FAILED' ? notices.notUploaded(count) : notices.notDone(count);
}

/**
 * What will not be done by itself any more, wherever it was wished: the row that says so may be in another channel. What
 * is alike comes together in one; what holds for as long as it lasts is in the banner.
 */
export function Toasts() {
  const strings = useStrings();
  const direction = useDirection();
  const theme = useTheme();
  const notices = useNotices();
  const dismiss = useDismissNotice();
  const shown = useRef(new Map<string, number>());

  useEffect(() => {
    const known = shown.current;
    const wanted = new Map(notices.filter(isToast).map((notice) => [notice.id, notice]));
    for (const id of [...known.keys()]) {
      if (wanted.has(id)) continue;
      known.delete(id);
      toast.dismiss(id);
    }
    for (const [id, notice] of wanted) {
      if (known.get(id) === notice.count) continue;
      known.set(id, notice.count);
      const over = () => {
        dismiss(id);
      };
      toast.error(titleOf(notice, strings), {
        ...{ id, duration: shownMs, onDismiss: over, onAutoClose: over },
        description: strings.error(notice.cause),
      });
    }
  }, [notices, strings, dismiss]);

  return (
    <Toaster
      closeButton
      offset={clearOfComposer}
      mobileOffset={clearOfComposer}
      dir={direction}
      theme={theme}
      position={direction === 'rtl' ? 'bottom-left' : 'bottom-right'}
      containerAriaLabel={strings.notices.region}
      toastOptions={{ closeButtonAriaLabel: strings.dismiss }}
    />
  );
}
