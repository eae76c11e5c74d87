import { RE2JS } from 're2js';
import { isWorse, type Severity } from '../../shared/alerts/index.ts';
import type { Received, Rule } from '../../shared/detection/index.ts';
import type { Condition } from '../../shared/detection/rules/condition.ts';
import type { Subject } from '../../shared/detection/rules/subject.ts';
import { readWhen } from '../../shared/detection/rules/when.ts';

/** What an alert says, as the plainest reading of rules sees it. */
interface Saying {
  readonly received: Received;
  readonly severity: Severity | undefined;
  readonly service: string | undefined;
  readonly title: string | undefined;
}

function valueIn({ received, ...said }: Saying, subject: Subject): string {
  const { signal, from } = received;
  if ('label' in subject)
    return Object.hasOwn(signal.labels, subject.label) ? (signal.labels[subject.label] ?? '') : '';
  switch (subject.field) {
    case 'severity':
      return said.severity ?? 'P3_MEDIUM';
    case 'source':
    case 'integration':
      return from[subject.field];
    case 'description':
      return signal.description ?? '';
    default:
      return said[subject.field] ?? '';
  }
}

/** What a pattern is asked of: a severity is written long and short. */
function formsOf(saying: Saying, subject: Subject): readonly string[] {
  const value = valueIn(saying, subject);
  const isSeverity = 'field' in subject && subject.field === 'severity';
  return isSeverity ? [value, value.slice(0, 2)] : [value];
}

/** Title and description, each by itself, as far as they are there. */
function wordsOf({ title = '', received: { signal } }: Saying): readonly string[] {
  const words = [title, signal.description ?? ''].filter((text) => text !== '');
  return words.length === 0 ? [''] : words;
}

/** Whether a condition holds: no index, no cache, and each pattern by the engine. */
export function holdsNaively(condition: Condition, saying: Saying): boolean {
  switch (condition.is) {
    case 'all':
      return condition.of.every((one) => holdsNaively(one, saying));
    case 'any':
      return condition.of.some((one) => holdsNaively(one, saying));
    case 'not':
      return !holdsNaively(condition.of, saying);
    case 'equal':
      return valueIn(saying, condition.subject) === condition.value;
    case 'match': {
      const pattern = RE2JS.compile(`^(?:${condition.pattern})$`);
      return formsOf(saying, condition.subject).some((text) => pattern.matcher(text).find());
    }
    case 'occur': {
      const pattern = RE2JS.compile(condition.pattern, RE2JS.CASE_INSENSITIVE);
      const texts = condition.subject ? formsOf(saying, condition.subject) : wordsOf(saying);
      return texts.some((text) => pattern.matcher(text).find());
    }
    case 'there': {
      const isSaid = 'field' in condition.subject && condition.subject.field === 'severity';
      return isSaid ? saying.severity !== undefined : valueIn(saying, condition.subject) !== '';
    }
    case 'severity': {
      const severity = saying.severity ?? 'P3_MEDIUM';
      return condition.at === 'least'
        ? !isWorse(condition.than, severity)
        : !isWorse(severity, condition.than);
    }
  }
}

/** The rule that takes an alert, and the severity it gets, by trying each in order. Sets of plain texts only. */
export function matchNaively(rules: readonly Rule[], received: Received) {
  const { severity, service, title } = received.signal;
  let saying: Saying = { received, severity, service, title };
  for (const { id, enabled, conditions, actions, ...rule } of rules) {
    const isPattern =
      conditions.alertPattern === undefined ||
      holdsNaively({ is: 'occur', pattern: conditions.alertPattern }, saying);
    const when = conditions.when === undefined || holdsNaively(readWhen(conditions.when).condition, saying);
    if (!enabled || !isPattern || !when) continue;
    saying = {
      ...saying,
      ...(conditions.severity && { severity: conditions.severity }),
      ...(actions.set?.severity && { severity: actions.set.severity }),
      ...(actions.set?.service !== undefined && { service: actions.set.service }),
      ...(actions.set?.title !== undefined && { title: actions.set.title }),
    };
    if (rule.continue !== true) return { id, severity: saying.severity ?? 'P3_MEDIUM' };
  }
  return { id: 'default', severity: saying.severity ?? 'P3_MEDIUM' };
}
