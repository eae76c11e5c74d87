import { severities } from '../../shared/alerts/severity.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { listings, type Wanted } from '../incidents/listing.ts';
import type { Part } from '../publishing/parts.ts';

/** The address of an incident's page. */
export const incidentAddress = (id: IncidentId): string => `/incidents/${id}`;

/** The address of the replay of an incident's room. */
export const replayAddress = (id: IncidentId): string => `/incidents/${id}/replay`;

/** The address of the timeline of an incident. */
export const timelineAddress = (id: IncidentId): string => `/incidents/${id}/timeline`;

/** The address of the post-mortem of an incident. */
export const postmortemAddress = (id: IncidentId): string => `/incidents/${id}/post-mortem`;

/** The address of a list of incidents; what the list shows anyhow is left out. */
export function incidentsAddress({ listing, severity, service, text }: Wanted): string {
  const asked = new URLSearchParams({
    ...(listing !== 'open' && { state: listing }),
    ...(severity !== undefined && { severity }),
    ...(service !== undefined && { service }),
    ...(text !== undefined && { text }),
  });
  return asked.size === 0 ? '/incidents' : `/incidents?${asked}`;
}

/** What the query of such an address asks for; what is not understood asks for nothing. */
export function wantedIn(search: string): Wanted {
  const asked = new URLSearchParams(search);
  const words = (name: string) => asked.get(name)?.trim().slice(0, 100) || undefined;
  return {
    listing: listings.find((one) => one === asked.get('state')) ?? 'open',
    severity: severities.find((one) => one === asked.get('severity')),
    service: words('service'),
    text: words('text'),
  };
}

/** The address of the page of who is on call, at a policy where one is named. */
export function onCallAddress(policy?: string): string {
  return policy === undefined ? '/on-call' : `/on-call?${new URLSearchParams({ policy })}`;
}

/** The address of the page of who is mailed about the status page. */
export const subscribersAddress = '/status/subscribers';

/** The address of a part of the management of the status page. */
export const statusAddress = (part: Part): string => (part === '' ? '/status' : `/status/${part}`);

/** The address of a runbook's page. */
export const runbookAddress = (id: string): string => `/runbooks/${encodeURIComponent(id)}`;

/** The address at which a runbook is changed. */
export const runbookEditAddress = (id: string): string => `${runbookAddress(id)}/edit`;

/** The address at which a new runbook is written; no runbook may have this name. */
export const newRunbookAddress = '/runbooks/new';

/** The address of the clusters that runbooks may reach; no runbook may have this name. */
export const clustersAddress = '/runbooks/clusters';

/** The address of a run. */
export const runAddress = (id: string): string => `/runs/${id}`;

/** The address of the rules that are in force. */
export const rulesAddress = '/rules';

/** The address at which rules are drafted and tried, at a rule where one is named. */
export function ruleDraftAddress(rule?: string): string {
  const address = `${rulesAddress}/draft`;
  return rule === undefined ? address : `${address}?${new URLSearchParams({ rule })}`;
}
