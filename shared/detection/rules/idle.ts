import type { Rule } from '../rule.ts';
import type { Clash } from './agreement.ts';
import { group } from './group.ts';

/**
 * What of a rule would do nothing, and what to do instead. It is asked when a configuration is given and not when it is read: no
 * rule that is stored stops counting for it.
 */
export const idleIn = (rule: Rule): readonly Clash[] => [
  ...(rule.continue === true ? ofContinuing(rule) : []),
  ...(makesNone(rule) ? ofQuiet(rule) : []),
];

const makesNone = ({ actions: { suppress, drop, createIncident } }: Rule): boolean =>
  suppress === true || drop === true || !createIncident;

/** Whether a field is there, and its place. */
type Field = readonly [isThere: boolean, ...path: string[]];

const faults = (fields: readonly Field[], message: string): readonly Clash[] =>
  fields.flatMap(([isThere, ...path]) => (isThere ? [{ path, message }] : []));

const usual = JSON.stringify(group.parse({}));

const ofContinuing = (rule: Rule): readonly Clash[] => {
  const idle = faults(
    [
      [JSON.stringify(rule.group) !== usual, 'group'],
      [rule.actions.autoResolve !== undefined, 'actions', 'autoResolve'],
    ],
    'Of a rule with continue: true this does nothing; give it to the rule that decides, or set a groupingKey to group',
  );
  return idle.length > 0 || setsAny(rule) ? idle : [{ path: ['continue'], message: SETS_NOTHING }];
};

const SETS_NOTHING =
  'A rule with continue: true only sets what the rules after it go on with, and this one sets nothing: give it severity, minDuration, set, assignToTeam, escalateAfter, runbook or urgency, or leave it out';

/** Whether the rules after it go on with anything of this one. */
const setsAny = ({ conditions, actions }: Rule): boolean =>
  [
    ...[conditions.severity, conditions.minDuration, actions.assignToTeam, actions.escalateAfter],
    ...[actions.runbook, actions.urgency, ...Object.values(actions.set ?? {})],
  ].some((one) => one !== undefined);

const ofQuiet = ({ conditions, actions }: Rule): readonly Clash[] =>
  faults(
    [
      [conditions.threshold > 1, 'conditions', 'threshold'],
      [conditions.members !== undefined, 'conditions', 'members'],
      [conditions.minDuration !== undefined, 'conditions', 'minDuration'],
      [actions.assignToTeam !== undefined, 'actions', 'assignToTeam'],
      [actions.escalateAfter !== undefined, 'actions', 'escalateAfter'],
      [actions.runbook !== undefined, 'actions', 'runbook'],
      [actions.drop === true && actions.autoResolve !== undefined, 'actions', 'autoResolve'],
      ...(['team', 'runbook', 'groupingKey'] as const).map(
        (name): Field => [actions.set?.[name] !== undefined, 'actions', 'set', name],
      ),
    ],
    'A rule that opens no incident keeps each alert quiet by itself, and pages nobody: leave this out, or let the rule open incidents',
  );
