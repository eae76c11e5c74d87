import type { ExplainedStep } from '../../alerts/index.ts';
import { exactly, SECOND } from '../../kernel/index.ts';
import type { Match, Received } from '../match.ts';
import type { Explained, TriedRule } from '../rules/explain.ts';
import { groupingGapsOf } from '../rules/gaps.ts';
import type { AlertRecord } from './record.ts';
import { doesWords, todayWords } from './today.ts';
import { countOf, ruleWords, sentence, timeWords, valueWords } from './words.ts';

/** Which rules were tried, what they saw, and which decided. */
export function rulesStep(record: AlertRecord, received: Received, explained: Explained): ExplainedStep {
  const { match, moreTried } = explained;
  const tried = toldOf(explained.tried, record.wanted);
  const untold = moreTried + explained.tried.length - tried.length;
  const others = explained.tried.length - 1 + moreTried;
  const before =
    others === 0 ? '' : ` ${countOf(others, 'rule')} before it ${others === 1 ? 'was' : 'were'} tried first.`;
  return {
    about: 'rules',
    basis: 'recomputed',
    text: `${sentence(ruleWords(match.rule))} decided: ${doesWords(match)}.${before} ${versionWords(record)}`,
    lines: [
      ...(untold > 0 ? [`${countOf(untold, 'rule')} more that did not fit were tried, too.`] : []),
      ...tried.map(triedWords),
      ...notTried(record, explained),
      ...todayWords(record, received, match),
    ],
    data: {
      version: record.rules.version,
      today: record.today.version,
      decided: match.rule.id,
      does: match.does,
      severity: match.severity,
      tried: tried.map(({ rule, outcome, leaves }) => ({ rule, outcome, leaves })),
      untold,
    },
  };
}

function versionWords({ rules, today }: AlertRecord): string {
  const { version, isThen, since, by } = rules;
  const made =
    since === undefined ? '' : `, in force since ${timeWords(since)}${by === undefined ? '' : ` by ${by}`}`;
  if (version === 0) return 'No rules were configured.';
  if (!isThen)
    return `These are the rules of today (version ${version}${made}), which is later than the decision: those of then are not kept.`;
  return version === today.version
    ? `These are the rules in force (version ${version}${made}).`
    : `These are the rules of then (version ${version}${made}); today’s are version ${today.version}.`;
}

/** Rules that do not fit and are told of: the last that were tried. */
const MOST_TOLD = 30;

/** What is told: all that had a say, and of the others the last and the one that was asked after. */
function toldOf(tried: readonly TriedRule[], wanted: string | undefined): readonly TriedRule[] {
  const last = new Set(tried.filter(({ outcome }) => outcome === 'no').slice(-MOST_TOLD));
  return tried.filter((one) => one.outcome !== 'no' || one.rule === wanted || last.has(one));
}

/** Why the rule that was asked after was not tried at all. */
function notTried({ wanted, rules }: AlertRecord, { tried, match }: Explained): readonly string[] {
  if (wanted === undefined || tried.some(({ rule }) => rule === wanted)) return [];
  const rule = rules.rules.find(({ id }) => id === wanted);
  if (!rule) return [`No rule of this version has the id '${wanted}'.`];
  if (!rule.enabled) return [`'${rule.name}' is off, so it was not tried.`];
  return [`'${rule.name}' was not tried: ${ruleWords(match.rule)} stands before it and had decided.`];
}

function triedWords({ rule, name, outcome, leaves }: TriedRule): string {
  const named = rule === 'default' ? 'The default rule' : `'${name}'`;
  const told = leaves
    .map(({ asks, saw, holds }) => `${asks}: ${holds ? 'yes' : 'no'}, it saw ${valueWords(saw)}`)
    .join('; ');
  if (outcome === 'no')
    return `${named} does not fit. ${told === '' ? 'Its condition does not hold' : told}.`;
  const why = told === '' ? 'It takes every alert' : told;
  return outcome === 'sets' ? `${named} fits and has later rules go on. ${why}.` : `${named} fits. ${why}.`;
}

/** Into which group it falls, and what that means. */
export function groupingStep(record: AlertRecord, received: Received, match: Match): ExplainedStep {
  const { rule, key, hash, window, width } = match;
  const gap = groupingGapsOf(record.rules.rules)(received, match);
  const { threshold, members, timeWindow } = rule.conditions;
  const enough = members
    ? `${members.atLeast} members`
    : threshold > 1
      ? `${threshold} distinct alerts`
      : undefined;
  const counts =
    enough === undefined
      ? []
      : [`The rule waits until ${enough} of the group fire within ${exactly(timeWindow * SECOND)}.`];
  return {
    about: 'grouping',
    basis: 'recomputed',
    text: `Its group is ${key}: what fires in it within ${exactly(window)} of an incident’s alerts${width === undefined ? '' : ', and in the same stretch of time,'} belongs to that incident.`,
    lines: [
      ...(gap
        ? [
            `Rule '${gap.rule.name}' groups by a key that asks for ${gap.missing.join(' and ')}, which this alert does not have: that is left empty in it.`,
          ]
        : []),
      ...counts,
      ...(width === undefined ? [] : [`Each stretch of ${exactly(width)} has an incident of its own.`]),
    ],
    data: { key, correlation: hash, windowSeconds: window / SECOND },
  };
}
