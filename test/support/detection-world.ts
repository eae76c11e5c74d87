import type { Signal } from '../../shared/alerts/index.ts';
import { defaultCorrelation, type Rule, ruleSchema, ServiceGraph } from '../../shared/detection/index.ts';
import type { Service } from '../../shared/incidents/index.ts';
import { DetectionMemory } from './detection-memory.ts';
import { epoch, post } from './signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });

/** A world with these rules, its incidents in words, and how to move it. Times in seconds. */
export function world(...rules: readonly Rule[]) {
  return worldOf(new DetectionMemory(rules.length > 0 ? rules : [byService]));
}

/** The same, with services that depend on each other. */
export function worldWith(services: readonly Service[], ...rules: readonly Rule[]) {
  const correlating = { graph: new ServiceGraph(services), settings: defaultCorrelation };
  return worldOf(new DetectionMemory(rules.length > 0 ? rules : [byService], { correlating }));
}

function worldOf(memory: DetectionMemory) {
  return {
    memory,
    receive: (at: number, ...signals: readonly Signal[]) =>
      memory.receive([post(...signals)], epoch + at * 1_000),
    relate: (at: number) => memory.relate(epoch + at * 1_000),
    settle: (at: number) => memory.settle(epoch + at * 1_000),
    incidents: () =>
      [...memory.incidents.values()].map(
        ({ state, severity, generation, ...rest }) =>
          `${state} ${severity} generation ${generation}${'mergedInto' in rest ? ' merged' : ''}${'next' in rest ? ' pages' : ''}`,
      ),
  };
}
