import type * as z from 'zod';
import {
  type Heartbeat,
  type HeartbeatPlan,
  type heartbeatPlanInput,
  type heartbeatView,
  serviceNamed,
  stateOfHeartbeat,
} from '../../shared/alerts/index.ts';
import { type Instant, MINUTE, toText } from '../../shared/kernel/index.ts';

/** A heartbeat as the API shows it. */
export function viewHeartbeat(heartbeat: Heartbeat, now: Instant): z.input<typeof heartbeatView> {
  const { id: _, door: _door, version: _version, told: _told, madeBy: _by, ...own } = heartbeat;
  const { interval, grace, ...rest } = own;
  const { createdAt, lastPingAt, dueAt, missedAt, tags, ...plan } = rest;
  const state = stateOfHeartbeat(heartbeat, now);
  return {
    ...plan,
    state,
    ...{ intervalMinutes: interval / MINUTE, graceMinutes: grace / MINUTE },
    ...(tags !== undefined && { tags: [...tags] }),
    createdAt: toText(createdAt),
    ...(lastPingAt !== undefined && { lastPingAt: toText(lastPingAt) }),
    ...(dueAt !== undefined && { dueAt: toText(dueAt) }),
    ...(state === 'missed' && { missedAt: toText(missedAt ?? dueAt ?? now) }),
  };
}

type Said = z.output<typeof heartbeatPlanInput>;

type Removable = 'alertTitle' | 'description' | 'service' | 'ownerTeam';

/** What was decided of a heartbeat, or of some of it, in our terms; what is null there is undefined here, and so taken away. */
export function planOf(
  said: {
    readonly [Name in keyof Said]?: Said[Name] | (Name extends Removable ? null : never) | undefined;
  },
): Partial<HeartbeatPlan> {
  const { intervalMinutes, graceMinutes, service, ...plan } = said;
  const known = Object.entries(plan).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value ?? undefined] as const],
  );
  return {
    ...(Object.fromEntries(known) as Partial<HeartbeatPlan>),
    ...(intervalMinutes !== undefined && { interval: intervalMinutes * MINUTE }),
    ...(graceMinutes !== undefined && { grace: graceMinutes * MINUTE }),
    ...(service !== undefined && { service: serviceNamed(service ?? undefined) }),
  };
}
