import { delayUntil, type Incident, type LoggedFact } from '../../shared/incidents/index.ts';
import { becauseOf, type Instant } from '../../shared/kernel/index.ts';
import type { DeliverMessage, EscalateMessage } from '../../shared/wiring/index.ts';
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
    const { org, id, generation } = incident;
    const { step, dueAt } = incident.next;
    return escalateMessage({ kind: 'escalate', org, incident: id, generation, step, dueAt }, now);
  });
}

/** The messages of the pages of a step, as the fact of the step has them; of any other fact none. */
export function deliveryMessages(fact: LoggedFact): readonly Outgoing[] {
  if (fact.type !== 'incident.escalated') return [];
  const { org, incidentId: incident } = fact;
  const { generation, step, targets } = fact.data;
  return targets.flatMap((target) => {
    const cause = becauseOf(fact);
    const body: DeliverMessage = { kind: 'deliver', org, incident, generation, step, ...target, cause };
    return [{ body, group: org }, ...nextChannelMessages(body, 'in-time')];
  });
}

/** How long a channel may take before the next one is tried too, in seconds. */
const NEXT_CHANNEL_AFTER = 60;

/** The message that has the next channel tried, now or when this one had its time; none after the last. */
export function nextChannelMessages(message: DeliverMessage, when: 'now' | 'in-time'): readonly Outgoing[] {
  const { others: [channel, ...others] = [], ...rest } = message;
  if (channel === undefined) return [];
  const body: DeliverMessage = { ...rest, channel, ...(others.length > 0 && { others }) };
  return [{ body, group: message.org, delaySeconds: when === 'now' ? 0 : NEXT_CHANNEL_AFTER }];
}

/** Sends these to the escalation queue; nothing when there are none. */
export async function sendEscalation(messages: readonly Outgoing[]): Promise<void> {
  if (messages.length > 0) await sendTo(setting('escalationQueue')).send(messages);
}
