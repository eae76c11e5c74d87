import { Link } from 'wouter';
import { lasting } from '../../shared/kernel/time.ts';
import { incidentAddress } from '../app/addresses.ts';
import { SeverityBadge } from '../incidents/severity-badge.tsx';
import { AimText } from './aim-text.tsx';
import { behindAddress } from './asked.ts';
import type { Dashboard, MetricsIncident } from './use-dashboard.ts';

export interface OpenListProps {
  readonly open: Dashboard['open'];
  /** Milliseconds since the answer. */
  readonly passed: number;
}

/** What is open now, the closest to its target first, counted on each second. */
export function OpenList({ open, passed }: OpenListProps) {
  return (
    <section className="card" aria-labelledby="open-now">
      <h2 id="open-now">
        Open now: <Link to={behindAddress(open.incidents)}>{open.total}</Link>
      </h2>
      {open.total === 0 && <p className="soft">Nothing is open.</p>}
      <ul className="open-now">
        {open.items.slice(0, 8).map((incident) => (
          <Open key={incident.id} incident={incident} passed={passed} />
        ))}
      </ul>
      {open.total > 8 && <p className="soft">The 8 closest to their target are shown.</p>}
    </section>
  );
}

function Open({ incident, passed }: { readonly incident: MetricsIncident; readonly passed: number }) {
  const { id, name, title, severity, durations, targets } = incident;
  const soFar = durations.mttr?.soFarMs;
  return (
    <li>
      <span className="sign">
        <SeverityBadge severity={severity} />
      </span>
      <span className="grow">
        <Link to={incidentAddress(id)}>
          {name} <bdi>{title}</bdi>
        </Link>
        <span className="aims">
          {soFar !== undefined && <span className="soft">{lasting(soFar + passed)} so far</span>}
          {durations.mtta?.state === 'pending' && (
            <AimText measure="mtta" aim={targets.mtta} passed={passed} />
          )}
          <AimText measure="mttr" aim={targets.mttr} passed={passed} />
        </span>
      </span>
    </li>
  );
}
