import { actorText, type LoggedFact, nameOf, needsHuman, severityText } from '../incidents/index.ts';
import { utcText } from '../kernel/index.ts';
import { heldWords } from './held-words.ts';
import { levelsWere, noMorePages } from './no-more-pages.ts';
import { outcomeText } from './outcome-text.ts';
import { beforeReasons, sinceWords, splitReasons } from './paged-before.ts';
import { levelName, type PagingReason, type PagingRecord, type Step } from './paging-record.ts';
import { placesFrom } from './places.ts';
import { hasPages, policyWords } from './policy-words.ts';
import { putOffText } from './put-off-words.ts';
import { takenText, unplannedWords } from './why-nobody.ts';

/** Why somebody was paged for an incident, or why not, in the order in which it happened: before it was opened again in short. */
export function pagingOf(person: string, record: PagingRecord): readonly PagingReason[] {
  const { incident, facts } = record;
  const said = facts.flatMap((fact) => reasonsOf(fact, person, record));
  const reasons = said.length > 0 || incident.state !== 'triggered' ? said : [quietText(record)];
  const policy = hasPages(record) ? [{ text: policyWords(record) }] : [];
  return [
    ...policy,
    ...splitReasons(record),
    ...beforeReasons(person, record),
    ...reasons,
    ...openEnd(record),
  ];
}

/** Why nothing was paged of an incident that is triggered. */
export const quietText = (record: PagingRecord): PagingReason => ({
  text: quietWords(record),
});

function quietWords(record: PagingRecord): string {
  const { incident } = record;
  if (!needsHuman(incident.severity))
    return `${nameOf(incident)} is ${severityText(incident.severity)}, which is recorded and pages nobody.`;
  if (incident.urgency === 'low')
    return `${nameOf(incident)} is of low urgency by its rules, which is recorded and pages nobody.`;
  const since = sinceWords(record);
  return `No step of the escalation has been taken ${since ?? 'yet'}.`;
}

function reasonsOf(fact: LoggedFact, person: string, record: PagingRecord): readonly PagingReason[] {
  const at = fact.occurredAt;
  switch (fact.type) {
    case 'incident.escalated':
      return stepReasons(fact, person, record);
    case 'incident.acknowledged':
    case 'incident.resolved':
      return [{ at, text: endText(fact, person, record) }];
    default:
      return commonReasons(fact, record);
  }
}

/** What a fact says of pages that is the same for everybody; nothing of a step, or of an end. */
export function commonReasons(fact: LoggedFact, record: PagingRecord): readonly PagingReason[] {
  const at = fact.occurredAt;
  switch (fact.type) {
    case 'incident.opened':
    case 'incident.reopened':
      if (fact.data.next !== undefined) return [];
      return [{ at, text: sentenceOf(unplannedWords(fact, record)) }];
    case 'incident.severity-changed':
      if (fact.data.next === undefined) return [];
      if (fact.data.from === fact.data.to)
        return [{ at, text: 'An alert of normal urgency joined, so pages began.' }];
      return [{ at, text: `Its severity became ${severityText(fact.data.to)}, so pages began, or went on.` }];
    case 'incident.brought-forward':
      return [{ at, text: `No page of step ${fact.data.step} could arrive, so the next step came at once.` }];
    case 'incident.put-off':
      return [{ at, text: putOffText(fact, record.facts) }];
    case 'incident.merged':
      return [{ at, text: 'It was merged into another incident, which goes on in its place.' }];
    case 'incident.deleted':
      return [{ at, text: `${actorText(fact.actor)} deleted it.` }];
    default:
      return [];
  }
}

function stepReasons(fact: Step, person: string, record: PagingRecord): readonly PagingReason[] {
  const { occurredAt: at, data } = fact;
  const { targets } = data;
  const passed = passedOver(fact);
  const name = levelName(data);
  const isPaged = targets.some((target) => target.person === person);
  if (!isPaged)
    return [
      ...passed,
      { at, text: `${name} was paged: ${namesOf(targets, record)}. ${whyNot(fact, person, record)}` },
    ];
  const own = record.pages.filter((page) => page.step === data.step && page.person === person);
  const outcomes = own.map((page) => outcomeText(page));
  return [
    ...passed,
    { at, text: `${record.nameOf(person)} was paged with ${name.toLowerCase()}, step ${data.step}.` },
    ...(outcomes.length > 0 ? outcomes : [{ text: 'The page was not taken up yet.' }]),
  ];
}

/** The levels that a step passed over, and why. */
export function passedOver({ occurredAt: at, data }: Step): readonly PagingReason[] {
  const { skipped = [], otherSeverity = [] } = data;
  return [
    ...skipped.map((number) => [number, 'it reached nobody then'] as const),
    ...otherSeverity.map((number) => [number, 'it is not for the severity of then'] as const),
  ].map(([number, why]) => ({ at, text: `Level ${number} was passed over, because ${why}.` }));
}

/** The people whom a step paged, by name. */
export function namesOf(targets: Step['data']['targets'], { nameOf: called }: PagingRecord): string {
  const people = [...new Set(targets.map(({ person }) => person))].map(called);
  return people.length === 0 ? 'nobody, since nobody could be' : people.join(', ');
}

/** Why somebody was not among those whom a step paged. */
function whyNot({ data }: Step, person: string, { policy, schedules, nameOf: called }: PagingRecord): string {
  const targets = policy?.levels[data.level - 1]?.targets ?? [];
  const own = schedules.find(
    ({ id, layers }) => targets.includes(id) && layers.some((layer) => layer.people.includes(person)),
  );
  if (!own) return `${called(person)} is not in it.`;
  const then = data.onCall?.find(({ schedule }) => schedule === own.id)?.person;
  const who = then === undefined ? 'nobody' : called(then);
  return `${called(person)} takes turns in '${own.name}', which had ${who} on call then.`;
}

type End = Extract<LoggedFact, { type: 'incident.acknowledged' | 'incident.resolved' }>;

function endText(fact: End, person: string, record: PagingRecord): string {
  const actor = (fact.type === 'incident.acknowledged' ? fact.data.by : undefined) ?? fact.actor;
  const by = actor.kind === 'system' ? 'the system' : actor.name;
  const levels = levelsAfter(fact, person, record);
  const rest =
    levels.length === 0
      ? ''
      : ` ${levelsWere(levels).replace(/^l/, 'L')} not reached ${sinceWords(record) ?? 'before that'}.`;
  const taken = takenText(fact, record);
  if (taken !== undefined) return taken;
  return fact.type === 'incident.acknowledged'
    ? `It was acknowledged by ${by}, which stopped the escalation.${rest}`
    : `${resolvedText(fact)}${rest}`;
}

/** What resolved it: a person, or that nothing fired any more, which may be because its alerts ended by themselves. */
export const resolvedText = ({
  actor,
  data: { reason },
}: Extract<LoggedFact, { type: 'incident.resolved' }>): string =>
  reason === 'person'
    ? `${actorText(actor)} resolved it, which stopped the escalation.`
    : 'No alert of it fired any more, so it was resolved, which stopped the escalation.';

/** The levels that name somebody, by themselves or by a schedule, which no step had reached when the escalation stopped. */
function levelsAfter(
  fact: End,
  person: string,
  { facts, policy, schedules, incident }: PagingRecord,
): readonly number[] {
  const steps = facts.filter((one): one is Step => one.type === 'incident.escalated' && one.seq < fact.seq);
  const last = steps.at(-1)?.data;
  if (last?.level === 0) return [];
  const isNamed = (target: string): boolean =>
    target === person ||
    schedules.some(({ id, layers }) => id === target && layers.some(({ people }) => people.includes(person)));
  const reached = new Set(steps.map(({ data }) => data.level));
  const left = placesFrom(1, policy, incident.severity).filter(
    ({ number, level }) => !reached.has(number) && level.targets.some(isNamed),
  );
  return [...new Set(left.map(({ number }) => number))];
}

/** What is still to come. */
function openEnd(record: PagingRecord): readonly PagingReason[] {
  const { incident, held, waits = [] } = record;
  if (incident.state !== 'triggered') return [];
  if (!incident.next) return incident.step === 0 ? [] : [{ text: noMorePages(incident, record) }];
  if (held) return [{ text: `The next step ${heldWords(held)}, unless somebody acknowledges.` }];
  const due = `The next step is due at ${utcText(incident.next.dueAt)} UTC, unless somebody acknowledges.`;
  return [{ text: [due, ...waits].join(' ') }];
}

const sentenceOf = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
