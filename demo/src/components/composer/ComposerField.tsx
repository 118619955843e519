import type { KeyboardEvent, RefObject } from 'react';

interface ComposerFieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly label: string;
  readonly text: string;
  readonly isInvalid: boolean;
  readonly describedBy: string;
  /** Takes the focus when it comes onto the page. */
  readonly isReady: boolean;
  readonly onWrite: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  /** Files were pasted. */
  readonly onFiles: (files: Iterable<File>) => void;
}

/** A field that grows with its text. */
export function ComposerField(props: ComposerFieldProps) {
  const { field, label, text, isInvalid, describedBy, isReady } = props;
  const { onWrite, onKeyDown, onFiles } = props;
  return (
    // the copy below the field makes the field as high as its text
    <div className="composer-grow" data-text={`${text} `}>
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        value={text}
        placeholder={label}
        aria-label={label}
        aria-invalid={isInvalid}
        aria-describedby={describedBy}
        autoFocus={isReady}
        onChange={(event) => {
          onWrite(event.target.value);
        }}
        onPaste={(event) => {
          const { files, types } = event.clipboardData;
          // what is copied from a table has a picture of it too: there the words are meant
          if (files.length === 0 || types.includes('text/plain')) return;
          event.preventDefault();
          onFiles(files);
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
