import { Link } from 'wouter';
import type { IncidentId } from '../../../shared/kernel/index.ts';
import { incidentAddress } from '../../app/addresses.ts';
import type { Named } from './use-named.ts';

export interface NamedLinkProps {
  readonly id: string;
  readonly named: Named;
  /** Its number alone. @default false */
  readonly isBrief?: boolean;
}

/** A link to another incident, by its number and title as soon as they are known. */
export function NamedLink({ id, named, isBrief = false }: NamedLinkProps) {
  const incident = named.get(id);
  return (
    <Link to={incidentAddress(id as IncidentId)}>
      {incident === undefined ? (
        'Another incident'
      ) : (
        <>
          {incident.name}
          {!isBrief && (
            <>
              {' '}
              <bdi>{incident.title}</bdi>
            </>
          )}
        </>
      )}
    </Link>
  );
}
