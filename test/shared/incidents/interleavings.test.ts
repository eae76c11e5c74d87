import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ControlFact,
  decideIncident,
  evolveIncident,
  type Incident,
  type IncidentCommand,
} from '../../../shared/incidents/index.ts';
import { type Instant, Refusal } from '../../../shared/kernel/index.ts';
import { ann, inc, incidentAfter, minutes, opened, org } from '../../support/given.ts';

/** A log whose head only moves at the version that was read, as the table guards it. */
class GuardedLog {
  head: Incident = incidentAfter(opened());
  readonly facts: ControlFact[] = [];

  commit(version: number, facts: readonly ControlFact[], now: Instant): boolean {
    if (version !== this.head.version) return false;
    const recorded = { org, incidentId: inc, actor: ann, recordedAt: now };
    this.head = facts.reduce((incident, fact) => evolveIncident(incident, fact, recorded), this.head);
    this.facts.push(...facts);
    return true;
  }
}

/** One worker: load, decide, commit; whoever loses loads again. Each `yield` is a point at which others may run. */
function* worker(log: GuardedLog, command: IncidentCommand, now: Instant): Generator<undefined, void> {
  for (;;) {
    yield;
    const { head } = log;
    yield;
    const facts = decide(head, command, now);
    if (facts.length === 0 || log.commit(head.version, facts, now)) return;
  }
}

function decide(head: Incident, command: IncidentCommand, now: Instant): readonly ControlFact[] {
  try {
    return decideIncident(head, command, now);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** Runs the workers to their end; each number of the schedule says which of those still at work goes on. */
function interleave(log: GuardedLog, commands: readonly IncidentCommand[], schedule: Iterator<number>): void {
  let running = commands.map((command) => worker(log, command, minutes(5)));
  while (running.length > 0) {
    const next = running[(schedule.next().value ?? 0) % running.length];
    if (next?.next().done) running = running.filter((each) => each !== next);
  }
}

const acknowledge = { do: 'acknowledge' } as const;
const resolve = { do: 'resolve', reason: 'alerts-resolved', at: minutes(5) } as const;
const timer = {
  do: 'escalate',
  generation: 1,
  step: 1,
  level: 1,
  targets: [{ person: 'ann', channel: 'email' }],
  next: { step: 2, dueAt: minutes(10) },
} as const;

const schedules = fc.infiniteStream(fc.nat({ max: 5 }));
const typesOf = (log: GuardedLog) => log.facts.map(({ type }) => type);

describe('[F36] an acknowledgement in the same millisecond as the timer', () => {
  it('ends as acked and no page, or as paged and then acked, in all interleavings', () => {
    const seen = new Set<string>();
    // Each worker has at most six points; twelve binary choices cover every order of two.
    for (let order = 0; order < 2 ** 12; order++) {
      const log = new GuardedLog();
      interleave(log, [acknowledge, timer], [...order.toString(2).padStart(12, '0')].map(Number).values());
      expect(log.head.state).toBe('acknowledged');
      seen.add(typesOf(log).join(' then '));
    }
    expect([...seen].sort()).toEqual([
      'incident.acknowledged',
      'incident.escalated then incident.acknowledged',
    ]);
  });

  it('[F21] takes a step once, however many timers fire', () => {
    fc.assert(
      fc.property(schedules, fc.integer({ min: 2, max: 6 }), (schedule, timers) => {
        const log = new GuardedLog();
        interleave(
          log,
          Array.from({ length: timers }, () => timer),
          schedule,
        );
        expect(typesOf(log)).toEqual(['incident.escalated']);
      }),
    );
  });
});

describe('[F17] whatever the order of answers, timers and the resolve', () => {
  it('ends resolved, with no step after the end', () => {
    fc.assert(
      fc.property(
        schedules,
        fc.shuffledSubarray([acknowledge, resolve, timer, timer], { minLength: 4 }),
        (schedule, commands) => {
          const log = new GuardedLog();
          interleave(log, commands, schedule);
          const types = typesOf(log);
          expect(log.head.state).toBe('resolved');
          expect(log.head).not.toHaveProperty('next');
          expect(types.indexOf('incident.resolved')).toBe(types.length - 1);
        },
      ),
      { numRuns: 500 },
    );
  });
});
