import { DAY, type Instant, Refusal } from '../../shared/kernel/index.ts';

/** From when on and up to when signals were received. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  /** What is played when not all of it can be: from the beginning on where somebody said when that is, else the newest. */
  readonly first: 'oldest' | 'newest';
}

/** The days that are looked at when nobody says so. */
const USUAL_DAYS = 7;

interface Asked {
  readonly days?: number | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** The stretch that a request asks for; `where` its parameters are. */
export function stretchOf(
  { days, from, to = Number.POSITIVE_INFINITY }: Asked,
  now: Instant,
  where: 'body' | 'query',
): Stretch {
  if (days !== undefined && from !== undefined)
    throw new Refusal('invalid', "Send either 'days' or 'from'.", `${where}.days`);
  const end = Math.min(to, now);
  const begin = from ?? end - (days ?? USUAL_DAYS) * DAY;
  if (begin >= end)
    throw new Refusal('invalid', "'from' must be before 'to' and before now.", `${where}.from`);
  return { from: begin, to, first: from === undefined ? 'newest' : 'oldest' };
}
