import type { ExplainedStep } from '../../alerts/index.ts';
import { type AlertEntry, type LoggedFact, severityText } from '../../incidents/index.ts';
import { toText } from '../../kernel/index.ts';
import { countOf, timeWords } from './words.ts';

type Telling = Extract<LoggedFact, { type: 'alerts.changed' }>;

/** One alert of an incident: how the log tells of it first, and last. */
export interface AlertIn {
  readonly fact: Telling;
  readonly entry: AlertEntry;
  readonly why: string;
  readonly last: AlertEntry;
}

/** The alerts that a log tells of, in the order in which they joined. */
export interface AlertsIn {
  readonly alerts: readonly AlertIn[];
}

/** The alerts of these facts. */
export function alertsIn(facts: readonly LoggedFact[]): AlertsIn {
  const found = new Map<string, AlertIn>();
  for (const fact of facts) {
    if (fact.type !== 'alerts.changed') continue;
    for (const entry of fact.data.entries) {
      const known = found.get(entry.fingerprint);
      found.set(
        entry.fingerprint,
        known ? { ...known, last: entry } : { fact, entry, why: fact.data.why, last: entry },
      );
    }
  }
  return { alerts: [...found.values()] };
}

/** Reasons that are told of, and alerts of each. */
const [MOST_REASONS, MOST_ALERTS] = [20, 10];

/** The alerts with their reasons: those with the same reason together, in the order in which the first of them came. */
export function alertSteps({ alerts }: AlertsIn): readonly ExplainedStep[] {
  const byReason = [...Map.groupBy(alerts, ({ why }) => why)];
  const told = byReason.slice(0, MOST_REASONS).map(([why, some]) => reasonStep(why, some));
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

function reasonStep(why: string, some: readonly AlertIn[]): ExplainedStep {
  const score = some[0] && scoreOf(some[0].fact);
  const more = some.length - MOST_ALERTS;
  return {
    about: 'alerts',
    basis: 'recorded',
    ...(some[0] && { at: some[0].fact.recordedAt }),
    text: `${countOf(some.length, 'alert')} came in: ${why === '' ? 'no reason is on record' : why}.`,
    lines: [
      ...some
        .slice(0, MOST_ALERTS)
        .map(
          ({ entry, fact }) =>
            `“${entry.title}” (${severityText(entry.severity)}) at ${timeWords(fact.recordedAt)}`,
        ),
      ...(more > 0 ? [`and ${more} more`] : []),
    ],
    data: {
      why,
      ...(score !== undefined && { score }),
      alerts: some.slice(0, MOST_ALERTS).map(({ entry, fact }) => ({
        ...{ id: entry.fingerprint, title: entry.title, severity: entry.severity },
        ...{ at: toText(fact.recordedAt), fact: fact.seq },
      })),
      ...(more > 0 && { more }),
    },
  };
}
