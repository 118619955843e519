import { elapsedAt, indexAt } from './axis';
import { Drawing } from './Drawing';
import { elapsed } from './elapsed';
import type { Moment, OpenLog } from './openLog';

interface TimelineProps {
  readonly open: OpenLog;
  readonly moment: Moment;
  readonly position: number;
  readonly onSeek: (position: number) => void;
}

const ticks = [0, 0.25, 0.5, 0.75, 1];

/** Keys that go by actions, which is what is looked at; the others of a slider go by time. */
const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
};

/** What happened when, and a slider over it: along it time passes, and long waits are short. */
export function Timeline({ open, moment, position, onSeek }: TimelineProps) {
  const { player, track, broken } = open;
  const { first } = player;
  const { axis, spans, marks } = track;
  const place = axis.places[position - first] ?? 0;
  const phase = spans.findLast(({ from }) => from <= position)?.phase ?? 'idle';
  const next = moment.next?.a.type ?? 'the end';
  return (
    <section className="inspector-timeline" aria-label="Timeline">
      <div className="inspector-drawing">
        <Drawing track={track} first={first} broken={broken} />
        <div
          className="inspector-cursor"
          style={{ insetInlineStart: `${(place / axis.length) * 100}%` }}
        />
      </div>
      <input
        type="range"
        aria-label="Position"
        aria-valuetext={`before action ${position}, ${next}; stream ${phase}`}
        min={0}
        max={axis.length}
        step="any"
        value={place}
        onKeyDown={(event) => {
          const by = steps[event.key];
          if (by === undefined) return;
          event.preventDefault();
          onSeek(position + by * (event.shiftKey ? 10 : 1));
        }}
        onChange={(event) => {
          onSeek(first + indexAt(axis, Number(event.target.value)));
        }}
      />
      <div className="inspector-ticks" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ insetInlineStart: `${tick * 100}%` }}>
            {elapsed(elapsedAt(axis, tick * axis.length))}
          </span>
        ))}
      </div>
      <div className="inspector-legend">
        <span className="key key-density">events</span>
        <span className="key key-open">open</span>
        <span className="key key-waiting">connecting or waiting</span>
        <span className="key key-failed">failed</span>
        <span className="key key-gap">gap</span>
        <span className="key key-error">error</span>
        {broken.length > 0 && <span className="key key-broken">broken line</span>}
        {axis.cuts.length > 0 && <span className="key key-cut">a long wait, cut</span>}
        <span className="inspector-phase">stream: {phase}</span>
      </div>
      {marks.length > 0 && (
        <details>
          <summary>Gaps and errors ({marks.length})</summary>
          <ul className="inspector-marks">
            {marks.map(({ at, kind, label }) => (
              <li key={`${kind} ${at}`}>
                <button
                  type="button"
                  onClick={() => {
                    onSeek(at);
                  }}
                >
                  {at}: {label}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
