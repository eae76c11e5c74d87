import type { Severity } from '../alerts/index.ts';
import type { Actor, Cause, IncidentId, Instant, OrganisationId } from '../kernel/index.ts';

/** The next thing that happens by itself to an incident that nobody has answered. */
export interface NextStep {
  /** From 1; each step pages one level of the policy. */
  readonly step: number;
  readonly dueAt: Instant;
  /** The maintenance window that it waits for the end of, or the group of alerts that mute it. */
  readonly heldBy?: string;
}

/** Which alerts belong here: those of one correlation key. Absent on an incident that a person declared. */
export interface Correlation {
  /** The guard's key. */
  readonly hash: string;
  readonly rule: string;
  /** What people call the rule; absent where it was not noted. */
  readonly name?: string;
  /** The key in words, such as `service=checkout`. */
  readonly key: string;
}

/** That another incident may have to do with this one. */
export interface Related {
  readonly incident: IncidentId;
  /** By which people call it. */
  readonly number?: number;
  readonly why: string;
  /** How sure that is, from 0 to 1; absent when a person says so. */
  readonly score?: number;
  /** Why the two stay two; absent when a person says so, and where it was not noted. */
  readonly apart?: Apart;
}

/** What keeps two incidents apart that may have one cause. */
export const aparts = ['score', 'maintenance', 'declared'] as const;
export type Apart = (typeof aparts)[number];

/** The most that one head keeps. */
export const MOST_RELATED = 5;
export const MOST_REACHED = 12;

/** When each of these happened first; what is measured reads them from the head instead of the log. */
export interface Points {
  /** When we learned of it: its log began. */
  readonly detectedAt: Instant;
  readonly acknowledgedAt?: Instant;
  /** When the harm ended, by a person's word or because all alerts had cleared; a reopening takes it back. */
  readonly mitigatedAt?: Instant;
}

/** What is true of every incident, whatever its state. */
interface Common {
  readonly org: OrganisationId;
  readonly id: IncidentId;
  /** Moved by control facts only, by one for each. */
  readonly version: number;
  /** What people call it: INC-123. */
  readonly number: number;
  readonly title: string;
  /** What the alert or person that opened it said beside the title; at most 500 bytes. */
  readonly description?: string;
  readonly severity: Severity;
  readonly service?: string;
  /** The escalation policy's id; absent means the organisation's first policy. */
  readonly policy?: string;
  /** Seconds between levels, when the rule that opened it says so. */
  readonly escalateAfter?: number;
  readonly runbook?: string;
  readonly correlation?: Correlation;
  /** The incident from which a person split it off; absent also where an earlier version of the program did. */
  readonly splitFrom?: IncidentId;
  /** The service that the trouble seems to come from, where its alerts are of several. */
  readonly origin?: string;
  /** The other services whose alerts came into it because of what they need, at most MOST_REACHED. */
  readonly reached?: readonly string[];
  /** The latest incidents that may have to do with it, at most MOST_RELATED. */
  readonly related?: readonly Related[];
  /** What would page in it is of low urgency by a rule, so nobody is woken. */
  readonly urgency?: 'low';
  /** Other alerts may mute those that opened it: it is looked whether they do before its first page. */
  readonly mutable?: true;
  /** From 1; a reopening begins a new one. */
  readonly generation: number;
  /** When its first alert fired, or when it was declared. */
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  readonly updatedAt: Instant;
  readonly deletedAt?: Instant;
  /** Absent where an earlier version of the program opened it. */
  readonly points?: Points;
}

export interface Triggered extends Common {
  readonly state: 'triggered';
  /** Absent when nobody needs to be woken, or everybody was and nobody is left. */
  readonly next?: NextStep;
  /** The last escalation step taken in this generation. */
  readonly step: number;
  /** The step to go on with; absent when it is the one after `step`. A step that passes over levels stands for them too. */
  readonly after?: number;
  /** Severities for which more levels follow than were planned when the last step was taken. */
  readonly laterFor?: readonly Severity[];
  /** The fact that planned its first step, which is what all its steps are because of: their chain does not grow. */
  readonly wokenBy?: Cause;
}

export interface Acknowledged extends Common {
  readonly state: 'acknowledged';
  readonly acknowledgedAt: Instant;
  readonly acknowledgedBy: Actor;
}

export interface Resolved extends Common {
  readonly state: 'resolved';
  readonly resolvedAt: Instant;
  readonly resolvedBy: Actor;
  /** The incident that this one was merged into. */
  readonly mergedInto?: IncidentId;
  /** By which people call that. */
  readonly mergedIntoNumber?: number;
}

export type Incident = Triggered | Acknowledged | Resolved;

/** Whether nobody was paged yet of an incident that waits for somebody. */
export const awaitsFirstPage = (incident: Incident): incident is Triggered =>
  incident.state === 'triggered' && incident.step === 0;
export type IncidentState = Incident['state'];
export const incidentStates = [
  'triggered',
  'acknowledged',
  'resolved',
] as const satisfies readonly IncidentState[];

/** Whether somebody still has to work on it. */
export function isOpen<Known extends Pick<Incident, 'state'>>(
  incident: Known,
): incident is Exclude<Known, { readonly state: 'resolved' }> {
  return incident.state !== 'resolved';
}

/** How people name it. */
export function nameOf(incident: Pick<Incident, 'number'>): string {
  return `INC-${incident.number}`;
}
