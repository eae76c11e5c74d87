import { delayUntil, type Incident } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import type { EscalateMessage } from '../../shared/wiring/index.ts';
import { type Outgoing, sendTo } from '../aws/queue.ts';
import { setting } from '../aws/settings.ts';

/** The message of an escalation step, delayed until it is due; none when that is farther off than a queue can wait. */
export function escalateMessage(body: EscalateMessage, now: Instant): readonly Outgoing[] {
  const delaySeconds = delayUntil(body.dueAt, now);
  return delaySeconds === undefined ? [] : [{ body, group: body.org, delaySeconds }];
}

/** The messages of the next steps of these incidents. */
export function nextStepMessages(incidents: readonly Incident[], now: Instant): readonly Outgoing[] {
  return incidents.flatMap((incident) => {
    if (incident.state !== 'triggered' || !incident.next) return [];
    const { org, id, generation, next } = incident;
    return escalateMessage({ kind: 'escalate', org, incident: id, generation, ...next }, now);
  });
}

/** Sends these to the escalation queue; nothing when there are none. */
export async function sendEscalation(messages: readonly Outgoing[]): Promise<void> {
  if (messages.length > 0) await sendTo(setting('escalationQueue')).send(messages);
}
