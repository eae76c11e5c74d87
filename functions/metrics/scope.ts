import { serviceNamed } from '../../shared/alerts/index.ts';
import { DAY, type Instant, Refusal } from '../../shared/kernel/index.ts';
import { NONE, type Scope } from '../../shared/metrics/index.ts';

/** How far back a window goes when nobody says, and how long one may be. */
const [USUAL, LONGEST] = [90 * DAY, 367 * DAY];

interface Asked {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly severity?: Scope['severity'];
  readonly team?: string | undefined;
  readonly service?: string | undefined;
  readonly component?: string | undefined;
}

/** What a query asks about. */
export function scopeOf({ from, to, severity, team, service, component }: Asked, now: Instant): Scope {
  const end = to ?? now;
  const begin = from ?? end - USUAL;
  if (begin >= end)
    throw new Refusal('invalid', 'The window ends before it begins; `from` comes before `to`.', 'query.from');
  if (end - begin > LONGEST)
    throw new Refusal('invalid', 'The window is longer than 367 days; ask for a shorter one.', 'query.from');
  const named = service === undefined || service === NONE ? service : (serviceNamed(service) ?? service);
  return { from: begin, to: end, severity, team, service: named, component };
}
