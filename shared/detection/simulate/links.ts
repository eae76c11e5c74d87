import type { SimulatedIncident } from './outcome.ts';

/** Which incidents of one rule set have an alert in common with which of the other, at the same time. */
export interface Links {
  readonly ofActive: ReadonlyMap<SimulatedIncident, readonly SimulatedIncident[]>;
  readonly ofDraft: ReadonlyMap<SimulatedIncident, readonly SimulatedIncident[]>;
}

/**
 * Finds them by their alerts: an alert is mostly in few incidents, so that takes a time linear in the alerts. Two that each are as one
 * of the other set have nothing to do with each other, though an alert went from the one to the other.
 */
export function linksOf(active: readonly SimulatedIncident[], draft: readonly SimulatedIncident[]): Links {
  const same = sameIn(active, draft);
  const byAlert = new Map<string, SimulatedIncident[]>();
  for (const incident of active) for (const alert of incident.alerts) added(byAlert, alert, incident);
  const ofActive = new Map<SimulatedIncident, SimulatedIncident[]>();
  const ofDraft = new Map<SimulatedIncident, SimulatedIncident[]>();
  for (const incident of draft) {
    const others = new Set(incident.alerts.flatMap((alert) => byAlert.get(alert) ?? []));
    for (const other of others) {
      const isOther = same.get(incident) !== other && same.has(incident) && same.has(other);
      if (isOther || !overlap(incident, other)) continue;
      added(ofDraft, incident, other);
      added(ofActive, other, incident);
    }
  }
  return { ofActive, ofDraft };
}

type Sames = ReadonlyMap<SimulatedIncident, SimulatedIncident>;

/** What opened at one time with the same alerts in the end, in both directions; of several, those of one group first. */
function sameIn(active: readonly SimulatedIncident[], draft: readonly SimulatedIncident[]): Sames {
  const same = new Map<SimulatedIncident, SimulatedIncident>();
  const beginning = ({ openedAt, alerts }: SimulatedIncident) => `${openedAt} ${alerts.toSorted().join(' ')}`;
  for (const nameOf of [(one: SimulatedIncident) => `${one.rule} ${one.key} ${beginning(one)}`, beginning]) {
    const left = Map.groupBy(
      active.filter((one) => !same.has(one)),
      nameOf,
    );
    for (const incident of draft.filter((one) => !same.has(one))) {
      const other = left.get(nameOf(incident))?.shift();
      if (other) same.set(incident, other).set(other, incident);
    }
  }
  return same;
}

function added<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

const overlap = (a: SimulatedIncident, b: SimulatedIncident): boolean =>
  a.openedAt <= (b.endedAt ?? Number.POSITIVE_INFINITY) &&
  b.openedAt <= (a.endedAt ?? Number.POSITIVE_INFINITY);
