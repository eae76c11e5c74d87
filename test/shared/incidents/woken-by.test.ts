import { describe, expect, it } from 'vitest';
import {
  type ControlFact,
  decideIncident,
  evolveIncident,
  firstStep,
  type Incident,
  type IncidentCommand,
} from '../../../shared/incidents/index.ts';
import { fromOutside } from '../../../shared/kernel/index.ts';
import { ann, inc, minutes, opened, org } from '../../support/given.ts';

/** The incident after these commands, each caused by a request of its own and recorded under the next number. */
function incidentBy(first: ControlFact, ...commands: readonly IncidentCommand[]): Incident {
  let seq = 0;
  let incident: Incident | undefined;
  const record = (fact: ControlFact, request: number) => {
    const recorded = { org, incidentId: inc, actor: ann, recordedAt: minutes(1) };
    const cause = fromOutside(`request-${request}`);
    incident = evolveIncident(incident, fact, { ...recorded, id: `fct_${++seq}`, cause });
  };
  record(first, 0);
  for (const [i, command] of commands.entries())
    for (const fact of decideIncident(incident, command, minutes(1))) record(fact, i + 1);
  if (!incident) throw new Error('There is no incident');
  return incident;
}

const escalate = (step: number, generation = 1): IncidentCommand => ({
  ...{ do: 'escalate', generation, step, level: step, targets: [] },
  next: { step: step + 1, dueAt: minutes(step + 1) },
});

describe('what the steps of an escalation are because of', () => {
  it('is the fact that opened the incident, however many steps follow', () => {
    const byOpening = { wokenBy: { id: 'fct_1', depth: 2 } };
    expect(incidentBy(opened())).toMatchObject(byOpening);
    const steps = Array.from({ length: 20 }, (_, i) => escalate(i + 1));
    expect(incidentBy(opened(), ...steps)).toMatchObject({ ...byOpening, step: 20 });
    const forward = { do: 'bring-forward', generation: 1, step: 1, after: 2 } as const;
    expect(incidentBy(opened(), escalate(1), forward)).toMatchObject(byOpening);
  });

  it('is the fact that made it urgent, or that opened it again', () => {
    const quiet = opened({ severity: 'P4_LOW' });
    expect(incidentBy(quiet)).not.toHaveProperty('wokenBy');
    expect(incidentBy(quiet, { do: 'change-severity', to: 'P1_CRITICAL' })).toMatchObject({
      wokenBy: { id: 'fct_2', depth: 2 },
    });
    const again: readonly IncidentCommand[] = [
      { do: 'resolve', reason: 'person', at: minutes(1) },
      { do: 'reopen', reason: 'person', at: minutes(1) },
    ];
    expect(incidentBy(opened(), ...again, escalate(1, 2))).toMatchObject({
      wokenBy: { id: 'fct_3', depth: 2 },
    });
  });

  it('is not known of an incident that a version before opened, and nothing else is missing', () => {
    const fact = opened();
    const before = evolveIncident(undefined, fact, {
      org,
      incidentId: inc,
      actor: ann,
      recordedAt: minutes(0),
    });
    expect(before).not.toHaveProperty('wokenBy');
    expect(before).toMatchObject({ next: firstStep('P1_CRITICAL', minutes(0)) });
  });
});
