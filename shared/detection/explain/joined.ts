import { type ExplainedStep, isWorse, type Severity, worse } from '../../alerts/index.ts';
import { type Incident, type LoggedFact, nameOf, severityText } from '../../incidents/index.ts';
import { toText } from '../../kernel/index.ts';
import type { Window } from '../guard.ts';
import type { Explained } from '../rules/explain.ts';
import { besideAny, entryIn, isSameWrite } from './log-entry.ts';
import { movedLines } from './moved.ts';
import { reasonOf } from './reason.ts';
import type { AlertRecord, Joined, Told } from './record.ts';
import type { Standing } from './standing.ts';
import { ended, timeWords } from './words.ts';

/** Into which incident it came, and how. */
export function joinedStep(
  { head }: AlertRecord,
  told: Told,
  { window, outcome, joined: current }: Standing,
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
      // What was received last says nothing of the others that it is in.
      ...(current === joined
        ? [...movedLines(head, told), ...repeatLines(told, joined, outcome, severity)]
        : []),
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

function repeatLines(
  told: Told,
  joined: Joined,
  outcome: Standing['outcome'],
  severity: Severity,
): readonly string[] {
  const entry = entryIn(joined, told.signal.fingerprint);
  if (!entry || told.source !== 'kept' || outcome !== 'incident') return [];
  const { at, severity: came } = entry.data.entries.find(isOf(told)) ?? {};
  if (told.from.receivedAt <= entry.recordedAt || (at !== undefined && told.signal.at < at)) return [];
  if (came === undefined) return [REPEATED];
  const says = `What was received last says ${severityText(severity)}`;
  if (isWorse(severity, came))
    return [
      `${says}; it had come in as ${severityText(came)}, and an incident becomes as severe as its worst alert.`,
    ];
  const worst = worstSaid(joined, told) ?? came;
  return isWorse(worst, severity)
    ? [
        `${says}; it had said ${severityText(worst)} before, and an incident keeps the worst that was said of its alerts.`,
      ]
    : [REPEATED];
}

const REPEATED = 'What was received last repeats that; a repetition is counted and changes nothing.';

/** The worst that the log tells of it. */
function worstSaid({ facts }: Joined, told: Told): Severity | undefined {
  const said = facts.flatMap((fact) =>
    fact.type === 'alerts.changed' ? fact.data.entries.filter(isOf(told)).map((one) => one.severity) : [],
  );
  return said.length === 0 ? undefined : said.reduce(worse);
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
        : 'none of its alerts fired any more';
  return [
    `${name} ended at ${timeWords(to)}, because ${by}${closedAt === undefined ? '' : ` (recorded at ${timeWords(closedAt)})`}.`,
  ];
}
