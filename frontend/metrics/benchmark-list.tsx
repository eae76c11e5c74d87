import { lasting } from '../../shared/kernel/time.ts';
import type { Dashboard } from './use-dashboard.ts';

/** Published figures, where they are from, and how theirs differ from ours. */
export function BenchmarkList({ benchmarks }: Pick<Dashboard, 'benchmarks'>) {
  return (
    <section className="card" aria-labelledby="benchmarks">
      <h2 id="benchmarks">Benchmarks</h2>
      {benchmarks.map(({ id, title, source, link, published, measures, differs, bands, ours }) => (
        <div key={id} className="benchmark">
          <h3>{title}</h3>
          <dl className="properties">
            {bands.map(({ name, words }) => (
              <div key={name} className="band" data-ours={ours?.band === name || undefined}>
                <dt>{name}</dt>
                <dd>
                  {words}
                  {ours?.band === name && ` (your median, ${lasting(ours.medianMs)}, n = ${ours.n})`}
                </dd>
              </div>
            ))}
          </dl>
          {ours === undefined && <p className="soft">Yours is not compared: there are fewer than ten.</p>}
          <p className="soft">
            {measures} {differs}
          </p>
          <p className="soft">
            <a href={link} rel="noreferrer">
              {source}
            </a>
            , published {published}.
          </p>
        </div>
      ))}
    </section>
  );
}
