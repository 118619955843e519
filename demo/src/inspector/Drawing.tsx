import { memo } from 'react';
import type { BrokenLine } from '@hudhud/state/replay';
import type { Track } from './track';

interface DrawingProps {
  readonly track: Track;
  /** Number of the first action. */
  readonly first: number;
  readonly broken: readonly BrokenLine[];
}

const width = 1200;
const bars = 56;
const base = 60;

/** What happened when, to the eye: the lists beside it say the same to a reader. It is drawn once for a log. */
export const Drawing = memo(function Drawing({ track, first, broken }: DrawingProps) {
  const { axis, density, spans, marks } = track;
  const x = (at: number): number => ((axis.places[at - first] ?? 0) / axis.length) * width;
  const peak = Math.max(1, ...density);
  const step = width / density.length;
  return (
    <svg
      viewBox={`0 0 ${width} 92`}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
      aria-hidden="true"
    >
      {axis.cuts.map(({ at }) => (
        <rect key={at} className="cut" x={x(at + first) - 1} width={2} y={0} height={base} />
      ))}
      {spans.map(({ phase, from, to }) => (
        <rect
          key={from}
          className={`phase phase-${phase}`}
          x={x(from)}
          width={Math.max(1, x(to) - x(from))}
          y={66}
          height={8}
        />
      ))}
      {density.map((events, i) => {
        if (events === 0) return null;
        // the smallest one is to be seen beside the largest one
        const height = Math.max(3, (events / peak) * bars);
        return (
          <rect
            key={i}
            className="density"
            x={i * step + 1}
            width={Math.max(1, step - 2)}
            y={base - height}
            height={height}
          />
        );
      })}
      {[...new Set(broken.map(({ at }) => at))].map((at) => (
        <polygon
          key={at}
          className="mark mark-broken"
          points={`${x(at) - 7},0 ${x(at) + 7},0 ${x(at) + 1.5},12 ${x(at) + 1.5},92 ${x(at) - 1.5},92 ${x(at) - 1.5},12`}
        />
      ))}
      {marks.map(({ at, kind }) => (
        <rect
          key={`${kind} ${at}`}
          className={`mark mark-${kind}`}
          x={x(at) - (kind === 'gap' ? 1.5 : 5)}
          width={kind === 'gap' ? 3 : 10}
          y={kind === 'gap' ? 0 : 79}
          height={kind === 'gap' ? 92 : 10}
        />
      ))}
    </svg>
  );
});
