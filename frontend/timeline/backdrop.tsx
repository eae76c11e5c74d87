import { lasting } from '../../shared/kernel/time.ts';
import { type Drawing, measures } from '../../shared/timeline/drawing.ts';
import { laneNames } from '../../shared/timeline/event.ts';
import type { DrawnTimeline } from '../../shared/timeline/view.ts';

export interface BackdropProps {
  readonly drawing: Drawing;
  readonly timeline: DrawnTimeline;
}

/** A letter is some seven pixels wide: a name that does not fit into its bar stands in the list of phases alone. */
const LETTER = 7;

/** What lies behind the marks of the drawing: times, phases, silences and the names of the rows; all of it is told in words below too. */
export function Backdrop({ drawing, timeline }: BackdropProps) {
  const { ticks, phases, rows, height, width } = drawing;
  return (
    <g>
      {ticks.map(({ x, text }) => (
        <g key={x} className="tick">
          <line x1={x} x2={x} y1={measures.axis - 4} y2={height - 4} />
          <text x={x} y={measures.axis - 8}>
            {text}
          </text>
        </g>
      ))}
      {phases.map(({ name, x, y, width: long }) => (
        <g key={name} className={`phase ${name}`}>
          <title>{name}</title>
          <rect x={x} y={y} width={long} height={measures.phase} rx={3} />
          {name.length * LETTER + 8 <= long && (
            <text x={x + 4} y={y + 13}>
              {name}
            </text>
          )}
        </g>
      ))}
      <Silences drawing={drawing} timeline={timeline} />
      {rows.map(({ lane, y }) => (
        <g key={lane} className="row">
          <line x1={measures.margin} x2={width - measures.right} y1={y} y2={y} />
          <text x={measures.margin - 8} y={y + 4}>
            {laneNames[lane]}
          </text>
        </g>
      ))}
    </g>
  );
}

function Silences({ drawing: { gaps, height }, timeline }: BackdropProps) {
  const top = measures.axis + 2 * measures.phase + 4;
  return gaps.map(({ x, width, index }) => {
    const gap = timeline.gaps[index];
    return (
      <rect key={index} className="silence" x={x} y={top} width={width} height={height - top - 6}>
        <title>{gap && `Silence of ${lasting(gap.to - gap.from)}`}</title>
      </rect>
    );
  });
}
