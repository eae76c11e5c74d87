import type { Change } from '../../../shared/alerts/index.ts';
import {
  type ControlFact,
  evolveIncident,
  type Incident,
  type IncidentFact,
  knownFact,
  type LoggedFact,
  viewFact,
} from '../../../shared/incidents/index.ts';
import { type Actor, type Instant, idOf, system } from '../../../shared/kernel/index.ts';
import type { TimelineSources } from '../../../shared/timeline/index.ts';
import { ann, inc, minutes, opened, org } from '../../support/given.ts';

export const bob: Actor = { kind: 'person', id: 'bob', name: 'Bob' };

type Bare<F> = F extends { type: infer T; data: infer D } ? { readonly type: T; readonly data: D } : never;

/** A fact of a log that is told minute by minute: when, what, and who. */
export type Told = readonly [minute: number, fact: Bare<IncidentFact>, actor?: Actor];

/** The log of facts that each happened in this minute and were learned then. */
export function logOf(...told: readonly Told[]): readonly LoggedFact[] {
  return told.map(([minute, fact, actor = ann], i) => {
    const at = minutes(minute);
    const place = { id: `fct_${i + 1}`, org, incidentId: inc, seq: i + 1, recordedAt: at, actor };
    return { ...fact, occurredAt: at, ...place } as LoggedFact;
  });
}

const control = (fact: LoggedFact): fact is LoggedFact & ControlFact =>
  fact.type.startsWith('incident.') &&
  fact.type !== 'incident.noted' &&
  knownFact(viewFact(fact)) !== undefined;

/** What a timeline is made of: a log that begins with an incident that was opened. */
export function sourcesOf(
  facts: readonly LoggedFact[],
  more: Partial<TimelineSources> = {},
): TimelineSources {
  const incident = facts
    .filter(control)
    .reduce<Incident | undefined>((before, fact) => evolveIncident(before, fact, fact), undefined);
  if (!incident) throw new Error('The log opens no incident');
  return {
    incident,
    facts,
    changes: [],
    pages: [],
    nameOf: (id) => ({ ann: 'Ann', bob: 'Bob' })[id],
    ...more,
  };
}

export const openedFact = (data = {}) => ({ type: 'incident.opened', data: opened(data).data }) as const;
export const acknowledged = { type: 'incident.acknowledged', data: { generation: 1 } } as const;
export const mitigated = { type: 'incident.mitigated', data: { generation: 1 } } as const;
export const resolved = { type: 'incident.resolved', data: { generation: 1, reason: 'person' } } as const;
export const said = (text: string) => ({ type: 'room.said', data: { text } }) as const;

export const alert = (minute: number, state: 'firing' | 'resolved', fingerprint = 'a') => ({
  fingerprint,
  state,
  title: 'Latency',
  severity: 'P1_CRITICAL' as const,
  at: minutes(minute),
});
export const alerts = (...entries: ReturnType<typeof alert>[]) =>
  ({ type: 'alerts.changed', data: { why: '', entries } }) as const;
export const escalated = (step: number, skipped?: readonly number[]) =>
  ({
    type: 'incident.escalated',
    data: {
      ...{ generation: 1, step, level: step, targets: [{ person: 'ann', channel: 'email' as const }] },
      ...(skipped && { skipped }),
    },
  }) as const;

export function change(at: Instant, more: Partial<Change> = {}): Change {
  const id = idOf('change', at, JSON.stringify(more));
  const told = { recordedAt: at, recordedBy: system('ci') };
  return { id, kind: 'deployment', title: 'Checkout 4.2.0', at, ...told, ...more };
}
