import type { Rule } from '../rule.ts';
import { Asked, keyOf, type Received } from './asked.ts';
import type { Match } from './conclusion.ts';
import { subjectText } from './subject.ts';
import { readTemplate, type Template } from './template.ts';

/** What a rule's template of grouping asks for that an alert does not have: its key has nothing in that place. */
export interface GroupingGap {
  readonly rule: Rule;
  /** As the template names them, such as `{host}`. */
  readonly missing: readonly string[];
}

interface Grouping {
  readonly rule: Rule;
  readonly template: Template;
}

/** The templates of grouping with places to fill, by the rules that may set them: that rule itself, or one that has later ones go on. */
const groupings = (rules: readonly Rule[]): readonly Grouping[] =>
  rules.flatMap((rule) => {
    const { groupingKey } = rule.actions.set ?? {};
    const { template } = groupingKey === undefined ? {} : readTemplate(groupingKey);
    return template?.some((part) => typeof part !== 'string') ? [{ rule, template }] : [];
  });

/** Says of alerts what the key of their group lacks, by these rules. */
export function groupingGapsOf(rules: readonly Rule[]) {
  const all = groupings(rules);
  return (received: Received, match: Match): GroupingGap | undefined => {
    if (all.length === 0 || !match.key.startsWith('key=')) return undefined;
    const asked = new Asked(received);
    asked.set(match);
    const own = all.findLast(
      ({ rule, template }) =>
        (rule.id === match.rule.id || rule.continue === true) &&
        `key=${filledBy(template, asked).trim()}` === match.key,
    );
    const missing = own ? missingIn(own.template, asked) : [];
    return own && missing.length > 0 ? { rule: own.rule, missing } : undefined;
  };
}

const filledBy = (template: Template, asked: Asked): string =>
  template.map((part) => (typeof part === 'string' ? part : asked.value(keyOf(part)))).join('');

const missingIn = (template: Template, asked: Asked): readonly string[] =>
  template.flatMap((part) =>
    typeof part === 'string' || asked.value(keyOf(part)) !== '' ? [] : [`{${subjectText(part)}}`],
  );
