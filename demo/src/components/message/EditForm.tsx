import type { HudhudErrorCode, MessageRow } from '@hudhud/state';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { editKey } from '../../app/drafts';
import { useDraft } from '../../hooks/useDraft';
import { useStrings } from '../../i18n/language';
import { useConversation } from '../messages/conversation';
import './EditForm.css';

/** A message's text in a field of its own, in its place. What was changed stays when the row is scrolled away. */
export function EditForm({ row }: { readonly row: MessageRow }) {
  const { row: words, composer, error } = useStrings();
  const { actions, edit, focusComposer } = useConversation();
  const { draft, isBegun, write, clear } = useDraft(editKey(row.key));
  const [problem, setProblem] = useState<HudhudErrorCode | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const text = isBegun ? draft.text : row.content;
  useEffect(() => {
    const area = field.current;
    area?.focus();
    area?.setSelectionRange(area.value.length, area.value.length);
  }, []);

  const close = () => {
    clear();
    edit(null);
    focusComposer();
  };
  const save = () => {
    const content = text.trim();
    if (content === row.content) {
      close();
      return;
    }
    const saved = actions.edit(row.id ?? row.key, content);
    if (saved.ok) close();
    else setProblem(saved.code);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // the keys of the row and of the thread around it are not meant
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  };

  return (
    <form
      className="edit-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="composer-grow edit-form-field" data-text={`${text} `}>
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          aria-label={words.editLabel}
          onChange={(event) => {
            write(event.target.value);
            setProblem(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="edit-form-foot">
        <button type="submit" className="button button-primary button-small">
          {words.save}
        </button>
        <button type="button" className="button button-small edit-form-cancel" onClick={close}>
          {words.cancel}
        </button>
        <span className="edit-form-hint">{words.editHint}</span>
      </div>
      <p className="field-problem" role="alert">
        {problem === null ? null : composer.failed(error(problem))}
      </p>
    </form>
  );
}
