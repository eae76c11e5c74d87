import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../../shared/detection/index.ts';
import { world } from '../../../support/detection-world.ts';
import { signal } from '../../../support/signals.ts';

/** As the first description of the system has it. */
const seed = {
  id: 'custom-database-rule',
  name: 'Database Connection Failures',
  description: 'Detect when database connections start failing',
  enabled: true,
  conditions: {
    alertPattern: 'database.*connection.*fail',
    threshold: 3,
    timeWindow: 180,
    severity: 'P1_CRITICAL',
  },
  actions: {
    createIncident: true,
    assignToTeam: 'database-team',
    escalateAfter: 300,
    runbook: 'database-connection-failure-runbook',
  },
};

const failing = (name: string, at: number) =>
  signal(name, 'firing', at, { title: `Database ${name}: connections fail` });

describe('the rule of the first description', () => {
  it('is parsed as it is, and nothing is added that an earlier version would not know', () => {
    const rule = ruleSchema.parse(seed);
    expect(rule).toEqual({ ...seed, group: { by: ['service'], window: 1_200 } });
  });

  it('[M13] opens when three distinct alerts fired within three minutes', () => {
    const here = world(ruleSchema.parse(seed));
    here.receive(0, failing('a', 0));
    here.receive(60, failing('a', 60), failing('b', 60), signal('c', 'resolved', 61));
    expect(here.incidents()).toEqual([]);
    here.receive(170, failing('c', 170));
    expect(here.incidents()).toEqual(['triggered P1_CRITICAL generation 1 pages']);
    const [incident] = here.memory.incidents.values();
    expect(incident).toMatchObject({
      policy: 'database-team',
      escalateAfter: 300,
      runbook: 'database-connection-failure-runbook',
    });
  });

  it('takes a cooldown, as the seed does', () => {
    const rule = ruleSchema.parse({ ...seed, actions: { ...seed.actions, cooldown: 1_800 } });
    expect(rule.actions.cooldown).toBe(1_800);
  });
});
