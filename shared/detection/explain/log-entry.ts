import { type AlertEntry, type LoggedFact, needsHuman } from '../../incidents/index.ts';
import type { Joined } from './record.ts';

/** How a log tells of alerts that came in. */
export type Entry = Extract<LoggedFact, { type: 'alerts.changed' }>;

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
export function besideAny({ facts }: Joined, fingerprint: string): readonly LoggedFact[] {
  const own = facts.filter(
    (fact) =>
      fact.type === 'alerts.changed' && fact.data.entries.some((one) => one.fingerprint === fingerprint),
  );
  return facts.filter((fact) => own.some((one) => isSameWrite(fact, one)));
}

/** What the log tells of alerts that was written with a fact. */
export const entriesBeside = (fact: LoggedFact, facts: readonly LoggedFact[]): readonly AlertEntry[] =>
  facts.flatMap((other) =>
    other.type === 'alerts.changed' && isSameWrite(other, fact) ? other.data.entries : [],
  );

type Changed = Extract<LoggedFact, { type: 'incident.severity-changed' }>;

/** Whether an alert may have made its incident as severe as it became, or have it page, by how severe it is. */
export const brings = ({ state, severity }: AlertEntry, { data: { from, to } }: Changed): boolean =>
  from === to ? state !== 'resolved' && needsHuman(severity) : severity === to;
