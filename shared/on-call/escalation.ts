import type { Incident, IncidentCommand, NextStep, Target, Triggered } from '../incidents/index.ts';
import { type Duration, type Instant, SECOND } from '../kernel/index.ts';
import { type Person, targetOf } from './person.ts';
import { firstReached, isFor, lastResortAt, lastStep, type Place, placesFrom, reachedBy } from './places.ts';
import type { Policy } from './policy.ts';

export type EscalateCommand = Extract<IncidentCommand, { do: 'escalate' }>;

/** What is to be done now about an incident that may need somebody. */
export type Escalation =
  | { readonly do: 'escalate'; readonly command: EscalateCommand }
  | { readonly do: 'wait'; readonly until: Instant }
  | { readonly do: 'stop'; readonly why: 'acknowledged' | 'resolved' | 'deleted' | 'exhausted' };

/** The policy that an incident names, else the organisation's first; none when the one it names is gone. */
export function policyFor(
  incident: Pick<Incident, 'policy'>,
  policies: readonly Policy[],
): Policy | undefined {
  return incident.policy === undefined ? policies[0] : policies.find(({ id }) => id === incident.policy);
}

/**
 * Takes the due step of an incident's escalation, by its policy as it is at this instant. Levels that reach nobody, or are for
 * other severities, are passed over at once; when none is left, the last resort of the policy is paged as level 0, and without
 * one, or after it, the administrators. The next step is due by the previous due time, unless that would be past already.
 */
export function nextEscalation(
  incident: Incident,
  policy: Policy | undefined,
  people: readonly Person[],
  administrators: readonly Person[],
  now: Instant,
): Escalation {
  if (incident.deletedAt !== undefined) return { do: 'stop', why: 'deleted' };
  if (incident.state !== 'triggered') return { do: 'stop', why: incident.state };
  if (!incident.next) return { do: 'stop', why: 'exhausted' };
  if (now < incident.next.dueAt) return { do: 'wait', until: incident.next.dueAt };
  const { generation, next } = incident;
  const paged =
    page(incident, next, now, policy, people) ?? lastOf(incident, next, policy, people, administrators);
  return { do: 'escalate', command: { do: 'escalate', generation, step: next.step, ...paged } };
}

/** Whether the due step finds nobody in what is left of the policy, so that only the administrators can be paged. */
export function reachesNobody(
  incident: Incident,
  policy: Policy | undefined,
  people: readonly Person[],
): boolean {
  if (incident.state !== 'triggered' || incident.next === undefined) return false;
  const { step } = incident.next;
  const places = placesFrom(step, policy, incident.severity);
  return firstReached(places, people) === -1 && lastResortAt(step, policy, people) === undefined;
}

/**
 * The step after one that was taken and reached this level, which may be a later one than the step's own; undefined after the
 * last resort, when nobody else can be paged. Where the policy has no such level any more, its last resort or the
 * administrators come.
 */
export function stepAfter(
  step: number,
  level: number | undefined,
  policy: Policy | undefined,
): number | undefined {
  if (level === 0) return undefined;
  const places = placesFrom(step, policy);
  const reached = places.find(({ number }) => number === level);
  return (reached?.step ?? step + places.length) + 1;
}

type Paged = Pick<
  EscalateCommand,
  'level' | 'targets' | 'skipped' | 'otherSeverity' | 'laterFor' | 'next' | 'after'
>;

/** Step n stands for the n-th place in the levels laid out one after another, `repeat` times again; undefined when none is reached. */
function page(
  incident: Triggered,
  due: NextStep,
  now: Instant,
  policy: Policy | undefined,
  people: readonly Person[],
): Paged | undefined {
  const places = placesFrom(due.step, policy, incident.severity);
  const reached = firstReached(places, people);
  const place = places[reached];
  if (!place) return undefined;
  const skipped = numbersOf(places.slice(0, reached));
  const after = places[reached + 1];
  const dueAt = nextDue(due, (incident.escalateAfter ?? place.level.delay) * SECOND, now);
  return {
    level: place.number,
    targets: targetsOf(reachedBy(place.level, people)),
    ...passedOver(incident, due, policy, skipped, place.step),
    ...(after
      ? { next: { step: after.step, dueAt } }
      : (skipped.length > 0 || place.step > due.step) && { after: place.step + 1 }),
  };
}

/** The last resort of the policy, in place of the levels, of which none is reached; then, or without one, the administrators. */
function lastOf(
  incident: Triggered,
  { step, dueAt }: NextStep,
  policy: Policy | undefined,
  people: readonly Person[],
  administrators: readonly Person[],
): Paged {
  const skipped = numbersOf(placesFrom(step, policy, incident.severity));
  const told = passedOver(incident, { step, dueAt }, policy, skipped);
  const person = lastResortAt(step, policy, people);
  if (person) return { level: 0, targets: targetsOf([person]), ...told, after: lastStep(policy) + 1 };
  return { level: 0, targets: targetsOf(administrators), ...told };
}

/** What the record says of levels that were not paged: those that reach nobody, and those for other severities. */
function passedOver(
  { severity }: Triggered,
  { step }: NextStep,
  policy: Policy | undefined,
  skipped: readonly number[],
  reached = Number.POSITIVE_INFINITY,
): Pick<Paged, 'skipped' | 'otherSeverity' | 'laterFor'> {
  const others = placesFrom(step, policy).filter(({ level }) => !isFor(level, severity));
  const otherSeverity = numbersOf(others.filter((place) => place.step < reached));
  const later = others.filter((place) => place.step > reached);
  const laterFor = [...new Set(later.flatMap(({ level: { severities = [] } }) => severities))];
  return {
    ...(skipped.length > 0 && { skipped }),
    ...(otherSeverity.length > 0 && { otherSeverity }),
    ...(laterFor.length > 0 && { laterFor }),
  };
}

const numbersOf = (places: readonly Place[]): readonly number[] => [
  ...new Set(places.map(({ number }) => number)),
];

/** By the due time of the step before, unless that is past already: after an outage all levels would be paged at once. */
function nextDue({ dueAt }: NextStep, delay: Duration, now: Instant): Instant {
  return dueAt + delay < now ? now + delay : dueAt + delay;
}

function targetsOf(people: readonly Person[]): readonly Target[] {
  return people.map(targetOf);
}
