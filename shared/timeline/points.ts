import type { AlertEntry, LoggedFact } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { TimelineSources } from './sources.ts';

/** The moments between which times are measured, in the order in which they are expected. */
export const pointNames = [
  'impact',
  'detected',
  'paged',
  'acknowledged',
  'mobilised',
  'mitigated',
  'resolved',
] as const;
export type PointName = (typeof pointNames)[number];

/** When something was reached, and the fact that shows it. */
export interface Point {
  readonly name: PointName;
  readonly at: Instant;
  /** The number of that fact in the log, and its id. */
  readonly seq: number;
  readonly fact: string;
  /** Why it is taken for that, in words. */
  readonly why: string;
}

export type PointsFound = Readonly<Partial<Record<PointName, Point>>>;

/** Which of the points the log shows. What happened more than once counts when it happened first, what ends when it ended last. */
export function pointsOf({ incident, facts }: Pick<TimelineSources, 'incident' | 'facts'>): PointsFound {
  const openedBy = facts.find(({ type }) => type === 'incident.opened');
  if (!openedBy) return {};
  const found: Record<PointName, Shown | undefined> = {
    impact: impact(facts, openedBy),
    detected: { ...pointAt(openedBy, 'The incident was opened then.'), at: openedBy.recordedAt },
    paged: first(facts, 'incident.escalated', 'The first page went out then.'),
    acknowledged: first(facts, 'incident.acknowledged', 'Somebody acknowledged it first then.'),
    mobilised: mobilised(facts),
    mitigated: mitigated(facts),
    resolved: incident.state === 'resolved' ? ended(facts) : undefined,
  };
  return Object.fromEntries(
    pointNames.flatMap((name) => (found[name] ? [[name, { name, ...found[name] }]] : [])),
  );
}

type Shown = Omit<Point, 'name'>;

const pointAt = ({ occurredAt: at, seq, id: fact }: LoggedFact, why: string): Shown => ({
  at,
  seq,
  fact,
  why,
});

function first(facts: readonly LoggedFact[], type: LoggedFact['type'], why: string): Shown | undefined {
  const fact = facts.find((one) => one.type === type);
  return fact && pointAt(fact, why);
}

/** The earliest moment at which an alert of the incident said that it was firing, by its source's clock. */
function impact(facts: readonly LoggedFact[], openedBy: LoggedFact): Shown {
  let earliest = pointAt(openedBy, 'Nothing earlier is known than what opened the incident.');
  for (const fact of facts) {
    if (fact.type !== 'alerts.changed') continue;
    for (const { at, title, state } of fact.data.entries) {
      if (state === 'firing' && at < earliest.at)
        earliest = { ...pointAt(fact, `The alert “${title}” fired first then, by its source's clock.`), at };
    }
  }
  return earliest;
}

/** Somebody leads, or a second person is at work. */
function mobilised(facts: readonly LoggedFact[]): Shown | undefined {
  let firstPerson: string | undefined;
  for (const fact of facts) {
    if (fact.type === 'room.role-given' && fact.data.role === 'commander' && fact.data.person)
      return pointAt(fact, `${fact.data.person.name} took command then.`);
    const { actor } = fact;
    if (actor.kind !== 'person' || fact.type === 'room.left' || fact.type === 'status.told') continue;
    firstPerson ??= actor.id;
    if (actor.id !== firstPerson)
      return pointAt(fact, `${actor.name} was the second person at work on it then.`);
  }
  return undefined;
}

/** A person's word counts more than what alerts say; both more than what was told to the public. */
function mitigated(facts: readonly LoggedFact[]): Shown | undefined {
  const since = facts.findLast(({ type }) => type === 'incident.reopened')?.seq ?? 0;
  const now = facts.filter(({ seq }) => seq > since);
  const said = now.findLast(({ type }) => type === 'incident.mitigated');
  if (said) return pointAt(said, 'A person marked it as mitigated.');
  const told = now.find((fact) => fact.type === 'status.told' && fact.data.state === 'monitoring');
  return cleared(facts) ?? (told && pointAt(told, 'The status page said “monitoring” from then on.'));
}

/** When the last alert cleared, if none fires at the end. */
function cleared(facts: readonly LoggedFact[]): Shown | undefined {
  const last = new Map<string, { readonly entry: AlertEntry; readonly fact: LoggedFact }>();
  for (const fact of facts) {
    if (fact.type !== 'alerts.changed') continue;
    for (const entry of fact.data.entries) last.set(entry.fingerprint, { entry, fact });
  }
  const all = [...last.values()];
  if (all.length === 0 || all.some(({ entry }) => entry.state !== 'resolved')) return undefined;
  const latest = all.reduce((a, b) => (b.entry.at > a.entry.at ? b : a));
  return { ...pointAt(latest.fact, 'The last alert cleared then.'), at: latest.entry.at };
}

function ended(facts: readonly LoggedFact[]): Shown | undefined {
  const fact = facts.findLast(({ type }) => type === 'incident.resolved' || type === 'incident.merged');
  if (!fact) return undefined;
  const byPerson = fact.type === 'incident.resolved' && fact.data.reason === 'person';
  return pointAt(fact, byPerson ? 'A person resolved it then.' : 'It was over by itself then.');
}
