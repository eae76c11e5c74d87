import type { IncidentId, Instant, OrganisationId } from '../kernel/index.ts';

/** Asks on-call to take a step of an incident's escalation when it is due. Named by (incident, generation, step). */
export interface EscalateMessage {
  readonly kind: 'escalate';
  readonly org: OrganisationId;
  readonly incident: IncidentId;
  readonly generation: number;
  readonly step: number;
  readonly dueAt: Instant;
}

/** Asks on-call to carry out a delivery intent. Named by (incident, generation, step, person, channel). */
export interface DeliverMessage {
  readonly kind: 'deliver';
  readonly org: OrganisationId;
  readonly incident: IncidentId;
  readonly generation: number;
  readonly step: number;
  readonly person: string;
  readonly channel: string;
}
