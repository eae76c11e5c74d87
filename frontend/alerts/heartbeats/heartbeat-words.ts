import type { HeartbeatState } from '../../../shared/alerts/heartbeats/heartbeat.ts';
import { DAY, type Duration, HOUR, type Instant, MINUTE } from '../../../shared/kernel/time.ts';
import type { Heartbeat } from './use-heartbeats.ts';

/** How a heartbeat stands as people read it: `late` is alive, but its grace has begun. */
export type HeartbeatSign = HeartbeatState | 'late';

export const signWords: Readonly<Record<HeartbeatSign, string>> = {
  ...{ missed: 'Missed', late: 'Late', alive: 'Alive', waiting: 'Waiting', paused: 'Paused' },
};

/** What needs somebody first. */
const bySign: readonly HeartbeatSign[] = ['missed', 'late', 'alive', 'waiting', 'paused'];

/** What stands before all others, the most urgent last. */
const urgent: readonly HeartbeatSign[] = ['late', 'missed'];

/** When the next call is expected; the grace begins then. Absent where nothing is expected. */
export function expectedAt({ dueAt, graceMinutes }: Pick<Heartbeat, 'dueAt' | 'graceMinutes'>) {
  return dueAt === undefined ? undefined : Date.parse(dueAt) - graceMinutes * MINUTE;
}

/** How a heartbeat stands now. That it is missed is only said once the system says so. */
export function signOf(
  heartbeat: Pick<Heartbeat, 'state' | 'dueAt' | 'graceMinutes'>,
  now: Instant,
): HeartbeatSign {
  const { state } = heartbeat;
  const expected = expectedAt(heartbeat);
  return state === 'alive' && expected !== undefined && expected <= now ? 'late' : state;
}

/** `1 missed, 3 alive`. */
export function countsOf(heartbeats: readonly Heartbeat[], now: Instant): string {
  const signs = heartbeats.map((one) => signOf(one, now));
  return bySign
    .map((sign) => [signs.filter((one) => one === sign).length, signWords[sign].toLowerCase()] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

/** Missed ones first, then late ones, then all others, each by name: what needs nobody stays in its place, however it stands. */
export function worstFirst(heartbeats: readonly Heartbeat[], now: Instant): readonly Heartbeat[] {
  const place = (one: Heartbeat) => urgent.indexOf(signOf(one, now));
  return heartbeats.toSorted((one, other) => place(other) - place(one) || one.name.localeCompare(other.name));
}

const units: readonly (readonly [length: Duration, name: string, one: string])[] = [
  [DAY, 'd', 'day'],
  [HOUR, 'h', 'hour'],
  [MINUTE, 'min', 'minute'],
];

/** `1 d 30 min`: exactly, in whole minutes. */
export function exactly(minutes: number): string {
  let rest = minutes * MINUTE;
  const parts = units.flatMap(([length, name]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return parts.join(' ') || '0 min';
}

/** `Every day, with 30 min of grace`. */
export function rhythmOf({
  intervalMinutes,
  graceMinutes,
}: Pick<Heartbeat, 'intervalMinutes' | 'graceMinutes'>) {
  const one = units.find(([length]) => length === intervalMinutes * MINUTE)?.[2];
  const every = `Every ${one ?? exactly(intervalMinutes)}`;
  return `${every}, ${graceMinutes === 0 ? 'without grace' : `with ${exactly(graceMinutes)} of grace`}`;
}
