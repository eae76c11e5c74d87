import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../shared/alerts/index.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const severe = ruleSchema.parse({
  ...{ id: 'severe', name: 'Severe', conditions: { when: 'severity at least P2' } },
});
const rest = ruleSchema.parse({ id: 'rest', name: 'The rest' });
const quiet = ruleSchema.parse({
  ...{ id: 'quiet', name: 'Quiet', conditions: { when: '@severity="P4"' } },
  actions: { suppress: true },
});

const time = (seconds: number) => epoch + seconds * 1_000;
const fires = (at: number, severity: Severity, until?: number) =>
  signal('a', 'firing', at, { severity, ...(until !== undefined && { until: time(until) }) });

function look(memory: DetectionMemory, seconds: number): void {
  memory.lapse(time(seconds));
  memory.settle(time(seconds));
}

/** How an alert's first incident stands at last when the alert had an end of its own, and is heard to have gone on as something else. */
function firstOne(rules: ConstructorParameters<typeof DetectionMemory>[0], heard: number) {
  const memory = new DetectionMemory(rules);
  memory.receive([post(fires(0, 'P1_CRITICAL', 240))], time(0));
  if (heard > 240) look(memory, 250);
  memory.receive([post(fires(50, 'P4_LOW'))], time(heard));
  for (const later of [500, 600, 4_000]) look(memory, later);
  return [...memory.incidents.values()][0]?.state;
}

describe('an alert that turns out to have gone on as something else', () => {
  it.each([
    ['that goes elsewhere', [severe, rest]],
    ['that a rule keeps without an incident', [quiet, rest]],
  ])('%s: its first incident is open, whether that was heard before its end or after', (_, rules) => {
    expect([60, 300].map((heard) => firstOne(rules, heard))).toEqual(['triggered', 'triggered']);
  });

  it('until a resolve that is known: its incidents end then, in whichever order that was heard', () => {
    const ends = [false, true].map((isLate) => {
      const memory = new DetectionMemory([severe, rest]);
      memory.receive([post(fires(0, 'P3_MEDIUM', 240))], time(0));
      if (isLate) look(memory, 250);
      else memory.receive([post(fires(175, 'P1_CRITICAL'))], time(175));
      memory.receive([post(signal('a', 'resolved', 270))], time(270));
      look(memory, 285);
      if (isLate) memory.receive([post(fires(175, 'P1_CRITICAL'))], time(290));
      look(memory, 310);
      return [...memory.guards.values()].flatMap(({ windows }) => windows.map(({ to }) => to));
    });
    expect(ends).toEqual([Array(2).fill(time(270)), Array(2).fill(time(270))]);
  });

  it('as something of low urgency: its incident is as urgent as it was', () => {
    const low = ruleSchema.parse({
      ...{ id: 'low', name: 'Low', actions: { urgency: 'low' }, conditions: { minDuration: 600 } },
    });
    const urgencies = [60, 300].map((heard) => {
      const memory = new DetectionMemory([severe, low]);
      memory.receive([post(fires(0, 'P1_CRITICAL', 240))], time(0));
      if (heard > 240) look(memory, 250);
      memory.receive([post(fires(50, 'P4_LOW'))], time(heard));
      look(memory, 500);
      const [head] = memory.heads.values();
      const first = head?.memberships.find(({ why }) => why.includes("'Severe'"));
      expect([first?.why, first?.minDuration]).toEqual([expect.any(String), undefined]);
      return [...memory.incidents.values()].map((one) => [one.state, one.urgency, 'next' in one]);
    });
    expect(urgencies[1]).toEqual(urgencies[0]);
    expect(urgencies[0]?.[0]).toEqual(['triggered', undefined, true]);
  });

  it('until it fired anew: its first incident ends when that does', () => {
    const memory = new DetectionMemory([severe, rest]);
    memory.receive([post(fires(0, 'P3_MEDIUM', 240))], time(0));
    look(memory, 250);
    memory.receive([post(fires(300, 'P1_CRITICAL', 480))], time(300));
    look(memory, 490);
    memory.receive([post(fires(100, 'P1_CRITICAL', 360))], time(495));
    look(memory, 510);
    const windows = [...memory.guards.values()].flatMap((guard) => guard.windows);
    expect(windows.map(({ to }) => to)).toEqual([time(480), time(480)]);
  });
});
