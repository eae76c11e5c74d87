import type { SimulatedIncident } from './outcome.ts';

/** Which incidents of one rule set have an alert in common with which of the other, at the same time. */
export interface Links {
  readonly ofActive: ReadonlyMap<SimulatedIncident, readonly SimulatedIncident[]>;
  readonly ofDraft: ReadonlyMap<SimulatedIncident, readonly SimulatedIncident[]>;
}

/** Finds them by their alerts: an alert is mostly in few incidents, so that takes a time linear in the alerts. */
export function linksOf(active: readonly SimulatedIncident[], draft: readonly SimulatedIncident[]): Links {
  const byAlert = new Map<string, SimulatedIncident[]>();
  for (const incident of active) for (const alert of incident.alerts) added(byAlert, alert, incident);
  const ofActive = new Map<SimulatedIncident, SimulatedIncident[]>();
  const ofDraft = new Map<SimulatedIncident, SimulatedIncident[]>();
  for (const incident of draft) {
    const others = new Set(incident.alerts.flatMap((alert) => byAlert.get(alert) ?? []));
    for (const other of others) {
      if (!overlap(incident, other)) continue;
      added(ofDraft, incident, other);
      added(ofActive, other, incident);
    }
  }
  return { ofActive, ofDraft };
}

function added<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

const overlap = (a: SimulatedIncident, b: SimulatedIncident): boolean =>
  a.openedAt <= (b.endedAt ?? Number.POSITIVE_INFINITY) &&
  b.openedAt <= (a.endedAt ?? Number.POSITIVE_INFINITY);
