import type { Instant } from '../../kernel/index.ts';
import type { Signal } from '../signal.ts';
import type { Heartbeat, HeartbeatPlan } from './heartbeat.ts';
import { missedSignal, recoveredSignal } from './heartbeat-signals.ts';

/** What a heartbeat is next, and what alerts hear of it. The signal is sent before the heartbeat is written. */
export interface Beat {
  readonly heartbeat: Heartbeat;
  readonly signal?: Signal;
}

/** It called: it is expected anew, and what was missed is over. A call that came earlier than the last changes nothing. */
export function pinged(heartbeat: Heartbeat, at: Instant): Beat {
  const { missedAt, told: _, ...rest } = heartbeat;
  if (heartbeat.lastPingAt !== undefined && at <= heartbeat.lastPingAt && missedAt === undefined)
    return { heartbeat };
  const next = withDue({ ...rest, lastPingAt: at });
  return missedAt === undefined ? { heartbeat: next } : over(heartbeat, next, at);
}

/** It did not call in time: noted first, so that whoever sends the alert can die and another sends it again. */
export function missed(heartbeat: Heartbeat, now: Instant): Heartbeat | undefined {
  const { enabled, dueAt, missedAt } = heartbeat;
  if (!enabled || dueAt === undefined || dueAt > now || missedAt !== undefined) return undefined;
  return { ...heartbeat, missedAt: dueAt };
}

/** What is to be told of a heartbeat that was noted as missed; nothing once it was told. */
export function untold(heartbeat: Heartbeat, now: Instant): Beat | undefined {
  if (heartbeat.missedAt === undefined || heartbeat.told) return undefined;
  return { heartbeat: { ...heartbeat, told: true }, signal: missedSignal(heartbeat, now) };
}

/** A person changed what is expected: the time runs from the last call, but nobody is late before now; a pause ends what is missed. */
export function replanned(heartbeat: Heartbeat, plan: Partial<HeartbeatPlan>, now: Instant): Beat {
  const { missedAt, told, dueAt: _, ...rest } = heartbeat;
  const changed = withDue({ ...rest, ...plan });
  const isMissed = changed.dueAt !== undefined && changed.dueAt <= now;
  if (missedAt !== undefined && isMissed)
    return { heartbeat: { ...changed, missedAt, ...(told && { told }) } };
  // What was told to be over is missed anew from now, not from before it was over.
  const next = isMissed ? { ...changed, dueAt: now } : changed;
  return missedAt === undefined ? { heartbeat: next } : over(heartbeat, next, now);
}

/** It is removed: nobody waits for it any more. */
export function ended(heartbeat: Heartbeat, now: Instant): Signal | undefined {
  return heartbeat.missedAt === undefined ? undefined : recoveredSignal(heartbeat, now);
}

function over(before: Heartbeat, next: Heartbeat, at: Instant): Beat {
  return { heartbeat: next, signal: recoveredSignal(before, at) };
}

function withDue(heartbeat: Omit<Heartbeat, 'dueAt'>): Heartbeat {
  const { enabled, lastPingAt, interval, grace } = heartbeat;
  if (!enabled || lastPingAt === undefined) return heartbeat;
  return { ...heartbeat, dueAt: lastPingAt + interval + grace };
}
