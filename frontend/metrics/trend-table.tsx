import { measures } from '../../shared/metrics/measures.ts';
import { bucketWords } from './bucket-words.ts';
import { CountCell, MedianCell } from './median-cell.tsx';
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
                    <CountCell total={bucket.total} list={bucket.incidents} />
                    <MedianCell {...{ medianMs, n, list }} />
                  </tr>
                );
              })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
