import { DAY, type Duration, HOUR, MINUTE, SECOND } from '../../shared/kernel/time.ts';

/** A length of time in words, by its two largest units: `42 s`, `3 min`, `2 h 5 min`, `4 d 3 h`. Negative ones are `0 s`. */
export function lasting(duration: Duration): string {
  const length = Math.max(0, duration);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return two(length, HOUR, 'h', MINUTE, 'min');
  return two(length, DAY, 'd', HOUR, 'h');
}

/** When something planned happens: `in 4 min`, in its last minute by the second, then `now`, and `3 min overdue`. */
export function until(due: number, now: number): string {
  if (due > now) return `in ${lasting(Math.ceil((due - now) / SECOND) * SECOND)}`;
  return now - due < MINUTE ? 'now' : `${lasting(now - due)} overdue`;
}

function two(length: Duration, large: Duration, nameOfLarge: string, small: Duration, nameOfSmall: string) {
  const rest = Math.floor((length % large) / small);
  return `${Math.floor(length / large)} ${nameOfLarge}${rest === 0 ? '' : ` ${rest} ${nameOfSmall}`}`;
}
