import { severities } from '../../shared/alerts/severity.ts';
import { DAY } from '../../shared/kernel/time.ts';
import { type Grouping, groupings } from '../../shared/metrics/grouping.ts';
import { type MeasureName, measureNames } from '../../shared/metrics/measures.ts';
import { isZone } from '../../shared/metrics/zone.ts';
import { boundsOf, type Range } from './range.ts';

/** How many days a window may have. */
export const windows = [7, 30, 90, 365] as const;

/** What the address of the dashboard asks for. */
export interface Asked {
  readonly days: (typeof windows)[number];
  /** From the first day to the last one, instead of so many days until now. */
  readonly range?: Range | undefined;
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
  const [from, to] = [words('from'), words('to')];
  return {
    range: from === undefined && to === undefined ? undefined : { from: from ?? '', to: to ?? '' },
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
export function metricsAddress({ range, ...asked }: Asked): string {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, ...range, ...(range && { days: undefined }) }))
    if (value !== undefined && value !== usual[name as keyof Asked]) all.set(name, String(value));
  return all.size === 0 ? '/metrics' : `/metrics?${all}`;
}

/** The address of the page of the incidents behind a number, by that of their list in the API. */
export const behindAddress = (list: string): string => `/metrics/incidents?${list.split('?')[1] ?? ''}`;

/** In whose calendar: as asked, else the reader's own. */
export function zoneAsked({ zone }: Pick<Asked, 'zone'>): string {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone ?? (isZone(own) ? own : 'UTC');
}

/** The query of the dashboard: a range as it is, else so many days until now. */
export function queryOf(asked: Asked, now: number) {
  const { days, range, severity, team, service, component } = asked;
  const kinds = Object.entries({ severity, team, service, component }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const zone = zoneAsked(asked);
  const bounds = range && boundsOf(range, zone);
  return {
    from: new Date(bounds?.from ?? now - days * DAY).toISOString(),
    ...(bounds && { to: new Date(bounds.to).toISOString() }),
    zone,
    ...Object.fromEntries(kinds),
  };
}
