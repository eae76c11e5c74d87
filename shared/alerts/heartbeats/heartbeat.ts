import { type Duration, type Instant, type IntegrationId, MINUTE } from '../../kernel/index.ts';
import type { Severity } from '../severity.ts';

/** What a person decides of a heartbeat. */
export interface HeartbeatPlan {
  /** How long it may be silent before it is expected; whole minutes. */
  readonly interval: Duration;
  /** How much longer is waited before somebody is told. */
  readonly grace: Duration;
  readonly enabled: boolean;
  /** What the alert says; left out, that the heartbeat is missing. */
  readonly alertTitle?: string | undefined;
  readonly description?: string | undefined;
  readonly severity: Severity;
  readonly service?: string | undefined;
  /** Who is asked about it, in the organisation's words. */
  readonly ownerTeam?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** Something that must call every so often, else there is an alert. */
export interface Heartbeat extends HeartbeatPlan {
  /** Unique in its organisation. */
  readonly name: string;
  /** Names its alert. */
  readonly id: IntegrationId;
  readonly createdAt: Instant;
  /** The integration by whose key it was made; absent where a person made it, and then no key may change it. */
  readonly madeBy?: IntegrationId;
  /** The hash of the key in its address. */
  readonly door: string;
  readonly version: number;
  /** When it last called; absent until it first did. */
  readonly lastPingAt?: Instant;
  /** When it is missed if it does not call before. Absent until it first called, and while it is not enabled. */
  readonly dueAt?: Instant;
  /** Since when it is missed. */
  readonly missedAt?: Instant;
  /** The alert that it is missed has been sent. */
  readonly told?: true;
}

/** What a name is made of: it stands in addresses, so it has no slash. */
export const heartbeatNames = /^[\p{L}\p{N}][\p{L}\p{N} ._:@-]*$/u;

export const heartbeatLimits = { name: 200, interval: 366 * 24 * 60, grace: 24 * 60, tags: 20 } as const;

/** Waited for besides the interval unless a person says otherwise: a job that runs every hour takes some seconds more or less. */
export const USUAL_GRACE: Duration = MINUTE;

/** `waiting`: it never called, so nothing is expected yet. `paused`: nothing is expected of it. */
export const heartbeatStates = ['waiting', 'alive', 'missed', 'paused'] as const;
export type HeartbeatState = (typeof heartbeatStates)[number];

/** How a heartbeat stands at a time, also where nobody has looked since it was due. */
export function stateOfHeartbeat(heartbeat: Heartbeat, now: Instant): HeartbeatState {
  const { enabled, dueAt } = heartbeat;
  if (!enabled) return 'paused';
  if (dueAt === undefined) return 'waiting';
  return dueAt <= now ? 'missed' : 'alive';
}
