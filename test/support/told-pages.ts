import type { ControlFact, LoggedFact } from '../../shared/incidents/index.ts';
import { idOf } from '../../shared/kernel/index.ts';
import {
  type Delivery,
  type EscalationTold,
  escalationTold,
  type PagingRecord,
  planDeliveries,
} from '../../shared/on-call/index.ts';
import { ann, inc, incidentAfter, minutes, org, T0 } from './given.ts';

export const escalated = (step: number, person: string, more: object = {}): ControlFact => ({
  type: 'incident.escalated',
  occurredAt: minutes(step * 5),
  data: {
    ...{ generation: 1, step, level: step, targets: [{ person, channel: 'email' }] },
    next: { step: step + 1, dueAt: minutes(step * 5 + 5) },
    ...more,
  },
});
export const acknowledged = (at: number): ControlFact => ({
  type: 'incident.acknowledged',
  occurredAt: minutes(at),
  data: { generation: 1 },
});

export const recordOf = (
  facts: readonly ControlFact[],
  pages: readonly Delivery[] = [],
  more: Partial<PagingRecord> = {},
): PagingRecord => ({
  incident: incidentAfter(...facts),
  facts: facts.map((fact, place) => ({
    ...fact,
    ...{ id: idOf('fact', T0, String(place)), org, incidentId: inc, seq: place + 1 },
    ...{ recordedAt: fact.occurredAt, actor: ann },
  })) as readonly LoggedFact[],
  ...{ pages, policy: undefined, schedules: [] },
  nameOf: (id) => id.toUpperCase(),
  ...more,
});
export const toldOf = (...record: Parameters<typeof recordOf>) => escalationTold(recordOf(...record));
export const texts = (told: EscalationTold) => told.steps.flatMap(({ text, lines = [] }) => [text, ...lines]);

export const page = (person: string, step: number, became: object): Delivery => {
  const [planned] = planDeliveries(1, step, [{ person, channel: 'email' }]);
  return { ...planned, ...became } as Delivery;
};
export const sent = (person: string, step: number) =>
  page(person, step, { state: 'sent', sentAt: minutes(step * 5 + 1), providerId: 'x' });
