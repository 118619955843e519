import type { OpenLog } from './openLog';

interface BrokenLinesProps {
  readonly open: OpenLog;
  readonly onSeek: (position: number) => void;
}

const shown = 200;

/** What could not be read of a log as it was written, and where that is. */
export function BrokenLines({ open: { broken }, onSeek }: BrokenLinesProps) {
  const count = broken.length;
  if (count === 0) return null;
  return (
    <section className="inspector-broken" aria-label="Broken lines">
      <p role="alert">
        <strong>
          {count === 1 ? '1 line of this log is broken.' : `${count} lines of this log are broken.`}
        </strong>{' '}
        What is left is played, with its actions counted anew: behind the first of them, the state
        may be another than it was.
      </p>
      <details>
        <summary>Where ({count})</summary>
        <ul className="inspector-marks">
          {broken.slice(0, shown).map(({ code, message, at }, i) => (
            <li key={i}>
              <button
                type="button"
                onClick={() => {
                  onSeek(at);
                }}
              >
                {message}
              </button>{' '}
              <code>{code}</code>
            </li>
          ))}
        </ul>
        {count > shown && <p>{count - shown} more</p>}
      </details>
    </section>
  );
}
