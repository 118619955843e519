import { useId, useState } from 'react';
import type { Diagnosed } from '../../app/diagnostics';
import { copyDiagnostics } from '../../app/diagnostics';
import { useStrings } from '../../i18n/language';
import './CopyDiagnostics.css';

/** Copies what a report of a problem needs, and says what became of it. */
export function CopyDiagnostics() {
  const { menu } = useStrings();
  const [diagnosed, setDiagnosed] = useState<Diagnosed | null>(null);
  const hint = useId();
  const copy = async (): Promise<void> => {
    // said anew, also if it is the same again
    setDiagnosed(null);
    setDiagnosed(await copyDiagnostics());
  };
  return (
    <div className="copy-diagnostics">
      <button
        type="button"
        className="button button-plain button-wide"
        aria-describedby={hint}
        onClick={() => void copy()}
      >
        {menu.diagnostics}
      </button>
      <p id={hint} hidden={diagnosed !== null}>
        {menu.diagnosticsHint}
      </p>
      <p role="status">{diagnosed === null ? '' : menu.diagnosed[diagnosed]}</p>
    </div>
  );
}
