import { lasting } from '../../shared/kernel/time.ts';
import { measures } from '../../shared/metrics/measures.ts';
import type { Asked } from './asked.ts';
import { MeasureChoice } from './choices.tsx';
import { TrendPlot } from './trend-plot.tsx';
import { TrendTable } from './trend-table.tsx';
import type { Dashboard } from './use-dashboard.ts';

export interface TrendProps {
  readonly asked: Asked;
  readonly dashboard: Dashboard;
}

/** The medians of a measure by days or weeks, and where they are going. */
export function Trend({ asked, dashboard: { trend } }: TrendProps) {
  const { measure } = asked;
  const { short, name } = measures[measure];
  return (
    <section className="card" aria-labelledby="trend">
      <h2 id="trend">
        {short} by {trend.step} <span className="soft">{name}, median</span>
      </h2>
      <MeasureChoice asked={asked} label="Which measure" />
      <Slope slope={trend.slopes[measure]} short={short} />
      <TrendPlot trend={trend} measure={measure} />
      <TrendTable trend={trend} measure={measure} />
    </section>
  );
}

type SlopeView = Dashboard['trend']['slopes']['mttr'];

function Slope({ slope, short }: { readonly slope: SlopeView | undefined; readonly short: string }) {
  if (slope === undefined) return null;
  if (!slope.shown) return <p className="soft">No direction is told. {slope.why}</p>;
  const { direction, perWeekMs } = slope;
  if (direction === 'steady') return <p>{short} goes neither up nor down beyond chance.</p>;
  return (
    <p>
      {short} is <strong>{direction}</strong> by {lasting(Math.abs(perWeekMs))} a week.
    </p>
  );
}
