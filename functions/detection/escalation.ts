import type { Incident } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { SECOND } from '../../shared/kernel/index.ts';
import { type EscalateMessage, queueTimes } from '../../shared/wiring/index.ts';
import type { Outgoing } from '../aws/queue.ts';

/** The messages that drive the next steps of these incidents; a step that is farther off than a queue can wait is the sweep's. */
export function escalateMessages(incidents: readonly Incident[], now: Instant): readonly Outgoing[] {
  return incidents.flatMap((incident) => {
    if (incident.state !== 'triggered' || !incident.next) return [];
    const { step, dueAt } = incident.next;
    const delaySeconds = Math.max(0, Math.ceil((dueAt - now) / SECOND));
    if (delaySeconds > queueTimes.longestDelay) return [];
    const { org, id, generation } = incident;
    const body: EscalateMessage = { kind: 'escalate', org, incident: id, generation, step, dueAt };
    return [{ body, group: org, delaySeconds }];
  });
}
