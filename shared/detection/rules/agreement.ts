import type * as z from 'zod';
import type { actions } from './actions.ts';
import type { conditions } from './conditions.ts';
import type { group } from './group.ts';

interface Parts {
  readonly conditions: z.output<typeof conditions>;
  readonly group: z.output<typeof group>;
  readonly actions: z.output<typeof actions>;
  readonly continue?: boolean | undefined;
}

/** What does not go together in one rule, and where. */
export interface Clash {
  readonly path: readonly string[];
  readonly message: string;
}

/** What of one rule contradicts the rest of it. */
export const clashesIn = (rule: Parts): readonly Clash[] => [
  ...ofCounting(rule),
  ...ofActions(rule),
  ...(rule.continue === true ? ofContinuing(rule) : []),
];

function ofCounting({ conditions, group }: Parts): readonly Clash[] {
  const { threshold, members, timeWindow } = conditions;
  const clashes: Clash[] = [];
  if (members && threshold > 1)
    clashes.push({
      path: ['conditions', 'members'],
      message: 'members and a threshold above 1 both count; give one of them',
    });
  const isCounting = members !== undefined || threshold > 1;
  if (isCounting && group.mode === 'fixed')
    clashes.push({
      path: ['group', 'mode'],
      message: 'Alerts are counted over a sliding window, which fixed ones would cut; give rolling',
    });
  const [name, reach] = group.reopen === undefined ? ['window', group.window] : ['reopen', group.reopen];
  if (isCounting && reach < timeWindow)
    clashes.push({
      path: ['group', name as string],
      message: `group.${name} must be at least conditions.timeWindow when ${members ? 'members are counted' : 'threshold is above 1'}`,
    });
  return clashes;
}

function ofActions({ conditions, actions }: Parts): readonly Clash[] {
  const { set = {}, assignToTeam, runbook, suppress, drop, createIncident } = actions;
  const twice = (path: readonly string[], one: unknown, other: unknown, names: string): readonly Clash[] =>
    one === undefined || other === undefined || one === other
      ? []
      : [{ path, message: `${names} say two things; give one of them` }];
  const keepsQuiet = suppress === true || drop === true || !createIncident;
  const waits = (['cooldown', 'urgency'] as const).filter((name) => actions[name] !== undefined);
  return [
    ...twice(
      ['actions', 'set', 'severity'],
      set.severity,
      conditions.severity,
      'conditions.severity and actions.set.severity',
    ),
    ...twice(['actions', 'set', 'team'], set.team, assignToTeam, 'actions.assignToTeam and actions.set.team'),
    ...twice(['actions', 'set', 'runbook'], set.runbook, runbook, 'actions.runbook and actions.set.runbook'),
    ...(suppress === true && drop === true
      ? [
          {
            path: ['actions', 'drop'],
            message: 'What is dropped is not recorded as suppressed; give suppress or drop',
          },
        ]
      : []),
    ...(keepsQuiet && waits.length > 0
      ? [
          {
            path: ['actions', waits[0] ?? ''],
            message: 'Without an incident nothing pages that this could hold back',
          },
        ]
      : []),
  ];
}

/** A rule after which others are tried sets what they go on with, and decides nothing itself. */
function ofContinuing({ conditions, actions }: Parts): readonly Clash[] {
  const wrong: readonly (readonly [isThere: boolean, ...path: string[]])[] = [
    [conditions.threshold > 1, 'conditions', 'threshold'],
    [conditions.members !== undefined, 'conditions', 'members'],
    [!actions.createIncident, 'actions', 'createIncident'],
    [actions.suppress === true, 'actions', 'suppress'],
    [actions.drop === true, 'actions', 'drop'],
    [actions.cooldown !== undefined, 'actions', 'cooldown'],
  ];
  return wrong.flatMap(([isThere, ...path]) =>
    isThere
      ? [{ path, message: 'A rule with continue: true only sets things; the rule that decides says this' }]
      : [],
  );
}
