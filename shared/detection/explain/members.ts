import { type ExplainedStep, isWorse } from '../../alerts/index.ts';
import {
  type AlertEntry,
  foldAlerts,
  type Incident,
  type LoggedFact,
  membersIn,
  nameOf,
  noAlerts,
  severityText,
} from '../../incidents/index.ts';
import { type IncidentId, type Instant, toText } from '../../kernel/index.ts';
import { countOf, ended, timeWords } from './words.ts';

type Telling = Extract<LoggedFact, { type: 'alerts.changed' }>;

/** An incident that was merged into another, with its log. */
export interface AbsorbedLog {
  readonly incident: Incident;
  readonly facts: readonly LoggedFact[];
}

/** One alert of an incident: how a log tells of it first, and last. */
export interface AlertIn {
  readonly fact: Telling;
  readonly entry: AlertEntry;
  readonly why: string;
  readonly last: AlertEntry;
  /** The incident with which it came, by name; absent where this log tells of it. */
  readonly cameWith?: string;
  /** The incident into which a person moved it since, by name; absent where it is here still, or in what this was merged into. */
  readonly movedTo?: string;
}

/** The alerts that came into an incident, in the order in which they joined; then those that came with others. */
export interface AlertsIn {
  readonly came: readonly AlertIn[];
  /** Those that were not moved into another since. */
  readonly alerts: readonly AlertIn[];
}

/** What was merged into an incident, and what that was merged into. */
interface Merges {
  readonly absorbed?: readonly AbsorbedLog[];
  readonly on?: readonly AbsorbedLog[];
}

/** The alerts of these facts and of the incidents that were merged into this one; which were split off since, also from what it was merged into. */
export function alertsIn(facts: readonly LoggedFact[], { absorbed = [], on = [] }: Merges = {}): AlertsIn {
  const own = tellings(facts);
  const others = absorbed.map((one) => ({ ...one, told: tellings(one.facts) }));
  const since = mergedAt(facts, absorbed);
  const moved = new Map([facts, ...on.map((one) => one.facts)].flatMap((log) => [...movedFrom(log)]));
  const came = comers(facts, absorbed).flatMap((last): readonly AlertIn[] => {
    const { fingerprint } = last;
    const here = own.get(fingerprint);
    const there = others.flatMap(({ incident, told }) => {
      const one = told.get(fingerprint);
      const isBefore = !here || here.fact.recordedAt > (since.get(incident.id) ?? Number.POSITIVE_INFINITY);
      return one && isBefore ? [{ ...one, cameWith: nameOf(incident) }] : [];
    });
    const all = [...(here ? [here] : []), ...there];
    const [first] = all.sort((a, b) => a.fact.recordedAt - b.fact.recordedAt);
    const movedTo = moved.get(fingerprint);
    return first ? [{ ...first, last, ...(movedTo !== undefined && { movedTo }) }] : [];
  });
  return { came, alerts: came.filter(({ movedTo }) => movedTo === undefined) };
}

/** The last word on each alert that was ever here. */
function comers(facts: readonly LoggedFact[], absorbed: readonly AbsorbedLog[]): readonly AlertEntry[] {
  const told = facts.filter(({ type }) => type !== 'incident.split');
  const others = absorbed.map((one) => foldAlerts(noAlerts, one.facts));
  return membersIn(foldAlerts(noAlerts, told), others);
}

/** Since when an incident is part of this one, directly or with another: what its alerts do is told here from then on. */
function mergedAt(
  facts: readonly LoggedFact[],
  absorbed: readonly AbsorbedLog[],
): ReadonlyMap<IncidentId, Instant> {
  const since = new Map<IncidentId, Instant>();
  for (const log of [{ facts }, ...absorbed]) {
    const own = 'incident' in log ? (since.get(log.incident.id) ?? 0) : 0;
    for (const fact of log.facts)
      if (fact.type === 'incident.absorbed') since.set(fact.data.from, Math.max(own, fact.recordedAt));
  }
  return since;
}

/** The alerts that people moved out of the incident of this log and that did not come again, and where they are. */
function movedFrom(facts: readonly LoggedFact[]): ReadonlyMap<string, string> {
  const gone = new Set(foldAlerts(noAlerts, facts).gone);
  const splits = facts.flatMap((fact) => (fact.type === 'incident.split' ? [fact.data] : []));
  return new Map(
    splits.flatMap(({ alerts, number }) =>
      alerts.filter((one) => gone.has(one)).map((one) => [one, otherName(number)] as const),
    ),
  );
}

const otherName = (number: number | undefined): string =>
  number === undefined ? 'another incident' : nameOf({ number });

/** How a log tells of each alert first. */
function tellings(facts: readonly LoggedFact[]): ReadonlyMap<string, Omit<AlertIn, 'last'>> {
  const found = new Map<string, Omit<AlertIn, 'last'>>();
  for (const fact of facts) {
    if (fact.type !== 'alerts.changed') continue;
    for (const entry of fact.data.entries)
      if (!found.has(entry.fingerprint)) found.set(entry.fingerprint, { fact, entry, why: fact.data.why });
  }
  return found;
}

/** Reasons that are told of, and alerts of each. */
const [MOST_REASONS, MOST_ALERTS] = [20, 10];

/** The alerts with their reasons: those with the same reason together, in the order in which the first of them came. */
export function alertSteps({ came }: AlertsIn): readonly ExplainedStep[] {
  const byReason = [...Map.groupBy(came, ({ why, cameWith = '' }) => JSON.stringify([cameWith, why]))];
  const told = byReason.slice(0, MOST_REASONS).map(([, some]) => reasonStep(some));
  const rest = byReason.slice(MOST_REASONS).flatMap(([, some]) => some);
  if (rest.length === 0) return told;
  const text = `${countOf(rest.length, 'other alert')} came in for ${countOf(byReason.length - MOST_REASONS, 'other reason')}.`;
  return [...told, { about: 'alerts', basis: 'recorded', text, data: { more: rest.length } }];
}

/** How sure the log is of that; an earlier version had it in the reason's text only. */
function scoreOf({ data: { why, score } }: Telling): number | undefined {
  const [, said] = / \((\d\.\d\d)\); [Rr]ule '/.exec(why) ?? [];
  return score ?? (said === undefined ? undefined : Number(said));
}

/** One that fired again more severely since. */
const worseLater = (first: AlertEntry, last: AlertEntry): string =>
  isWorse(last.severity, first.severity) ? `, later ${severityText(last.severity)}` : '';

function reasonStep(some: readonly AlertIn[]): ExplainedStep {
  const [first] = some;
  const { why = '', cameWith } = first ?? {};
  const score = first && scoreOf(first.fact);
  const came = cameWith === undefined ? 'came in' : `came with ${cameWith}`;
  const more = some.length - MOST_ALERTS;
  return {
    about: 'alerts',
    basis: 'recorded',
    ...(first && { at: first.fact.recordedAt }),
    text: `${countOf(some.length, 'alert')} ${came}: ${ended(why === '' ? 'no reason is on record' : why)}`,
    lines: [
      ...some
        .slice(0, MOST_ALERTS)
        .map(
          ({ entry, fact, last, movedTo }) =>
            `“${entry.title}” (${severityText(entry.severity)}${worseLater(entry, last)}) at ${timeWords(fact.recordedAt)}${movedTo === undefined ? '' : `; moved into ${movedTo} since`}`,
        ),
      ...(more > 0 ? [`and ${more} more`] : []),
    ],
    data: {
      why,
      ...(cameWith !== undefined && { cameWith }),
      ...(score !== undefined && { score }),
      alerts: some.slice(0, MOST_ALERTS).map(({ entry, fact }) => ({
        ...{ id: entry.fingerprint, title: entry.title, severity: entry.severity },
        ...{ at: toText(fact.recordedAt), fact: fact.seq },
      })),
      ...(more > 0 && { more }),
    },
  };
}
