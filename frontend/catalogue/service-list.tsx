import { Link } from 'wouter';
import { lasting } from '../../shared/kernel/time.ts';
import { incidentAddress, incidentsAddress } from '../app/addresses.ts';
import { SeverityBadge } from '../incidents/severity-badge.tsx';
import { stateWords } from '../incidents/words.ts';
import type { Catalogue } from './use-catalogue.ts';

export interface ServiceListProps {
  readonly services: Catalogue['items'];
  readonly now: number;
}

/** One line for each service: how it stands, and its last incident. */
export function ServiceList({ services, now }: ServiceListProps) {
  return (
    <ul className="card lines">
      {services.map((service) => (
        <li key={service.name}>
          <span className="sign">
            {service.worst === undefined ? (
              <span className="state resolved">Quiet</span>
            ) : (
              <SeverityBadge severity={service.worst} />
            )}
          </span>
          <span className="grow">
            <Link
              to={incidentsAddress({
                listing: service.open > 0 ? 'open' : 'resolved',
                service: service.name,
              })}
            >
              <strong>{service.name}</strong>
            </Link>
            <br />
            <span className={service.triggered > 0 ? '' : 'soft'}>{standing(service)}</span>
          </span>
          <LastIncident last={service.last} now={now} />
        </li>
      ))}
    </ul>
  );
}

function LastIncident({
  last,
  now,
}: Pick<ServiceListProps, 'now'> & Pick<Catalogue['items'][number], 'last'>) {
  return (
    <span className="grow last">
      <span className="soft">
        {last.name}, {lasting(now - Date.parse(last.openedAt))} ago, {stateWords[last.state].toLowerCase()}
      </span>
      <br />
      <Link to={incidentAddress(last.id)}>{last.title}</Link>
    </span>
  );
}

/** `2 open, 1 of them unanswered`. */
function standing({ open, triggered }: Catalogue['items'][number]): string {
  if (open === 0) return 'Nothing open';
  if (triggered === 0) return `${open} open, all acknowledged`;
  if (triggered === open) return open === 1 ? '1 open, nobody answered' : `${open} open, nobody answered any`;
  return `${open} open, ${triggered} of them unanswered`;
}
