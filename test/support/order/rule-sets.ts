import { ruleSchema } from '../../../shared/detection/index.ts';

const grouping = ruleSchema.parse({ id: 'group', name: 'By service' });
const counting = ruleSchema.parse({
  id: 'count',
  name: 'Three',
  conditions: { threshold: 3, timeWindow: 180 },
});
const setting = ruleSchema.parse({
  id: 'set',
  name: 'What is set',
  continue: true,
  conditions: { when: '@title=~"c.*"' },
  actions: { set: { severity: 'P2_HIGH', service: 'edge' }, urgency: 'low' },
});
const dropping = ruleSchema.parse({
  id: 'drop',
  name: 'Drops',
  conditions: { when: { all: ['severity at most P5', { not: '@service="edge"' }] } },
  actions: { drop: true },
});
const suppressing = ruleSchema.parse({
  id: 'suppress',
  name: 'Suppresses',
  conditions: { when: '@severity="P4"' },
  actions: { suppress: true },
});
const members = ruleSchema.parse({
  id: 'members',
  name: 'Two of three',
  conditions: {
    members: {
      of: ['a', 'b', 'd'].map((name) => ({ name, when: { field: 'title', matches: `${name} .*` } })),
      atLeast: 2,
    },
    timeWindow: 180,
  },
});
const held = ruleSchema.parse({
  id: 'held',
  name: 'Held',
  conditions: { minDuration: 120 },
  group: { window: 3_600, reopen: 1_200 },
  actions: { cooldown: 3_600 },
});

const fixed = ruleSchema.parse({ id: 'fixed', name: 'Fixed windows', group: { mode: 'fixed', window: 960 } });

const severe = ruleSchema.parse({
  id: 'severe',
  name: 'Severe ones apart',
  conditions: { when: 'severity at least P2' },
});
const ending = ruleSchema.parse({
  id: 'ending',
  name: 'Ending by themselves',
  conditions: { when: '@severity="P3"' },
  actions: { autoResolve: 600 },
});
const severeCounted = ruleSchema.parse({
  id: 'severe-counted',
  name: 'Two severe ones',
  conditions: { when: 'severity at least P2', threshold: 2, timeWindow: 180 },
});

/** Rules under which order and repetition must not matter: those that group, that count, whose windows are fixed, that ask, set, hold and keep quiet, and that end what is not told again. */
export const ruleSets = [
  [grouping],
  [counting, grouping],
  [fixed],
  [setting, dropping, suppressing, members, held],
  [severe, grouping],
  [severeCounted, suppressing, grouping],
  [severe, suppressing, fixed],
  [ending, severe, grouping],
  [ending, suppressing, fixed],
] as const;

/** Those that are tried each day also where it takes long. */
export const commonRuleSets = [...ruleSets.slice(0, 4), ruleSets[5]] as const;
