import type { Incident } from '../../shared/incidents/index.ts';
import { type Instant, SECOND } from '../../shared/kernel/index.ts';
import type { EscalateMessage } from '../../shared/wiring/index.ts';
import { nextStepMessages, sendEscalation } from '../incidents/escalation.ts';

/** What is due so much later the sweep finds before. */
const SWEPT = 50 * SECOND;

/** Whether somebody put the step off after it was due: they send it, or the sweep does, and every message of before would be one more of it. */
const isMoved = (incident: Incident, { dueAt }: Pick<EscalateMessage, 'dueAt'>, now: Instant): boolean =>
  incident.state === 'triggered' &&
  incident.updatedAt > dueAt &&
  (incident.next?.dueAt ?? now) - now >= SWEPT;

/** Has the step of this message come again when it is due. */
export async function waitFor(incident: Incident, message: EscalateMessage, now: Instant): Promise<void> {
  if (!isMoved(incident, message, now)) await sendEscalation(nextStepMessages([incident], now));
}
