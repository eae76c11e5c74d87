import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideIncident,
  evolveIncident,
  type Incident,
  type IncidentCommand,
  type NextStep,
} from '../../../shared/incidents/index.ts';
import { type Instant, SECOND } from '../../../shared/kernel/index.ts';
import {
  type EscalateCommand,
  nextEscalation,
  type Person,
  policySchema,
  reachesNobody,
  turnsOf,
} from '../../../shared/on-call/index.ts';
import { ann, inc, org, T0, triggered } from '../../support/given.ts';

const ids = ['ann', 'bob', 'cid', 'dan'];
const everybody: readonly Person[] = ids.map((id) => ({ id, name: id, email: `${id}@example.com` }));
const root: Person = { id: 'root', name: 'Root', email: 'root@example.com' };

const anyPolicy = fc
  .record({
    levels: fc.array(
      fc.record({
        targets: fc.subarray([...ids, 'gone'], { minLength: 1 }),
        delay: fc.integer({ min: 60, max: 3_600 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    repeat: fc.nat(3),
  })
  .map((policy) => policySchema.parse({ id: 'default', name: 'Default', ...policy }));

const anyPeople = fc.subarray([...everybody]);

/** Lets nobody answer: takes every step at `late` after it is due, until none is left. */
function escalateToTheEnd(
  policy: ReturnType<typeof policySchema.parse>,
  people: readonly Person[],
  late: (step: number) => number,
  between: (incident: Incident, now: Instant) => Incident = (incident) => incident,
): readonly { readonly command: EscalateCommand; readonly dueAt: Instant }[] {
  let incident: Incident = triggered();
  const steps: { command: EscalateCommand; dueAt: Instant }[] = [];
  while (incident.state === 'triggered' && incident.next) {
    const { step, dueAt }: NextStep = incident.next;
    const now: Instant = dueAt + late(step);
    const decided = nextEscalation(incident, policy, people, [root], now);
    if (decided.do !== 'escalate') throw new Error('A due step was not taken');
    steps.push({ command: decided.command, dueAt });
    incident = between(then(incident, decided.command, now), now);
  }
  return steps;
}

function then(incident: Incident, command: IncidentCommand, now: Instant): Incident {
  const recorded = { org, incidentId: inc, actor: ann, recordedAt: now };
  const facts = decideIncident(incident, command, now);
  return facts.reduce<Incident>((before, fact) => evolveIncident(before, fact, recorded), incident);
}

describe('an incident that nobody answers', () => {
  it('pages those in turn of whom the page of who is on call told', () => {
    fc.assert(
      fc.property(anyPolicy, anyPeople, (policy, people) => {
        const paged = escalateToTheEnd(policy, people, () => 0).map(({ command: { level, targets } }) => ({
          level,
          people: targets.map(({ person }) => person),
        }));
        const told = turnsOf(policy, people, [root]).map((turn) => ({
          level: turn.level,
          people: turn.people.map(({ id }) => id),
        }));
        expect(told).toEqual(paged);
      }),
    );
  });
  it('[F35] comes to an end after at most all levels and repetitions, and always pages somebody', () => {
    fc.assert(
      fc.property(anyPolicy, anyPeople, (policy, people) => {
        const steps = escalateToTheEnd(policy, people, () => 0);
        expect(steps.length).toBeLessThanOrEqual(policy.levels.length * (policy.repeat + 1));
        for (const { command } of steps) expect(command.targets.length).toBeGreaterThan(0);
      }),
    );
  });

  it('pages the administrators exactly when the policy reaches nobody, so only then they are looked up', () => {
    fc.assert(
      fc.property(anyPolicy, anyPeople, fc.integer({ min: 1, max: 25 }), (policy, people, step) => {
        const incident = triggered({ next: { step, dueAt: T0 } });
        const decided = nextEscalation(incident, policy, people, [root], T0);
        const catchAll = decided.do === 'escalate' && decided.command.level === 0;
        expect(reachesNobody(incident, policy, people)).toBe(catchAll);
      }),
    );
  });

  it('pages the people of the level that it names, nobody who does not exist', () => {
    fc.assert(
      fc.property(anyPolicy, anyPeople, (policy, people) => {
        for (const { command } of escalateToTheEnd(policy, people, () => 0)) {
          const level = policy.levels[command.level - 1];
          const allowed = level
            ? level.targets.filter((id) => people.some((each) => each.id === id))
            : ['root'];
          expect(command.targets.map(({ person }) => person)).toEqual([...new Set(allowed)]);
        }
      }),
    );
  });

  it('[F28] is escalated at the same times however late each step is taken, within the shortest delay of a level', () => {
    fc.assert(
      fc.property(anyPolicy, anyPeople, fc.infiniteStream(fc.nat(60 * SECOND)), (policy, people, delays) => {
        const late = escalateToTheEnd(policy, people, () => delays.next().value ?? 0);
        expect(late).toEqual(escalateToTheEnd(policy, people, () => 0));
        const times = late.map(({ dueAt }) => dueAt);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(times[0]).toBe(T0);
      }),
    );
  });

  it('is never paged level after level at once, however late a step is taken', () => {
    fc.assert(
      fc.property(anyPolicy, anyPeople, fc.nat(7_200 * SECOND), (policy, people, lateness) => {
        const steps = escalateToTheEnd(policy, people, () => lateness);
        const next = steps.flatMap(({ command, dueAt }) =>
          command.next ? [command.next.dueAt - (dueAt + lateness)] : [],
        );
        expect(next.every((rest) => rest >= 0)).toBe(true);
      }),
    );
  });

  it('pages the same levels in the same order when its severity falls between two steps and rises again', () => {
    fc.assert(
      fc.property(anyPolicy, anyPeople, (policy, people) => {
        const fallsAndRises = (incident: Incident, now: Instant): Incident => {
          if (incident.state !== 'triggered' || !incident.next) return incident;
          const { severity } = incident;
          const fallen = then(incident, { do: 'change-severity', to: 'P5_INFO' }, now);
          return then(fallen, { do: 'change-severity', to: severity }, now);
        };
        const paged = (between?: typeof fallsAndRises) =>
          escalateToTheEnd(policy, people, () => 0, between).map(({ command: { step, level, targets } }) => ({
            step,
            level,
            targets,
          }));
        expect(paged(fallsAndRises)).toEqual(paged());
      }),
    );
  });

  it('names each step once, counting up', () => {
    fc.assert(
      fc.property(anyPolicy, anyPeople, (policy, people) => {
        const steps = escalateToTheEnd(policy, people, () => 0).map(({ command }) => command.step);
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      }),
    );
  });
});
