import { severityText } from '../../incidents/index.ts';
import { type Duration, exactly, SECOND } from '../../kernel/index.ts';
import { type Match, matchRule, type Received } from '../match.ts';
import type { AlertRecord } from './record.ts';
import { ruleWords } from './words.ts';

/** Whether today's rules would decide otherwise, and in what. */
export function todayWords(
  { rules, today }: AlertRecord,
  received: Received,
  then: Match,
): readonly string[] {
  if (rules.version === today.version) return [];
  const now = matchRule(today.rules, { ...received, signal: { ...received.signal } });
  const todays = `Today’s rules (version ${today.version}) would decide`;
  if (now.rule.id !== then.rule.id || now.hash !== then.hash || now.does !== then.does)
    return [`${todays} otherwise: ${ruleWords(now.rule)}, ${doesWords(now)}, grouped by ${now.key}.`];
  const changes = asked
    .map(({ name, of }) => ({ name, now: of(now), before: of(then) }))
    .filter((one) => one.now !== one.before)
    .map((one) => `${one.name} ${one.now}, not ${one.before}`);
  return changes.length === 0
    ? [`${todays} the same.`]
    : [`${todays} by the same rule, but otherwise: ${changes.join('; ')}.`];
}

/** What a rule does with an alert, in words. */
export function doesWords({ does, severity, isLow }: Match): string {
  if (does === 'drop')
    return 'what it matches is counted, and comes into no incident; what was received is kept as all signals are';
  if (does === 'suppress') return 'what it matches is recorded without an incident';
  return `an incident, as ${severityText(severity)}${isLow ? ' of low urgency' : ''}`;
}

const spanWords = (span: Duration | undefined): string => (span === undefined ? 'none' : exactly(span));

const countWords = ({ rule: { conditions } }: Match): string => {
  const { threshold, members, timeWindow } = conditions;
  const within = ` within ${exactly(timeWindow * SECOND)}`;
  if (members) return `${members.atLeast} members${within}`;
  return threshold > 1 ? `${threshold} distinct alerts${within}` : 'no others';
};

/** What of one rule makes a difference to an alert that it takes, and its incident. */
const asked: readonly { readonly name: string; readonly of: (match: Match) => string }[] = [
  { name: 'it waits for', of: countWords },
  { name: 'its severity is', of: ({ severity }) => severityText(severity) },
  { name: 'its urgency is', of: ({ isLow }) => (isLow ? 'low' : 'normal') },
  { name: 'its group stays one incident for', of: ({ window }) => exactly(window) },
  { name: 'its fixed windows are', of: ({ width }) => spanWords(width) },
  { name: 'it pages what has gone on for', of: ({ minDuration }) => spanWords(minDuration) },
  { name: 'its cooldown is', of: ({ cooldown }) => spanWords(cooldown) },
  { name: 'its policy is', of: ({ policy }) => (policy === undefined ? 'the first' : `'${policy}'`) },
  {
    name: 'it escalates after',
    of: ({ escalateAfter }) =>
      escalateAfter === undefined ? 'as the policy says' : exactly(escalateAfter * SECOND),
  },
  { name: 'its service is', of: ({ service }) => (service === undefined ? 'its own' : `'${service}'`) },
  { name: 'its title is', of: ({ title }) => (title === undefined ? 'its own' : `'${title}'`) },
  {
    name: 'it ends by itself after',
    of: ({ rule: { actions } }) => spanWords(actions.autoResolve && actions.autoResolve * SECOND),
  },
];
