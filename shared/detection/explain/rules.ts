import type { ExplainedStep } from '../../alerts/index.ts';
import { severityText } from '../../incidents/index.ts';
import { SECOND } from '../../kernel/index.ts';
import { type Match, matchRule, type Received } from '../match.ts';
import type { RuleTrace, Trial } from '../rules/trace.ts';
import type { AlertRecord } from './record.ts';
import { apartWords, countOf, ruleWords, sentence, timeWords, valueWords } from './words.ts';

/** Which rules were tried, what they saw, and which decided. */
export function rulesStep(record: AlertRecord, received: Received, trace: RuleTrace): ExplainedStep {
  const { match, trials, untold, of } = trace;
  const tried = trials.filter(({ result }) => result !== 'off').length - 1 + untold;
  const before = tried <= 0 ? '' : ` ${sentence(countOf(tried, 'rule'))} before it ${tried === 1 ? 'was' : 'were'} tried first.`;
  return {
    about: 'rules',
    basis: 'recomputed',
    text: `${sentence(ruleWords(match.rule))} decided: ${doesWords(match)}.${before} ${versionWords(record)}`,
    lines: [
      ...trials.map(trialWords),
      ...(untold > 0 ? [`${sentence(countOf(untold, 'other rule'))} of ${of} did not fit, and came less near.`] : []),
      ...todayWords(record, received, match),
    ],
    data: {
      version: record.rules.version,
      today: record.today.version,
      decided: match.rule.id,
      does: match.does,
      severity: match.severity,
      tried: trials.map(({ rule, place, result, answers }) => ({ ...{ rule: rule.id, place, result }, answers })),
      untold,
    },
  };
}

function doesWords({ does, severity, isLow }: Match): string {
  if (does === 'drop') return 'what it matches is counted, and nothing else is kept of it';
  if (does === 'suppress') return 'what it matches is recorded without an incident';
  return `an incident, as ${severityText(severity)}${isLow ? ' of low urgency' : ''}`;
}

function versionWords({ rules, today }: AlertRecord): string {
  const { version, isThen, since, by } = rules;
  const made = since === undefined ? '' : `, in force since ${timeWords(since)}${by === undefined ? '' : ` by ${by}`}`;
  if (version === 0) return 'No rules were configured.';
  if (!isThen)
    return `These are the rules of today (version ${version}${made}), which is later than the decision: those of then are not kept.`;
  return version === today.version
    ? `These are the rules in force (version ${version}${made}).`
    : `These are the rules of then (version ${version}${made}); today’s are version ${today.version}.`;
}

function trialWords({ rule, place, result, answers }: Trial): string {
  const name = rule.id === 'default' ? 'The default rule' : `${place}. '${rule.name}'`;
  if (result === 'off') return `${name} is not enabled.`;
  const asked = answers.filter(({ holds }) => result !== 'failed' || !holds);
  const told = (asked.length > 0 ? asked : answers)
    .map(({ asked: question, saw, holds }) => `${question} ${holds ? 'holds' : 'does not hold'}: it saw ${valueWords(saw)}`)
    .join('; ');
  if (result === 'failed') return `${name} does not fit: ${told === '' ? 'it matches nothing' : told}.`;
  const why = told === '' ? 'it asks nothing' : told;
  return result === 'set' ? `${name} fits and has later rules go on: ${why}.` : `${name} fits: ${why}.`;
}

/** Whether today's rules would decide otherwise. */
function todayWords({ rules, today }: AlertRecord, received: Received, then: Match): readonly string[] {
  if (rules.version === today.version) return [];
  const now = matchRule(today.rules, { ...received, signal: { ...received.signal } });
  const isSame =
    now.rule.id === then.rule.id && now.hash === then.hash && now.does === then.does && now.severity === then.severity;
  if (isSame) return [`Today’s rules (version ${today.version}) would decide the same.`];
  return [
    `Today’s rules (version ${today.version}) would decide otherwise: ${ruleWords(now.rule)}, ${doesWords(now)}, grouped by ${now.key}.`,
  ];
}

/** Into which group it falls, and what that means. */
export function groupingStep({ rule, key, hash, window }: Match): ExplainedStep {
  const { threshold, timeWindow } = rule.conditions;
  const counts =
    threshold > 1
      ? [`The rule waits until ${threshold} distinct alerts of the group fire within ${apartWords(0, timeWindow * SECOND)}.`]
      : [];
  return {
    about: 'grouping',
    basis: 'recomputed',
    text: `Its group is ${key}: what fires in it within ${apartWords(0, window)} of an incident’s alerts belongs to that incident.`,
    lines: counts,
    data: { key, correlation: hash, windowSeconds: window / SECOND },
  };
}

