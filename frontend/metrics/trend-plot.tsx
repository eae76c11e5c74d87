import { useElementSize } from '@mantine/hooks';
import { scaleLinear } from 'd3-scale';
import { Link } from 'wouter';
import { lasting } from '../../shared/kernel/time.ts';
import type { MeasureName } from '../../shared/metrics/measures.ts';
import { behindAddress } from './asked.ts';
import { bucketWords, dayWords } from './bucket-words.ts';
import { lengthTicks, pathThrough } from './plot.ts';
import type { Dashboard } from './use-dashboard.ts';

type TrendView = Dashboard['trend'];

export interface TrendPlotProps {
  readonly trend: TrendView;
  readonly measure: MeasureName;
}

const [HEIGHT, BARS, LEFT, RIGHT, TOP, FOOT] = [280, 46, 56, 10, 10, 22];

/** A line of medians over bars that count incidents. What it shows is in the table below too, which the keyboard goes through. */
export function TrendPlot({ trend, measure }: TrendPlotProps) {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} className="plot">
      {width > 0 && <Drawing trend={trend} measure={measure} width={width} />}
    </div>
  );
}

function Drawing({ trend: { buckets, step }, measure, width }: TrendPlotProps & { readonly width: number }) {
  const bottom = HEIGHT - FOOT - BARS - 22;
  const longest = Math.max(...buckets.map(({ medians }) => medians[measure]?.medianMs ?? 0), 60_000);
  const most = Math.max(...buckets.map(({ total }) => total), 1);
  const y = scaleLinear([0, longest], [bottom, TOP]);
  const slot = (width - LEFT - RIGHT) / buckets.length;
  const middle = (place: number) => LEFT + (place + 0.5) * slot;
  const spots = buckets.map(({ medians }, place) => {
    const median = medians[measure]?.medianMs;
    return median === undefined ? undefined : { x: middle(place), y: y(median) };
  });
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      {lengthTicks(longest).map(({ at, words }) => (
        <g key={at} className="tick">
          <line x1={LEFT} x2={width - RIGHT} y1={y(at)} y2={y(at)} />
          <text x={LEFT - 6} y={y(at)} dy="0.32em" textAnchor="end">
            {words}
          </text>
        </g>
      ))}
      <Axis buckets={buckets} middle={middle} width={width} />
      {buckets.map(({ from, total }, place) => (
        <rect
          key={from}
          className="count-bar"
          x={middle(place) - slot * 0.35}
          width={slot * 0.7}
          y={HEIGHT - FOOT - (total / most) * BARS}
          height={(total / most) * BARS}
        />
      ))}
      <text className="note" x={LEFT - 6} y={HEIGHT - FOOT - BARS} dy="0.7em" textAnchor="end">
        {most}
      </text>
      <text className="note" x={LEFT - 6} y={HEIGHT - FOOT} textAnchor="end">
        count
      </text>
      <path className="line" d={pathThrough(spots)} />
      {spots.map((spot, place) => {
        const bucket = buckets[place];
        if (spot === undefined || bucket === undefined) return null;
        return <Dot key={bucket.from} {...{ bucket, step, measure, spot }} radius={slot < 10 ? 2 : 3.5} />;
      })}
    </svg>
  );
}

interface DotProps extends Pick<TrendPlotProps, 'measure'> {
  readonly bucket: TrendView['buckets'][number];
  readonly step: TrendView['step'];
  readonly spot: { readonly x: number; readonly y: number };
  /** Smaller where there are many. */
  readonly radius: number;
}

function Dot({ bucket, step, measure, spot, radius }: DotProps) {
  const { n = 0, medianMs = 0 } = bucket.medians[measure] ?? {};
  const words = `${bucketWords(bucket, step)}: ${lasting(medianMs)}, n = ${n}`;
  const list = `${bucket.incidents}&${new URLSearchParams({ measure, state: 'recorded' })}`;
  return (
    <Link to={behindAddress(list)} tabIndex={-1} aria-label={words}>
      <circle className="reach" cx={spot.x} cy={spot.y} r={10} />
      <circle className="dot" cx={spot.x} cy={spot.y} r={radius}>
        <title>{words}</title>
      </circle>
    </Link>
  );
}

interface AxisProps {
  readonly buckets: TrendView['buckets'];
  readonly middle: (place: number) => number;
  readonly width: number;
}

/** A day under every few buckets, as many as there is room for. */
function Axis({ buckets, middle, width }: AxisProps) {
  const every = Math.ceil(buckets.length / Math.max(2, Math.floor((width - LEFT) / 90)));
  return (
    <g className="tick">
      {buckets.map(({ from }, place) =>
        place % every === 0 && middle(place) < width - 30 ? (
          <text key={from} x={middle(place)} y={HEIGHT - 4} textAnchor="middle">
            {dayWords(from)}
          </text>
        ) : null,
      )}
    </g>
  );
}
