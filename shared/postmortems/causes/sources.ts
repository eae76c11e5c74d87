import type { Change } from '../../alerts/index.ts';
import type { LoggedFact } from '../../incidents/index.ts';
import type { IncidentId, Instant } from '../../kernel/index.ts';
import type { Timeline } from '../../timeline/index.ts';

/** Another incident, as far as it may say something about this one. */
export interface OtherIncident {
  readonly id: IncidentId;
  readonly name: string;
  readonly title: string;
  readonly service?: string;
  readonly openedAt: Instant;
  readonly resolvedAt?: Instant;
  /** What its own post-mortem, when it is done, says of the cause. */
  readonly cause?: string;
}

/** What the causes of an incident are looked for in. */
export interface CauseSources {
  readonly timeline: Timeline;
  readonly facts: readonly LoggedFact[];
  readonly changes: readonly Change[];
  /** The labels of its alerts, as far as they are known. */
  readonly labels: readonly Readonly<Record<string, string>>[];
  /** What each service needs, by name. */
  readonly dependsOn: ReadonlyMap<string, readonly string[]>;
  /** Those that were open around the same time. */
  readonly others: readonly OtherIncident[];
  /** Earlier ones of the same service. */
  readonly past: readonly OtherIncident[];
}

/** How far below a service another one is: 0 for itself, 1 for what it needs, and so on; undefined when it does not need it. */
export function distanceTo(
  service: string,
  other: string,
  dependsOn: CauseSources['dependsOn'],
): number | undefined {
  const seen = new Set([service]);
  let level = [service];
  for (let distance = 0; level.length > 0; distance++) {
    if (level.includes(other)) return distance;
    level = level.flatMap((one) => dependsOn.get(one) ?? []).filter((one) => !seen.has(one));
    for (const one of level) seen.add(one);
  }
  return undefined;
}
