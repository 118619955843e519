import { useRef } from 'react';
import { useStrings } from '../../i18n/language';
import { Icon } from '../basics/Icon';

/** Chooses files to send along. */
export function AttachButton({ onFiles }: { readonly onFiles: (files: Iterable<File>) => void }) {
  const { composer } = useStrings();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="icon-button composer-attach"
        aria-label={composer.attach}
        title={composer.attach}
        onClick={() => {
          input.current?.click();
        }}
      >
        <Icon name="clip" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // the same file may be chosen again
          currentTarget.value = '';
        }}
      />
    </>
  );
}
