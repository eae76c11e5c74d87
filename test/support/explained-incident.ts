import { explainIncident, type IncidentRecord } from '../../shared/detection/index.ts';
import type { ControlFact, LoggedFact, RoomFact } from '../../shared/incidents/index.ts';
import { type IncidentId, idOf, system } from '../../shared/kernel/index.ts';
import { pagingOf } from './explained.ts';
import { ann, inc, incidentAfter, minutes, org, T0 } from './given.ts';

/** What a log tells of an alert of this name. */
export const entry = (name: string, more: object = {}) =>
  ({
    fingerprint: name.repeat(64),
    state: 'firing',
    title: `${name} fails`,
    severity: 'P2_HIGH',
    at: T0,
    ...more,
  }) as const;
/** That these alerts joined, so many minutes after the beginning. */
export const joined = (
  at: number,
  reason: string,
  ...entries: readonly ReturnType<typeof entry>[]
): RoomFact => ({
  type: 'alerts.changed',
  occurredAt: minutes(at),
  data: { why: reason, entries },
});

const byPeople: ReadonlySet<string> = new Set(['incident.split']);

/** A log with these facts; each is the system's unless people alone do that, and written at its time. */
export const logOf = (facts: readonly (ControlFact | RoomFact)[], incidentId: IncidentId = inc) =>
  facts.map((fact, place) => ({
    ...fact,
    ...{ id: idOf('fact', T0, incidentId, String(place)), org, incidentId, seq: place + 1 },
    ...{
      recordedAt: 'recordedAt' in fact ? fact.recordedAt : fact.occurredAt,
      actor: byPeople.has(fact.type) ? ann : system('detection'),
    },
  })) as readonly LoggedFact[];

/** What is told of an incident with this log. */
export function explainedIncident(
  facts: readonly (ControlFact | RoomFact)[],
  more: Partial<IncidentRecord> = {},
) {
  const control = facts.filter((fact): fact is ControlFact => !fact.type.startsWith('alerts.'));
  const incident = { ...incidentAfter(...control), openedBy: system('detection') };
  const log = logOf(facts);
  return explainIncident({
    ...{ now: minutes(30), incident, facts: log, untold: 0, nameOf: (id) => id },
    paging: pagingOf(incident, log),
    ...more,
  });
}
