import { matches, type Subject } from './matcher.ts';
import { type Holder, isAbout } from './quiet.ts';

/** An alert that fires, and the incident that it is in. */
export interface FiringAlert extends Subject {
  readonly fingerprint: string;
  readonly incident: string;
}

/** How many alerts that fire a silence or maintenance window is about, and in how many open incidents they are. */
export function touchedBy(
  quiet: Holder,
  alerts: readonly FiringAlert[],
): { readonly alerts: number; readonly incidents: number } {
  const about = alerts.filter((alert) => isAbout(quiet, alert));
  return {
    alerts: new Set(about.map(({ fingerprint }) => fingerprint)).size,
    incidents: new Set(about.map(({ incident }) => incident)).size,
  };
}

/** Whether it seems to be about alerts of an incident, by the service of that: such incidents are looked at first. */
export function seemsAbout(quiet: Holder, service: string | undefined): boolean {
  const fields = service === undefined ? {} : { service };
  if (quiet.kind !== 'silence') return isAbout(quiet, { labels: {}, fields });
  return quiet.matchers.every(
    (matcher) => matcher.name !== 'service' || matches(matcher, { labels: {}, fields }),
  );
}
