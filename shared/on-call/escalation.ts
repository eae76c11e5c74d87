import type { Incident, IncidentCommand, NextStep, Target, Triggered } from '../incidents/index.ts';
import { type Duration, type Instant, SECOND } from '../kernel/index.ts';
import type { Person } from './person.ts';
import { firstReached, placesFrom } from './places.ts';
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
 * Takes the due step of an incident's escalation. Levels that reach nobody are passed over at once; when none is left, or there
 * is no policy, the administrators are paged as level 0. The next step is due by the previous due time, unless
 * that would be past already.
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
  return {
    do: 'escalate',
    command: {
      do: 'escalate',
      generation,
      step: next.step,
      ...page(incident, next, now, policy, people, administrators),
    },
  };
}

/** Whether the due step finds nobody in what is left of the policy, so that only the administrators can be paged. */
export function reachesNobody(
  incident: Incident,
  policy: Policy | undefined,
  people: readonly Person[],
): boolean {
  const isDue = incident.state === 'triggered' && incident.next !== undefined;
  return isDue && firstReached(placesFrom(incident.next.step, policy), people) === -1;
}

/**
 * The step after one that was taken and reached this level, which may be a later one than the step's own; undefined after the
 * last resort, when nobody else can be paged. Where the policy has no such level any more, the administrators come.
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

type Paged = Pick<EscalateCommand, 'level' | 'targets' | 'skipped' | 'next' | 'after'>;

/** Step n stands for the n-th place in the levels laid out one after another, `repeat` times again. */
function page(
  incident: Triggered,
  due: NextStep,
  now: Instant,
  policy: Policy | undefined,
  people: readonly Person[],
  administrators: readonly Person[],
): Paged {
  const places = placesFrom(due.step, policy);
  const known = new Set(people.map(({ id }) => id));
  const reached = firstReached(places, people);
  const passed = (reached === -1 ? places : places.slice(0, reached)).map(({ number }) => number);
  const skipped = passed.length > 0 && { skipped: [...new Set(passed)] };
  const place = places[reached];
  if (!place) return { level: 0, targets: targetsOf(administrators.map(({ id }) => id)), ...skipped };
  const after = places[reached + 1];
  const dueAt = nextDue(due, (incident.escalateAfter ?? place.level.delay) * SECOND, now);
  return {
    level: place.number,
    targets: targetsOf(place.level.targets.filter((id) => known.has(id))),
    ...skipped,
    ...(after ? { next: { step: after.step, dueAt } } : skipped && { after: place.step + 1 }),
  };
}

/** By the due time of the step before, unless that is past already: after an outage all levels would be paged at once. */
function nextDue({ dueAt }: NextStep, delay: Duration, now: Instant): Instant {
  return dueAt + delay < now ? now + delay : dueAt + delay;
}

function targetsOf(people: readonly string[]): readonly Target[] {
  return [...new Set(people)].map((person) => ({ person, channel: 'email' }));
}
