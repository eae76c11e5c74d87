import { Link } from 'wouter';
import { lasting } from '../../shared/kernel/time.ts';
import { measures } from '../../shared/metrics/measures.ts';
import { behindAddress } from './asked.ts';
import { bucketWords } from './bucket-words.ts';
import type { TrendPlotProps } from './trend-plot.tsx';

/** The plot as a table, folded until somebody wants it. */
export function TrendTable({ trend: { buckets, step }, measure }: TrendPlotProps) {
  return (
    <details>
      <summary>As a table</summary>
      <div className="sideways">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{step === 'week' ? 'Week' : 'Day'}</th>
              <th scope="col">Incidents</th>
              <th scope="col">{measures[measure].short}, median</th>
            </tr>
          </thead>
          <tbody>
            {buckets
              .filter(({ total }) => total > 0)
              .map((bucket) => {
                const { n = 0, medianMs } = bucket.medians[measure] ?? {};
                const list = `${bucket.incidents}&${new URLSearchParams({ measure, state: 'recorded' })}`;
                return (
                  <tr key={bucket.from}>
                    <th scope="row">{bucketWords(bucket, step)}</th>
                    <td>
                      <Link to={behindAddress(bucket.incidents)}>{bucket.total}</Link>
                    </td>
                    <td>
                      {medianMs === undefined ? (
                        <span className="soft">none</span>
                      ) : (
                        <Link to={behindAddress(list)}>
                          {lasting(medianMs)} <span className="n">n = {n}</span>
                        </Link>
                      )}
                    </td>
                  </tr>
                );
              })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
