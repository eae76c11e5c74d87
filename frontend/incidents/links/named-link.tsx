import { Link } from 'wouter';
import type { IncidentId } from '../../../shared/kernel/index.ts';
import { incidentAddress } from '../../app/addresses.ts';
import type { Named } from './use-named.ts';

/** A link to another incident, by its number and title as soon as they are known. */
export function NamedLink({ id, named }: { readonly id: string; readonly named: Named }) {
  const incident = named.get(id);
  return (
    <Link to={incidentAddress(id as IncidentId)}>
      {incident === undefined ? (
        'Another incident'
      ) : (
        <>
          {incident.name} <bdi>{incident.title}</bdi>
        </>
      )}
    </Link>
  );
}
