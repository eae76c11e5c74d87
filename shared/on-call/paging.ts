import { type HeldStep, type Incident, type LoggedFact, nameOf, needsHuman } from '../incidents/index.ts';
import { type Instant, utcText } from '../kernel/index.ts';
import type { Delivery } from './delivery.ts';
import { outcomeText } from './outcome-text.ts';
import { placesFrom } from './places.ts';
import type { Policy } from './policy.ts';
import type { Schedule } from './schedule.ts';

/** What is looked at to say why somebody was paged, or not. */
export interface PagingRecord {
  readonly incident: Incident;
  /** The log since the incident was last opened, in order; of no other kinds than those that matter. */
  readonly facts: readonly LoggedFact[];
  /** The pages of its generation. */
  readonly pages: readonly Delivery[];
  /** The policy as it is configured now; undefined when there is none. */
  readonly policy: Policy | undefined;
  readonly schedules: readonly Schedule[];
  /** What keeps the next step back, by what is in force now. */
  readonly held?: HeldStep;
  /** Why the first page is not sent at once, where its rule wants that. */
  readonly waits?: readonly string[];
  /** The name of somebody, by id. */
  nameOf(person: string): string;
}

/** One thing that the record says, and when it was. */
export interface PagingReason {
  readonly at?: Instant;
  readonly text: string;
}

/** Why somebody was paged for an incident since it was last opened, or why not, in the order in which it happened. */
export function pagingOf(person: string, record: PagingRecord): readonly PagingReason[] {
  const { incident, facts } = record;
  const said = facts.flatMap((fact) => reasonsOf(fact, person, record));
  const reasons = said.length > 0 || incident.state !== 'triggered' ? said : [...said, quietText(incident)];
  return [...reasons, ...openEnd(person, record)];
}

export const quietText = (incident: Incident): PagingReason => ({
  text: quietWords(incident),
});

function quietWords(incident: Incident): string {
  if (!needsHuman(incident.severity))
    return `${nameOf(incident)} is ${incident.severity}, which is recorded and pages nobody.`;
  if (incident.urgency === 'low')
    return `${nameOf(incident)} is of low urgency by its rule, which is recorded and pages nobody.`;
  return 'No step of the escalation has been taken yet.';
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
      return commonReasons(fact);
  }
}

/** What a fact says of pages that is the same for everybody; nothing of a step, or of an end. */
export function commonReasons(fact: LoggedFact): readonly PagingReason[] {
  const at = fact.occurredAt;
  switch (fact.type) {
    case 'incident.opened':
    case 'incident.reopened':
      if (fact.data.next !== undefined) return [];
      if (fact.data.urgency === 'low')
        return [{ at, text: 'It was opened with low urgency by its rule, which pages nobody.' }];
      return [{ at, text: 'It was opened with a severity that is recorded and pages nobody.' }];
    case 'incident.severity-changed':
      if (fact.data.next === undefined) return [];
      if (fact.data.from === fact.data.to)
        return [{ at, text: 'An alert of normal urgency joined, so pages began.' }];
      return [{ at, text: `Its severity became ${fact.data.to}, so pages began, or went on.` }];
    case 'incident.brought-forward':
      return [{ at, text: `No page of step ${fact.data.step} could arrive, so the next step came at once.` }];
    case 'incident.put-off':
      return [{ at, text: putOffText(fact) }];
    default:
      return [];
  }
}

function putOffText({ data }: Extract<LoggedFact, { type: 'incident.put-off' }>): string {
  const { by, next, reached } = data;
  if (reached !== undefined)
    return `Alerts of ${reached} came into it, so its next step came at ${utcText(next.dueAt)} UTC.`;
  if (by === undefined)
    return 'What kept the next step back ended, or was not about all its alerts, so the escalation went on.';
  return `${by} kept the next step back until ${utcText(next.dueAt)} UTC.`;
}

export type Step = Extract<LoggedFact, { type: 'incident.escalated' }>;

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
    ...otherSeverity.map((number) => [number, 'it is for other severities'] as const),
  ].map(([number, why]) => ({ at, text: `Level ${number} was passed over, because ${why}.` }));
}

/** How sentences name whom a step paged. */
export const levelName = ({ level }: Step['data']): string =>
  level === 0 ? 'The last resort' : `Level ${level}`;

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
  const by = fact.actor.kind === 'system' ? 'the system' : fact.actor.name;
  const what = fact.type === 'incident.acknowledged' ? 'acknowledged' : 'resolved';
  const levels = levelsAfter(fact, person, record);
  const rest = levels.length === 0 ? '' : ` Level ${levels.join(', ')} was not reached before that.`;
  return `It was ${what} by ${by}, which stopped the escalation.${rest}`;
}

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
function openEnd(_: string, { incident, held, waits = [] }: PagingRecord): readonly PagingReason[] {
  if (incident.state !== 'triggered' || !incident.next) return [];
  if (held) return [{ text: `The next step ${heldWords(held)}, unless somebody acknowledges.` }];
  const due = `The next step is due at ${utcText(incident.next.dueAt)} UTC, unless somebody acknowledges.`;
  return [{ text: [due, ...waits].join(' ') }];
}

/** How long something keeps a step back, and what. */
export const heldWords = ({ by, until }: HeldStep): string =>
  until === undefined
    ? `is held while an alert fires that mutes it: ${by}`
    : `is held until ${utcText(until)} UTC by ${by}`;
