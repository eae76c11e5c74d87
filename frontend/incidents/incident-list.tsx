import { Link } from 'wouter';
import { lasting } from '../../shared/kernel/time.ts';
import { incidentAddress } from '../app/addresses.ts';
import type { Listed } from './listed.ts';
import type { Listing } from './listing.ts';
import { NextStep } from './next-step.tsx';
import { SeverityBadge } from './severity-badge.tsx';
import { stateWords } from './words.ts';

export interface IncidentListProps {
  readonly incidents: Listed['items'];
  readonly listing: Listing;
  readonly now: number;
}

/** One line for each incident; the whole line leads to it. */
export function IncidentList({ incidents, listing, now }: IncidentListProps) {
  const last = listing === 'resolved' ? 'Resolved' : 'Next escalation';
  return (
    <div className="incidents">
      <div className="columns" aria-hidden="true">
        <span>Severity</span>
        <span>Incident</span>
        <span>Service</span>
        <span>State</span>
        <span>Age</span>
        <span>{last}</span>
      </div>
      <ul>
        {incidents.map((incident) => (
          <IncidentLine key={incident.id} incident={incident} last={last} now={now} />
        ))}
      </ul>
    </div>
  );
}

interface IncidentLineProps {
  readonly incident: Listed['items'][number];
  readonly last: string;
  readonly now: number;
}

function IncidentLine({ incident, last, now }: IncidentLineProps) {
  const { id, name, title, service, state, severity, openedAt } = incident;
  return (
    <li>
      <SeverityBadge severity={severity} />
      <span className="title">
        <span className="name">{name}</span> <Link to={incidentAddress(id)}>{title}</Link>
      </span>
      <span className="service">{service ?? <span className="soft">No service</span>}</span>
      <span className={`state ${state}`}>{stateWords[state]}</span>
      <span className="age">
        <span className="label">Age </span>
        <time dateTime={openedAt}>{lasting(now - Date.parse(openedAt))}</time>
      </span>
      <span className="next">
        <span className="label">{last} </span>
        <NextStep incident={incident} now={now} />
      </span>
    </li>
  );
}
