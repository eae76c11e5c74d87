import { conditionOf, type Rule } from '../detection/index.ts';

/** Whether a rule decides about every alert that comes to it, once it is on. */
function takesAll(rule: Rule): boolean {
  const condition = conditionOf(rule);
  return rule.continue !== true && condition.is === 'all' && condition.of.length === 0;
}

/** The place of the first rule that takes every alert; -1 where none does. */
export const catchAllOf = (rules: readonly Rule[]): number =>
  rules.findIndex((rule) => rule.enabled && takesAll(rule));

/**
 * Where a rule is put when nobody says: where the one of its id was; a new one last, but before the first that takes every alert,
 * behind which it would never be tried. One that takes every alert itself is last: it hides no other.
 */
export function usualPlace(rules: readonly Rule[], rule: Rule): number {
  const before = rules.findIndex(({ id }) => id === rule.id);
  if (before >= 0) return before;
  const catchAll = catchAllOf(rules);
  return catchAll < 0 || takesAll(rule) ? rules.length : catchAll;
}
