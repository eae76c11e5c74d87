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
import { commandsInTime } from '../../support/arbitrary-incident.ts';
import { ann, inc, incidentAfter, opened, org } from '../../support/given.ts';

interface Step {
  readonly before: Incident;
  readonly command: IncidentCommand;
  readonly facts: readonly ControlFact[];
  readonly after: Incident;
}

/** What a refused command does to an incident: nothing. Any other error is a fault of the decider. */
function decided(before: Incident, command: IncidentCommand, now: Instant): readonly ControlFact[] {
  try {
    return decideIncident(before, command, now);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function run(
  commands: readonly { readonly command: IncidentCommand; readonly now: Instant }[],
): readonly Step[] {
  let before = incidentAfter(opened());
  return commands.map(({ command, now }) => {
    const facts = decided(before, command, now);
    const recorded = { org, incidentId: inc, actor: ann, recordedAt: now };
    const after = facts.reduce((incident, fact) => evolveIncident(incident, fact, recorded), before);
    const step = { before, command, facts, after };
    before = after;
    return step;
  });
}

const always = (holds: (step: Step) => void) =>
  fc.assert(
    fc.property(commandsInTime, (commands) => {
      for (const step of run(commands)) holds(step);
    }),
    { numRuns: 500 },
  );

const own = {
  triggered: ['state', 'next', 'step'],
  acknowledged: ['state', 'acknowledgedAt', 'acknowledgedBy'],
  resolved: ['state', 'resolvedAt', 'resolvedBy', 'mergedInto'],
} as const;

describe('whatever is commanded, in whatever order', () => {
  it('throws nothing but refusals, and repeating a command at once does nothing', () => {
    fc.assert(
      fc.property(commandsInTime, (commands) => {
        for (const { command, after } of run(commands)) {
          if (command.do === 'absorb') continue;
          expect(decided(after, command, after.updatedAt)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('moves the version by one with each control fact and by nothing else', () => {
    always(({ before, facts, after }) => expect(after.version).toBe(before.version + facts.length));
  });

  it('[M12] never escalates, acknowledges or wakes for what is resolved', () => {
    always(({ before, command, facts }) => {
      if (before.state !== 'resolved') return;
      if (command.do === 'escalate' || command.do === 'acknowledge') expect(facts).toEqual([]);
    });
  });

  it('takes each step of a generation at most once, and only while nobody has answered', () => {
    fc.assert(
      fc.property(commandsInTime, (commands) => {
        const taken = new Set<string>();
        for (const { before, facts } of run(commands)) {
          for (const fact of facts) {
            if (fact.type !== 'incident.escalated') continue;
            const name = `${fact.data.generation} ${fact.data.step}`;
            expect(before.state).toBe('triggered');
            expect(taken).not.toContain(name);
            taken.add(name);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leaves nothing of the state before', () => {
    always(({ after }) => {
      const foreign = Object.entries(own)
        .filter(([state]) => state !== after.state)
        .flatMap(([, names]) => names.filter((name) => name !== 'state'));
      for (const name of foreign) expect(after).not.toHaveProperty(name);
    });
  });

  it('lets the generation grow only by reopening, and wakes nobody for a deleted incident', () => {
    always(({ before, facts, after }) => {
      const reopened = facts.filter(({ type }) => type === 'incident.reopened').length;
      expect(after.generation).toBe(before.generation + reopened);
      if (after.deletedAt !== undefined) expect(after).not.toHaveProperty('next');
    });
  });
});
