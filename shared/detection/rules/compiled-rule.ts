import type { Rule } from '../rule.ts';
import { type Asked, keyOf } from './asked.ts';
import { type Condition, conditionText } from './condition.ts';
import { memberName } from './member.ts';
import type { Predicate, Predicates } from './predicate.ts';
import { readTemplate, type Template } from './template.ts';
import { readWhen } from './when.ts';

/** A rule that is ready to be asked. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly condition: Condition;
  readonly holds: Predicate;
  /** Whether it only sets what later rules go on with. */
  readonly continues: boolean;
  readonly sets: Readonly<Record<TextField, Template | undefined>>;
  /** Of a rule that counts members: which one the alert is of. */
  readonly memberOf?: (asked: Asked) => string;
  /** What it asks beside its pattern, in words. */
  readonly when?: string;
}

/** What a rule sets as texts that are filled from the alert. */
const textFields = ['service', 'title', 'groupingKey', 'runbook'] as const;
type TextField = (typeof textFields)[number];

/** The condition of a whole rule. */
export function conditionOf({ conditions }: Rule): Condition {
  const { alertPattern, when, members } = conditions;
  const named = members?.of?.map((member) => readWhen(member.when).condition);
  return {
    is: 'all',
    of: [
      ...(alertPattern === undefined ? [] : [{ is: 'occur', pattern: alertPattern } as const]),
      ...(when === undefined ? [] : [readWhen(when).condition]),
      ...(named ? [{ is: 'any', of: named } as const] : []),
      ...(members?.label === undefined ? [] : [{ is: 'there', subject: { label: members.label } } as const]),
    ],
  };
}

/** Makes a rule ready. */
export function compiledRule(rule: Rule, predicates: Predicates): CompiledRule {
  const condition = conditionOf(rule);
  const { when, members } = rule.conditions;
  const set = rule.actions.set ?? {};
  return {
    rule,
    condition,
    holds: predicates.of(condition),
    continues: rule.continue === true,
    sets: Object.fromEntries(
      textFields.map((name) => [
        name,
        set[name] === undefined ? undefined : readTemplate(set[name]).template,
      ]),
    ) as CompiledRule['sets'],
    ...(members && { memberOf: memberOf(members, predicates) }),
    ...(when !== undefined && { when: conditionText(readWhen(when).condition) }),
  };
}

type Members = NonNullable<Rule['conditions']['members']>;

function memberOf({ of = [], label }: Members, predicates: Predicates): (asked: Asked) => string {
  if (label !== undefined) return (asked) => memberName(asked.value(keyOf({ label })));
  const named = of.map(({ name, when }) => ({ name, holds: predicates.of(readWhen(when).condition) }));
  return (asked) => named.find(({ holds }) => holds(asked))?.name ?? '';
}

/** A template filled from an alert; absent without a template. */
export const filled = (template: Template | undefined, asked: Asked): string | undefined =>
  template?.map((part) => (typeof part === 'string' ? part : asked.value(keyOf(part)))).join('');
