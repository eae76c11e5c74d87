import { type MaintenanceWindow, maintainedUntil, type Quiet, quietName } from '../alerts/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { IncidentCommand } from './commands.ts';
import type { Incident } from './incident.ts';

type PutOff = Extract<IncidentCommand, { do: 'put-off' }>;

/** Until when maintenance keeps something still, and by which window. */
interface Still {
  readonly until: Instant;
  readonly by: MaintenanceWindow;
}

/**
 * Until when maintenance keeps an incident still: while all services whose alerts are in it are under maintenance. One that is
 * not has failed by itself, so somebody is to be woken. Undefined when nothing keeps it still.
 */
export function keptStill(
  { service, reached = [] }: Pick<Incident, 'service' | 'reached'>,
  quiets: readonly Quiet[],
  now: Instant,
): Still | undefined {
  let first: Still | undefined;
  for (const one of [service, ...reached]) {
    const held = maintainedUntil(quiets, one, now);
    if (!held) return undefined;
    if (first === undefined || held.until < first.until) first = held;
  }
  return first;
}

/** Whether a person declared it, and did not split it off; it may have taken in another one. */
const isDeclared = ({ correlation, openedBy }: Incident): boolean =>
  correlation === undefined || (correlation.rule === 'merged' && openedBy.kind === 'person');

/**
 * What maintenance of its services means for the next step of an incident: it comes when that ends, or now when it waits for one
 * that has ended. Undefined when nothing changes. What a person declares is no symptom of the maintenance: it pages.
 */
export function putOffBy(incident: Incident, quiets: readonly Quiet[], now: Instant): PutOff | undefined {
  if (incident.state !== 'triggered' || !incident.next || isDeclared(incident)) return undefined;
  const { generation, next } = incident;
  const { step, dueAt, heldBy } = next;
  const held = keptStill(incident, quiets, now);
  if (held && held.until > dueAt) {
    const later = { step, dueAt: held.until, heldBy: held.by.id };
    return { do: 'put-off', generation, next: later, by: quietName(held.by) };
  }
  if (heldBy === undefined || dueAt <= (held?.until ?? now)) return undefined;
  const sooner = { step, dueAt: held?.until ?? now, ...(held && { heldBy }) };
  return { do: 'put-off', generation, next: sooner, ...(held && { by: quietName(held.by) }) };
}

/** What keeps the next step of an incident back; without an end where it holds for as long as other alerts fire. */
export interface HeldStep {
  readonly by: string;
  readonly until?: Instant;
}

/** What maintenance will make of the next step by the windows that are known now: told before the step is due and put off. */
export function heldStep(incident: Incident, quiets: readonly Quiet[], now: Instant): HeldStep | undefined {
  if (incident.state !== 'triggered' || !incident.next) return undefined;
  const { dueAt, heldBy } = incident.next;
  const window = quiets.find(({ id }) => id === heldBy);
  const later = putOffBy(incident, quiets, window ? now : Math.max(now, dueAt));
  if (later) return later.by === undefined ? undefined : { by: later.by, until: later.next.dueAt };
  return window && { by: quietName(window), until: dueAt };
}
