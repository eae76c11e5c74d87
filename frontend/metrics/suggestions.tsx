import { Link } from 'wouter';
import { behindAddress } from './asked.ts';
import type { Dashboard } from './use-dashboard.ts';

/** What stands out, each with its incidents. */
export function Suggestions({ suggestions }: Pick<Dashboard, 'suggestions'>) {
  return (
    <section className="card" aria-labelledby="suggestions">
      <h2 id="suggestions">What stands out</h2>
      {suggestions.length === 0 && (
        <p className="soft">Nothing, or there are too few incidents to say so: it takes ten of a kind.</p>
      )}
      <ul className="suggestions">
        {suggestions.map(({ text, n, incidents }) => (
          <li key={text}>
            {text}{' '}
            <Link to={behindAddress(incidents)}>
              {n === 1 ? 'The incident' : `The ${n} incidents`}
              <span className="unseen"> of: {text}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
