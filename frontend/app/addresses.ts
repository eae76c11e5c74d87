import { severities } from '../../shared/alerts/severity.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Wanted } from '../incidents/listing.ts';

/** The address of an incident's page. */
export const incidentAddress = (id: IncidentId): string => `/incidents/${id}`;

/** The address of a list of incidents; what the list shows anyhow is left out. */
export function incidentsAddress({ listing, severity }: Wanted): string {
  const asked = new URLSearchParams({
    ...(listing !== 'open' && { state: listing }),
    ...(severity !== undefined && { severity }),
  });
  return asked.size === 0 ? '/incidents' : `/incidents?${asked}`;
}

/** What the query of such an address asks for; what is not understood asks for nothing. */
export function wantedIn(search: string): Wanted {
  const asked = new URLSearchParams(search);
  const severity = severities.find((one) => one === asked.get('severity'));
  return { listing: asked.get('state') === 'resolved' ? 'resolved' : 'open', severity };
}
