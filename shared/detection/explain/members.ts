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
import { toText } from '../../kernel/index.ts';
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
}

/** The alerts that are in an incident, in the order in which they joined; then those that came with others. */
export interface AlertsIn {
  readonly alerts: readonly AlertIn[];
}

/** The alerts of these facts and of the incidents that were merged into this one, without those that were split off. */
export function alertsIn(facts: readonly LoggedFact[], absorbed: readonly AbsorbedLog[] = []): AlertsIn {
  const found = tellings(facts);
  for (const { incident, facts: other } of absorbed)
    for (const [fingerprint, one] of tellings(other))
      if (!found.has(fingerprint)) found.set(fingerprint, { ...one, cameWith: nameOf(incident) });
  const [own, ...others] = [facts, ...absorbed.map((one) => one.facts)].map((log) =>
    foldAlerts(noAlerts, log),
  );
  const members = membersIn(own ?? noAlerts, others);
  return {
    alerts: members.flatMap((last) => {
      const one = found.get(last.fingerprint);
      return one ? [{ ...one, last }] : [];
    }),
  };
}

/** How a log tells of each alert first. */
function tellings(facts: readonly LoggedFact[]): Map<string, Omit<AlertIn, 'last'>> {
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
export function alertSteps({ alerts }: AlertsIn): readonly ExplainedStep[] {
  const byReason = [...Map.groupBy(alerts, ({ why, cameWith = '' }) => JSON.stringify([cameWith, why]))];
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
          ({ entry, fact, last }) =>
            `“${entry.title}” (${severityText(entry.severity)}${worseLater(entry, last)}) at ${timeWords(fact.recordedAt)}`,
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
