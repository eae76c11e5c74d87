import { type ExplainedStep, isWorse, type Severity } from '../../alerts/index.ts';
import { type Incident, isOpen, type LoggedFact, nameOf, severityText } from '../../incidents/index.ts';
import { DAY, exactly, type Instant, MINUTE, SECOND, toText } from '../../kernel/index.ts';
import { type AlertHead, stateOf } from '../alert-head.ts';
import type { Window } from '../guard.ts';
import type { Match } from '../match.ts';
import { isCounting, type Rule } from '../rule.ts';
import type { Explained } from '../rules/explain.ts';
import { isOnIn, knows } from '../suppressed.ts';
import { firingsOf, mostAround, thresholdOf } from '../threshold.ts';
import { reasonOf } from './reason.ts';
import { countsAt, countsWithOthersAt } from './received.ts';
import type { AlertRecord, Joined, Told } from './record.ts';
import type { Standing } from './standing.ts';
import { apartWords, ended, timeWords } from './words.ts';

/** Into which incident it came, and how; or why into none. */
export function windowStep(
  record: AlertRecord,
  told: Told,
  explained: Explained,
  standing: Standing,
): ExplainedStep {
  const { joined, outcome } = standing;
  const { match } = explained;
  const isElsewhere = outcome === 'waiting' || outcome === 'suppressed' || outcome === 'dropped';
  if (joined && !isElsewhere) return joinedStep(record, told, standing, joined, explained);
  const { lines = [], ...none } = noIncident(record, told, match, outcome);
  const before = joined && joinedStep(record, told, standing, joined, explained).text;
  return {
    ...{ about: 'window', basis: 'recomputed', ...none },
    lines: [
      ...lines,
      ...(before === undefined ? [] : [`An earlier firing of it is in an incident: ${before}`]),
      ...(joined ? staysLines(record, joined) : []),
    ],
  };
}

/** What came in stays there, whatever rules say of it since. */
function staysLines({ head }: AlertRecord, { membership, incident, into }: Joined): readonly string[] {
  const last = into ?? incident;
  const stays = head !== undefined && last !== undefined && isOpen(last) && isOnIn(head, membership.incident);
  return stays ? [`It stays in ${nameOf(last)}, and keeps it open, until it ends.`] : [];
}

/** What became of a firing that came into no incident. */
interface NoIncident {
  readonly text: string;
  readonly lines?: readonly string[];
  readonly data?: NonNullable<ExplainedStep['data']>;
}

function noIncident(record: AlertRecord, told: Told, match: Match, outcome: Standing['outcome']): NoIncident {
  switch (outcome) {
    case 'silence':
    case 'maintenance':
    case 'inhibition':
      return {
        text: `It came into no incident, because it ${isOver(record) ? 'was held back until it ended' : 'is held back. If it still fires at the end of that, it is placed then'}.`,
      };
    case 'suppressed':
      if (record.head?.ruledOut)
        return {
          text: `It came into no incident, since a rule records it without one: ${ended(record.head.ruledOut.why)}`,
          lines: movedLines(record.head, told, 'recorded'),
        };
      return {
        text: `It came into no incident, because rule '${match.rule.name}' records what it matches without one.`,
      };
    case 'dropped':
      return { text: `It came into no incident, because rule '${match.rule.name}' drops what it matches.` };
    case 'waiting':
      return waiting(record, told, match);
    default:
      return { text: undecided(record, told) };
  }
}

/** Whether the alert has ended. */
const isOver = ({ head }: AlertRecord): boolean => head !== undefined && stateOf(head) === 'resolved';

/** So long after its receipt an alert is decided mostly. */
const SOON = 2 * MINUTE;

/** What waits for longer is not waiting any more. */
const LONGEST_WAIT = 4 * DAY;

function undecided(record: AlertRecord, told: Told): string {
  const { head, now } = record;
  const at = countsAt(record, told);
  const isDecided = head !== undefined && knows(head, at);
  if (head?.letGo?.firing === at && isOver(record))
    return `It came into no incident: it was held back until ${timeWords(head.letGo.at)}, and had ended by then.`;
  if (isDecided || now - told.from.receivedAt > LONGEST_WAIT)
    return 'It is in no incident, and nothing on record says why. The rules may have changed since it was decided.';
  return now - told.from.receivedAt < SOON
    ? 'It was received only just now; what becomes of it is being decided.'
    : `It was received ${apartWords(told.from.receivedAt, now)} ago, and is not decided yet: much may wait to be.`;
}

function waiting(record: AlertRecord, told: Told, { rule }: Match): NoIncident {
  if (!isCounting(rule)) return { text: UNCOUNTED };
  const { threshold, members, timeWindow } = rule.conditions;
  const enough = members?.atLeast ?? threshold;
  const at = countsWithOthersAt(record, told);
  const count = mostAround(firingsOf(record.slots), thresholdOf(rule), at);
  const noun = members ? 'member' : 'distinct alert';
  const until = at + timeWindow * SECOND;
  const isOut = record.now > until;
  return {
    text: `It ${isOut ? 'waited' : 'waits'}: ${count} of the ${enough} ${noun}s that rule '${rule.name}' asks for fired within ${exactly(timeWindow * SECOND)}${isOut ? ', and what fires now is counted without it' : ' so far'}.`,
    lines: waitingLines(record, rule, until),
    data: { counted: count, of: enough, timeWindowSeconds: timeWindow },
  };
}

const UNCOUNTED =
  'It waited for others of a rule that is not in force any more: where it goes by the rules of now is looked at within three minutes after such a change.';

/** Until when it counts for others, and whether it still waits for what can come. */
function waitingLines({ now, today }: AlertRecord, rule: Rule, until: Instant): readonly string[] {
  const isInForce = today.rules.some(({ id, enabled }) => enabled && id === rule.id);
  return [
    now <= until
      ? `It counts with what fires until ${timeWords(until)}.`
      : `Its time ended at ${timeWords(until)}: what fires later is counted without it, until it is told again.`,
    ...(isInForce
      ? []
      : [
          `Rule '${rule.name}' is not in force any more: where it goes by the rules of now is looked at within three minutes after such a change.`,
        ]),
  ];
}

function joinedStep(
  { head }: AlertRecord,
  told: Told,
  { window, outcome }: Standing,
  joined: Joined,
  { match: { severity }, whole }: Explained,
): ExplainedStep {
  const { incident, into, deleted } = joined;
  const entry = entryIn(joined, told.signal.fingerprint);
  const beside = entry ? joined.facts.filter((fact) => isSameWrite(fact, entry)) : [];
  const how = howJoined(beside);
  const name = incident ? nameOf(incident) : goneWords(deleted);
  const since = incident && how === 'joined' ? `, which began at ${timeWords(incident.openedAt)}` : '';
  const when = entry ? ` at ${timeWords(entry.recordedAt)}` : '';
  return {
    about: 'window',
    basis: 'recorded',
    ...(entry && { at: entry.recordedAt }),
    text: `It ${howWords[how](name)}${when}${since}.`,
    lines: [
      `The record says why: ${ended(reasonOf(joined, whole))}`,
      ...severityLines(besideAny(joined, told.signal.fingerprint)),
      ...movedLines(head, told),
      ...repeatLines(told, entry, outcome, severity),
      ...(window ? windowLines(window, into ?? deleted ?? incident) : []),
    ],
    data: { ...joinedData(joined, how), ...(window && { window: windowData(window) }) },
  };
}

const goneWords = (deleted: Incident | undefined): string =>
  deleted ? `${nameOf(deleted)}, which was deleted since,` : 'an incident that was deleted since';

function joinedData({ membership, into }: Joined, how: keyof typeof howWords) {
  const { incident, generation, why, score, seq } = membership;
  return {
    ...{ incident, ...(into && { mergedInto: into.id }) },
    ...{ generation, how, why, ...(score !== undefined && { score }) },
    ...(seq !== undefined && { fact: seq }),
  };
}

const windowData = ({ from, to }: Window) => ({
  from: toText(from),
  ...(to !== undefined && { to: toText(to) }),
});

const howWords = {
  opened: (name: string) => `opened ${name}`,
  reopened: (name: string) => `opened ${name} again`,
  joined: (name: string) => `joined ${name}`,
} as const;

/** What the alert did to its incident, by what was written with it. */
function howJoined(beside: readonly LoggedFact[]): keyof typeof howWords {
  if (beside.some(({ type }) => type === 'incident.opened')) return 'opened';
  return beside.some(({ type }) => type === 'incident.reopened') ? 'reopened' : 'joined';
}

type Entry = Extract<LoggedFact, { type: 'alerts.changed' }>;

/** The fact that tells that it came in. */
export function entryIn({ facts, membership }: Joined, fingerprint: string): Entry | undefined {
  const telling = facts.filter(
    (fact): fact is Entry =>
      fact.type === 'alerts.changed' && fact.data.entries.some((one) => one.fingerprint === fingerprint),
  );
  return telling.find(({ seq }) => seq === membership.seq) ?? telling[0];
}

/** Whether two facts were recorded by one decision. */
export const isSameWrite = (one: LoggedFact, other: LoggedFact): boolean =>
  one.recordedAt === other.recordedAt && one.cause?.id === other.cause?.id;

/** What was written with any telling of the alert: one that fires more severely is told of once more. */
function besideAny({ facts }: Joined, fingerprint: string): readonly LoggedFact[] {
  const own = facts.filter(
    (fact) =>
      fact.type === 'alerts.changed' && fact.data.entries.some((one) => one.fingerprint === fingerprint),
  );
  return facts.filter((fact) => own.some((one) => isSameWrite(fact, one)));
}

const severityLines = (beside: readonly LoggedFact[]): readonly string[] =>
  beside.flatMap((fact) => {
    if (fact.type !== 'incident.severity-changed') return [];
    const { from, to, urgency } = fact.data;
    if (from !== to)
      return [`With it the incident became ${severityText(to)}; it was ${severityText(from)}.`];
    return urgency === undefined
      ? []
      : [`With it the incident became of ${urgency} urgency${urgency === 'normal' ? ', so it pages' : ''}.`];
  });

/** That it waited before, and what had it placed. */
function movedLines(
  head: AlertHead | undefined,
  told: Told,
  done: 'placed' | 'recorded' = 'placed',
): readonly string[] {
  const { moved } = head ?? {};
  return moved?.why !== undefined && moved.at === countsAt({ ...(head && { head }) }, told)
    ? [
        `It had waited before that (${moved.why}), until the rules were changed; by those it was ${done} at ${timeWords(moved.placedAt)}.`,
      ]
    : [];
}

function repeatLines(
  told: Told,
  entry: Entry | undefined,
  outcome: Standing['outcome'],
  severity: Severity,
): readonly string[] {
  if (!entry || told.source !== 'kept' || outcome !== 'incident') return [];
  const { at, severity: came } = entry.data.entries.find(isOf(told)) ?? {};
  if (told.from.receivedAt <= entry.recordedAt || (at !== undefined && told.signal.at < at)) return [];
  return came !== undefined && isWorse(severity, came)
    ? [
        `What was received last says ${severityText(severity)}; it had come in as ${severityText(came)}, and an incident becomes as severe as its worst alert.`,
      ]
    : ['What was received last repeats that; a repetition is counted and changes nothing.'];
}

const isOf =
  ({ signal }: Told) =>
  ({ fingerprint }: { readonly fingerprint: string }): boolean =>
    fingerprint === signal.fingerprint;

function windowLines(window: Window, incident: Incident | undefined): readonly string[] {
  const { to, closedBy, closedAt, from } = window;
  const name = incident ? nameOf(incident) : 'The incident';
  if (to === undefined) return [`${name} takes alerts of its group since ${timeWords(from)}, and is open.`];
  const by =
    closedBy === 'deleted'
      ? 'a person deleted it'
      : closedBy === 'person'
        ? 'a person resolved it'
        : 'all its alerts had cleared';
  return [
    `${name} ended at ${timeWords(to)}, because ${by}${closedAt === undefined ? '' : ` (recorded at ${timeWords(closedAt)})`}.`,
  ];
}
