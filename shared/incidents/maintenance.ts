import { maintainedUntil, type Quiet, quietName } from '../alerts/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { IncidentCommand } from './commands.ts';
import type { Incident } from './incident.ts';

type PutOff = Extract<IncidentCommand, { do: 'put-off' }>;

/**
 * What maintenance of its service means for the next step of an incident: it comes when that ends, or now when it waits for one
 * that has ended. Undefined when nothing changes. What a person declares is no symptom of the maintenance: it pages.
 */
export function putOffBy(incident: Incident, quiets: readonly Quiet[], now: Instant): PutOff | undefined {
  if (incident.state !== 'triggered' || !incident.next || incident.correlation === undefined)
    return undefined;
  const { generation, next, service } = incident;
  const { step, dueAt, heldBy } = next;
  const held = maintainedUntil(quiets, service, now);
  if (held && held.until > dueAt) {
    const later = { step, dueAt: held.until, heldBy: held.by.id };
    return { do: 'put-off', generation, next: later, by: quietName(held.by) };
  }
  if (heldBy === undefined || dueAt <= (held?.until ?? now)) return undefined;
  const sooner = { step, dueAt: held?.until ?? now, ...(held && { heldBy }) };
  return { do: 'put-off', generation, next: sooner, ...(held && { by: quietName(held.by) }) };
}
