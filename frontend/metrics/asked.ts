import { severities } from '../../shared/alerts/severity.ts';
import { DAY } from '../../shared/kernel/time.ts';
import { type Grouping, groupings } from '../../shared/metrics/grouping.ts';
import { type MeasureName, measureNames } from '../../shared/metrics/measures.ts';
import { isZone } from '../../shared/metrics/zone.ts';

/** How many days a window may have. */
export const windows = [7, 30, 90, 365] as const;

/** What the address of the dashboard asks for. */
export interface Asked {
  readonly days: (typeof windows)[number];
  /** What the plot and the table are about. */
  readonly measure: MeasureName;
  readonly by: Grouping;
  /** In whose calendar; absent is the reader's own. */
  readonly zone?: string | undefined;
  readonly severity?: string | undefined;
  readonly team?: string | undefined;
  readonly service?: string | undefined;
  readonly component?: string | undefined;
}

const usual: Asked = { days: 90, measure: 'mttr', by: 'severity' };

/** What an address asks for; what is not understood asks for nothing. */
export function askedIn(search: string): Asked {
  const asked = new URLSearchParams(search);
  const words = (name: string) => asked.get(name)?.trim().slice(0, 200) || undefined;
  const zone = words('zone');
  return {
    days: windows.find((one) => String(one) === asked.get('days')) ?? usual.days,
    measure: measureNames.find((one) => one === asked.get('measure')) ?? usual.measure,
    by: groupings.find((one) => one === asked.get('by')) ?? usual.by,
    zone: zone !== undefined && isZone(zone) ? zone : undefined,
    severity: severities.find((one) => one === asked.get('severity')),
    team: words('team'),
    service: words('service'),
    component: words('component'),
  };
}

/** The address of the dashboard; what it shows anyhow is left out. */
export function metricsAddress(asked: Asked): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(asked))
    if (value !== undefined && value !== usual[name as keyof Asked]) all.set(name, String(value));
  return all.size === 0 ? '/metrics' : `/metrics?${all}`;
}

/** The address of the page of the incidents behind a number, by that of their list in the API. */
export const behindAddress = (list: string): string => `/metrics/incidents?${list.split('?')[1] ?? ''}`;

/** The query of the dashboard. Its window ends with the minute, so that a look back asks for the same. */
export function queryOf({ days, zone, severity, team, service, component }: Asked, now: number) {
  const kinds = Object.entries({ severity, team, service, component }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    from: new Date(now - days * DAY).toISOString(),
    zone: zone ?? (isZone(own) ? own : 'UTC'),
    ...Object.fromEntries(kinds),
  };
}
