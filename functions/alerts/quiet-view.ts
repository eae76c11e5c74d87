import type * as z from 'zod';
import {
  type HeldAlert,
  type heldAlertView,
  type MaintenanceWindow,
  type maintenanceWindowView,
  type Quiet,
  quietStateOf,
  type Silence,
  type silenceView,
} from '../../shared/alerts/index.ts';
import { type AlertHead, isHeldStill } from '../../shared/detection/index.ts';
import { type Instant, toText } from '../../shared/kernel/index.ts';

/** A silence as the API shows it. */
export function viewSilence(silence: Silence, now: Instant): z.input<typeof silenceView> {
  const { id, matchers, untilResolved } = silence;
  return {
    ...{ id, matchers: [...matchers] },
    ...(untilResolved && { untilResolved }),
    ...viewTimes(silence, now),
  };
}

/** A maintenance window as the API shows it. */
export function viewMaintenance(
  window: MaintenanceWindow,
  now: Instant,
): z.input<typeof maintenanceWindowView> {
  return { id: window.id, services: [...window.services], ...viewTimes(window, now) };
}

function viewTimes(quiet: Quiet, now: Instant) {
  const { from, to, comment, createdBy, createdAt, changedBy, changedAt, endedBy } = quiet;
  return {
    state: quietStateOf(quiet, now),
    ...{ from: toText(from), to: toText(to), comment, createdBy, createdAt: toText(createdAt) },
    ...(changedBy && { changedBy }),
    ...(changedAt !== undefined && { changedAt: toText(changedAt) }),
    ...(endedBy && { endedBy }),
  };
}

/** An alert that was held back, as the API shows it. */
export function viewHeld(held: HeldAlert, head: AlertHead | undefined): z.input<typeof heldAlertView> {
  const { signal, why } = held;
  const { fingerprint, title, service, severity, labels, at } = signal;
  return {
    ...{ fingerprint, labels, why, firedAt: toText(at) },
    isHeld: head !== undefined && isHeldStill(held, head),
    ...(title !== undefined && { title }),
    ...(service !== undefined && { service }),
    ...(severity !== undefined && { severity }),
  };
}
