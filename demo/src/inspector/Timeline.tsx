import type { Moment, OpenLog } from './openLog';

interface TimelineProps {
  readonly open: OpenLog;
  readonly moment: Moment;
  readonly position: number;
  readonly onSeek: (position: number) => void;
}

const width = 1200;
const bars = 56;

/** What happened when, and a slider over it. The drawing says to the eye what the lists say to a reader. */
export function Timeline({ open, moment, position, onSeek }: TimelineProps) {
  const { player, track } = open;
  const { first, last } = player;
  const count = Math.max(1, last - first);
  const x = (at: number): number => ((at - first) / count) * width;
  const peak = Math.max(1, ...track.density);
  const step = width / track.density.length;
  const phase = track.spans.findLast(({ from }) => from <= position)?.phase ?? 'idle';
  const next = moment.next?.a.type ?? 'the end';
  return (
    <section className="inspector-timeline" aria-label="Timeline">
      <svg viewBox={`0 0 ${width} 84`} preserveAspectRatio="none" aria-hidden="true">
        {track.spans.map(({ phase: name, from, to }) => (
          <rect
            key={from}
            className={`phase phase-${name}`}
            x={x(from)}
            width={Math.max(1, x(to) - x(from))}
            y={64}
            height={8}
          />
        ))}
        {track.density.map((events, i) => {
          const height = (events / peak) * bars;
          return (
            <rect
              key={i}
              className="density"
              x={i * step + 0.5}
              width={Math.max(1, step - 1)}
              y={60 - height}
              height={height}
            />
          );
        })}
        {track.marks.map(({ at, kind, label }) => (
          <rect
            key={`${kind} ${at}`}
            className={`mark mark-${kind}`}
            x={x(at) - 2}
            width={4}
            y={75}
            height={9}
          >
            <title>{label}</title>
          </rect>
        ))}
        <rect className="cursor" x={x(position) - 1} width={2} y={0} height={84} />
      </svg>
      <input
        type="range"
        aria-label="Position"
        aria-valuetext={`before action ${position}, ${next}; stream ${phase}`}
        min={first}
        max={last}
        value={position}
        onChange={(event) => {
          onSeek(Number(event.target.value));
        }}
      />
      <div className="inspector-legend">
        <span className="key key-density">events</span>
        <span className="key key-open">open</span>
        <span className="key key-waiting">connecting or waiting</span>
        <span className="key key-failed">failed</span>
        <span className="key key-gap">gap</span>
        <span className="key key-error">error</span>
        <span>stream: {phase}</span>
      </div>
      {track.marks.length > 0 && (
        <details>
          <summary>Gaps and errors ({track.marks.length})</summary>
          <ul className="inspector-marks">
            {track.marks.map(({ at, kind, label }) => (
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
