import type { Severity } from '../alerts/index.ts';
import { type LoggedFact, severityText } from '../incidents/index.ts';
import { type Duration, type Instant, lasting, MINUTE } from '../kernel/index.ts';
import type { PointsFound } from './points.ts';

/** A time in which nothing is on record while people were suffering, and what to ask about it. */
export interface Gap {
  readonly from: Instant;
  readonly to: Instant;
  readonly severity: Severity;
  readonly question: string;
}

/** How long nothing may be on record before it is a gap; what wakes nobody may be silent for as long as it likes. */
const PATIENCE: Readonly<Partial<Record<Severity, Duration>>> = {
  P1_CRITICAL: 10 * MINUTE,
  P2_HIGH: 20 * MINUTE,
  P3_MEDIUM: 60 * MINUTE,
};

/** The gaps of a log, between its detection and the end of the harm, or now; none while the incident was resolved. */
export function gapsOf(facts: readonly LoggedFact[], points: PointsFound, now: Instant): readonly Gap[] {
  const { detected, acknowledged } = points;
  if (!detected) return [];
  const end = (points.mitigated ?? points.resolved)?.at ?? now;
  const gaps: Gap[] = [];
  let severity: Severity | undefined;
  let from = detected.at;
  let isResting = false;
  const close = (to: Instant) => {
    const patience = severity === undefined ? undefined : PATIENCE[severity];
    if (!isResting && severity !== undefined && patience !== undefined && to - from > patience)
      gaps.push({ from, to, severity, question: question(severity, { from, to }, acknowledged?.at) });
    from = Math.max(from, to);
  };
  for (const fact of facts.toSorted((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq)) {
    if (fact.type === 'void') continue;
    if (fact.occurredAt > detected.at && fact.occurredAt <= end) close(fact.occurredAt);
    if (fact.type === 'incident.resolved') isResting = true;
    if (fact.type === 'incident.reopened') isResting = false;
    if (fact.type === 'incident.opened') severity = fact.data.severity;
    if (fact.type === 'incident.severity-changed') severity = fact.data.to;
  }
  if (end > from) close(end);
  return gaps;
}

function question(
  severity: Severity,
  { from, to }: Pick<Gap, 'from' | 'to'>,
  acknowledgedAt: Instant | undefined,
): string {
  const silence = `For ${lasting(to - from)} nothing is on record while it was ${severityText(severity)}.`;
  return acknowledgedAt === undefined || acknowledgedAt >= to
    ? `${silence} Nobody had answered: did the pages arrive, and who else could have been told?`
    : `${silence} What was tried then, and by whom? A note says it for those who were not there.`;
}
