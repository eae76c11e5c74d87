import { knownSeverity, type Severity } from '../alerts/index.ts';
import { type IncidentState, isOpen, nameOf } from '../incidents/index.ts';
import type { IncidentId, Instant } from '../kernel/index.ts';
import { type Durations, durationsOf, headPoints, isMerged } from './durations.ts';
import type { Head } from './head.ts';
import type { MeasureName } from './measures.ts';
import { type TargetsVersion, targetsAt } from './target-history.ts';
import type { Targets } from './targets.ts';

/** What of an incident enters the metrics. */
export interface Sample {
  readonly id: IncidentId;
  readonly name: string;
  readonly title: string;
  readonly state: IncidentState;
  readonly open: boolean;
  readonly severity: Severity;
  readonly service?: string;
  /** The escalation policy that pages for it. */
  readonly team?: string;
  /** The components of the status page that it is about, by their ids. */
  readonly components: readonly string[];
  readonly openedAt: Instant;
  readonly points: ReturnType<typeof headPoints>;
  readonly durations: Durations;
  /** Those that held when it was opened: by them it is judged. */
  readonly targets: Targets;
}

/** What a sample is given besides its incident. */
export interface Setting {
  /** The policy of those that name none: the organisation's first. */
  readonly firstTeam?: string | undefined;
  /** The components of each service. */
  readonly componentsOf: ReadonlyMap<string, readonly string[]>;
  /** The targets as they were set, newest first. */
  readonly versions: readonly TargetsVersion[];
  readonly now: Instant;
}

/** Why an incident does not count; undefined when it does. */
export function leftOutAs(incident: Head): 'merged' | 'deleted' | undefined {
  if (incident.deletedAt !== undefined) return 'deleted';
  return isMerged(incident) ? 'merged' : undefined;
}

/** An incident as metrics see it. */
export function sampleOf(incident: Head, setting: Setting): Sample {
  const { id, title, state, service, openedAt } = incident;
  const team = incident.policy ?? setting.firstTeam;
  return {
    ...{ id, name: nameOf(incident), title, state, open: isOpen(incident), openedAt },
    severity: knownSeverity(incident.severity),
    ...(service !== undefined && { service }),
    ...(team !== undefined && { team }),
    components: (service === undefined ? undefined : setting.componentsOf.get(service)) ?? [],
    points: headPoints(incident),
    durations: durationsOf(incident, setting.now),
    targets: targetsAt(setting.versions, openedAt),
  };
}

/** The recorded length of a measure; undefined in every other state. */
export function recorded({ durations }: Sample, measure: MeasureName): number | undefined {
  const measured = durations[measure];
  return measured.state === 'recorded' ? measured.ms : undefined;
}
