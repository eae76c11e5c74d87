import { lasting, MINUTE, SECOND } from '../../shared/kernel/time.ts';

/** When something planned happens: `in 4 min`, in its last minute by the second, then `now`, and `3 min overdue`. */
export function until(due: number, now: number): string {
  if (due > now) return `in ${lasting(Math.ceil((due - now) / SECOND) * SECOND)}`;
  return now - due < MINUTE ? 'now' : `${lasting(now - due)} overdue`;
}
