import { conditionText } from '../../shared/detection/rules/condition.ts';
import { readWhen } from '../../shared/detection/rules/when.ts';
import { severityText } from '../../shared/incidents/words.ts';
import { exactly, SECOND } from '../../shared/kernel/time.ts';
import type { Rule } from './use-rules.ts';

const long = (seconds: number): string => exactly(seconds * SECOND);

/** What a rule does, in sentences: which alerts it takes, what becomes of them, and when somebody is paged. */
export function ruleWords(rule: Rule): readonly string[] {
  const takes = `Takes ${takenText(rule)}.`;
  const { actions } = rule;
  const sets = setText(rule);
  const told = sets === undefined ? [] : [`Sets ${sets}.`];
  if (actions.drop) return [takes, ...told, 'Counts them and keeps nothing else of them.'];
  if (actions.suppress || !actions.createIncident)
    return [takes, ...told, 'Records them with the reason, without an incident.'];
  if (rule.continue) return [takes, ...told, ...pageWords(rule), 'The rules after it are tried with that.'];
  return [takes, ...told, openingText(rule), groupingText(rule), ...pageWords(rule)];
}

function takenText({ conditions: { alertPattern, when } }: Rule): string {
  const asked = [
    ...(alertPattern === undefined ? [] : [`'${alertPattern}' occurs in title or description`]),
    ...(when === undefined ? [] : [conditionText(readWhen(when).condition)]),
  ];
  return asked.length === 0 ? 'every alert' : `alerts for which ${asked.join(', and ')}`;
}

function setText({ conditions, actions: { set = {}, assignToTeam, runbook } }: Rule): string | undefined {
  const severity = set.severity ?? conditions.severity;
  const team = set.team ?? assignToTeam;
  const said = [
    ...(severity === undefined ? [] : [`the severity to ${severityText(severity)}`]),
    ...(['service', 'title', 'groupingKey'] as const).flatMap((name) =>
      set[name] === undefined ? [] : [`the ${settings[name]} to '${set[name]}'`],
    ),
    ...(team === undefined ? [] : [`the policy to '${team}'`]),
    ...[set.runbook ?? runbook].flatMap((one) => (one === undefined ? [] : [`the runbook to '${one}'`])),
  ];
  return said.length === 0 ? undefined : said.join(', ');
}

const settings = { service: 'service', title: 'title', groupingKey: 'grouping key' } as const;

function openingText({ conditions: { threshold, members, timeWindow } }: Rule): string {
  if (members !== undefined) {
    const of = members.of?.map(({ name }) => name).join(', ');
    const what = of === undefined ? `values of the label '${members.label}'` : `of ${of}`;
    return `Opens an incident once ${members.atLeast} ${what} fire within ${long(timeWindow)}.`;
  }
  if (threshold > 1)
    return `Opens an incident once ${threshold} different alerts fire within ${long(timeWindow)}.`;
  return 'Opens an incident with the first of them.';
}

function groupingText({ group: { by, mode, window, reopen = window }, actions: { set } }: Rule): string {
  const same = set?.groupingKey === undefined ? by.map(groupedBy).join(' and ') : 'grouping key';
  const until =
    mode === 'fixed' ? `for each stretch of ${long(window)}` : `while it is open, and ${long(reopen)} after`;
  return `One incident for the same ${same}, ${until}.`;
}

const groupedBy = (field: string): string =>
  field === 'title-template' ? 'title but for its numbers' : field.replace(/^label:/, 'label ');

function pageWords({ conditions: { minDuration }, actions }: Rule): readonly string[] {
  const { urgency, escalateAfter, cooldown, autoResolve } = actions;
  return [
    ...(urgency === 'low' ? ['Pages nobody: it is of low urgency.'] : []),
    ...(minDuration === undefined ? [] : [`Pages once they have gone on for ${long(minDuration)}.`]),
    ...(escalateAfter === undefined ? [] : [`Goes on to the next level after ${long(escalateAfter)} each.`]),
    ...(cooldown === undefined
      ? []
      : [`Pages no sooner than ${long(cooldown)} after its last page, except about what is more severe.`]),
    ...(autoResolve === undefined
      ? []
      : [`An alert that is not told again for ${long(autoResolve)} ends by itself.`]),
  ];
}

/** What becomes of alerts that no rule takes. */
export const otherwiseWords: readonly string[] = [
  'Takes every alert that no rule before it has taken.',
  'One incident for the same service, while it is open, and 20 min after.',
];

/** Whether a rule has all of these words, in any order and case, in its id, name, description or conditions. */
export function hasWords(rule: Rule, text: string): boolean {
  const said = [rule.id, rule.name, rule.description, ...ruleWords(rule)].join('\n').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}
