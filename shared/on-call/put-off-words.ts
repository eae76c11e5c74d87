import { isOfEscalation, type LoggedFact } from '../incidents/index.ts';
import { type Instant, utcText } from '../kernel/index.ts';

type PutOff = Extract<LoggedFact, { type: 'incident.put-off' }>;

/** What kept a step back and until when, or why the step came sooner than it was planned for, by what the log tells after that. */
export function putOffText(fact: PutOff, facts: readonly LoggedFact[]): string {
  const { data, actor, occurredAt } = fact;
  const { by, next, reached } = data;
  const due = next.dueAt <= occurredAt ? 'at once' : `at ${utcText(next.dueAt)} UTC`;
  if (reached !== undefined) return `Alerts of ${reached} came into it, so its next step was due ${due}.`;
  if (by !== undefined) return heldText(by, fact, facts);
  return isOfEscalation(actor)
    ? `What kept the next step back ended, or was not about all its alerts, so the step was due ${due}.`
    : `What came in may page sooner than what kept the next step back, so the step was due ${due}.`;
}

/** What was planned was only a limit where something came of the step, or of the incident, before. */
function heldText(by: string, { seq, data: { next } }: PutOff, facts: readonly LoggedFact[]): string {
  const limit = `${utcText(next.dueAt)} UTC`;
  const after = facts.find((one) => one.seq > seq && endsHold(one));
  if (!after) return `${by} keeps the next step back, at most until ${limit}.`;
  if (after.type === 'incident.put-off' && after.data.by === by && after.occurredAt < next.dueAt)
    return `${by} kept the next step back, as far as was known then at most until ${limit}.`;
  const end: Instant = Math.min(after.occurredAt, next.dueAt);
  return `${by} kept the next step back until ${utcText(end)} UTC.`;
}

const ends: ReadonlySet<LoggedFact['type']> = new Set([
  'incident.put-off',
  'incident.brought-forward',
  'incident.escalated',
  'incident.acknowledged',
  'incident.resolved',
  'incident.merged',
  'incident.deleted',
]);

/** What plans a step anew, takes it, or leaves none. */
const endsHold = (fact: LoggedFact): boolean =>
  ends.has(fact.type) || (fact.type === 'incident.severity-changed' && fact.data.next !== undefined);
