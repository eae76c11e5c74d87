import { ruleSchema } from '../../../shared/detection/index.ts';

const grouping = ruleSchema.parse({ id: 'group', name: 'By service' });
const counting = ruleSchema.parse({
  id: 'count',
  name: 'Three',
  conditions: { threshold: 3, timeWindow: 180 },
});

/** Rules under which order and repetition must not matter: those that group, and those that also count. */
export const ruleSets = [[grouping], [counting, grouping]] as const;
