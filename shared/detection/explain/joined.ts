import { type ExplainedStep, isWorse, type Severity, worse } from '../../alerts/index.ts';
import { type Incident, type LoggedFact, nameOf, severityText } from '../../incidents/index.ts';
import { toText } from '../../kernel/index.ts';
import { flapsUntil } from '../flapping.ts';
import type { Window } from '../guard.ts';
import type { Explained } from '../rules/explain.ts';
import { besideAny, brings, entriesBeside, entryIn, isSameWrite } from './log-entry.ts';
import { movedLines } from './moved.ts';
import { reasonOf } from './reason.ts';
import type { AlertRecord, Joined, Told } from './record.ts';
import type { Standing } from './standing.ts';
import { ended, timeWords } from './words.ts';

/** Into which incident it came, and how. */
export function joinedStep(
  record: AlertRecord,
  told: Told,
  { window, outcome, joined: current }: Standing,
  joined: Joined,
  { match: { severity, isLow }, whole }: Explained,
): ExplainedStep {
  const { head } = record;
  const { incident, into, deleted } = joined;
  const entry = entryIn(joined, told.signal.fingerprint);
  const beside = entry ? joined.facts.filter((fact) => isSameWrite(fact, entry)) : [];
  const how = howJoined(beside);
  const name = incident ? nameOf(incident) : goneWords(deleted);
  const when = entry ? ` at ${timeWords(entry.recordedAt)}` : '';
  const since = sinceWords(incident, how, entry);
  return {
    about: 'window',
    basis: 'recorded',
    ...(entry && { at: entry.recordedAt }),
    text: `It ${howWords[how](name)}${when}${since}.`,
    lines: [
      `The record says why: ${ended(reasonOf(joined, whole))}`,
      ...severityLines(joined, told.signal.fingerprint, isLow),
      // What was received last says nothing of the others that it is in.
      ...(current === joined
        ? [...movedLines(head, told), ...repeatLines(told, joined, outcome, severity)]
        : []),
      ...(window ? windowLines(window, into ?? deleted ?? incident) : []),
      ...(window ? flappedLines(record, window) : []),
    ],
    data: { ...joinedData(joined, how), ...(window && { window: windowData(window) }) },
  };
}

/** The incident's own time: that of its first alert, which may have come late. */
function sinceWords(
  incident: Incident | undefined,
  how: keyof typeof howWords,
  entry: Pick<LoggedFact, 'recordedAt'> | undefined,
): string {
  if (!incident) return '';
  const began = timeWords(incident.openedAt);
  if (how === 'joined') return `, which began at ${began}`;
  return how === 'opened' && entry && began !== timeWords(entry.recordedAt)
    ? `; it counts from ${began}, when its first alert fired`
    : '';
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

/** What the incident became with it: of what was decided together only what this alert brought. */
function severityLines(joined: Joined, fingerprint: string, isLow = false): readonly string[] {
  const beside = besideAny(joined, fingerprint);
  return beside.flatMap((fact) => {
    if (fact.type !== 'incident.severity-changed') return [];
    const { from, to, urgency } = fact.data;
    if (urgency === 'normal' && isLow) return [];
    const own = entriesBeside(fact, beside).filter((one) => one.fingerprint === fingerprint);
    if (!own.some((one) => brings(one, fact))) return [];
    if (from !== to)
      return [`With it the incident became ${severityText(to)}; it was ${severityText(from)}.`];
    return urgency === undefined
      ? []
      : [`With it the incident became of ${urgency} urgency${urgency === 'normal' ? ', so it pages' : ''}.`];
  });
}

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

/** Why it was found to be over only long after that, where this alert flapped: meanwhile its escalation went on. */
function flappedLines(
  { head, flapping }: AlertRecord,
  { to, closedAt, closedBy }: Window,
): readonly string[] {
  const calm = head && flapsUntil(head, flapping);
  if (closedBy !== 'settled' || to === undefined || closedAt === undefined || calm === undefined) return [];
  if (closedAt < calm || to > calm) return [];
  return [
    `This alert flapped: it began and ended often, so the incident stayed open until that was quiet at ${timeWords(calm)}, and its escalation went on until then.`,
  ];
}
