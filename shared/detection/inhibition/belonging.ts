import type { Instant } from '../../kernel/index.ts';
import type { AlertHead } from '../alert-head.ts';
import type { Received } from '../match.ts';
import type { Inhibitions } from './inhibitions.ts';

/** In which groups each firing of a head mutes others. */
export type Belonging = ReadonlyMap<Instant, readonly string[]>;

/** What a head says of it. */
type Said = Pick<AlertHead, 'inhibits' | 'inhibitsAt'>;

/** Groups in which one alert may mute at a time. */
const MOST_GROUPS = 8;

/**
 * What is known of a head's firings by what was known before, and by these. What is said twice at one instant is in the groups of both, so
 * it does not matter which came first.
 */
export function belongingOf(
  { firings }: Pick<AlertHead, 'firings'>,
  before: AlertHead | undefined,
  told: readonly Received[],
  inhibitions: Inhibitions | undefined,
): Belonging {
  const known = before === undefined ? new Map<Instant, readonly string[]>() : readBelonging(before);
  const said = Map.groupBy(told, ({ signal }) => signal.at);
  return new Map(
    firings.map((at) => {
      const now = (said.get(at) ?? []).flatMap((one) => inhibitions?.sourcesOf(one) ?? []);
      const groups = [...(known.get(at) ?? []), ...now.map(({ hash }) => hash)];
      return [at, [...new Set(groups)].sort().slice(0, MOST_GROUPS)];
    }),
  );
}

/** What a head says of its firings. */
function readBelonging({ firings, inhibits = [], inhibitsAt = [] }: AlertHead): Belonging {
  const apart = new Map(
    inhibitsAt.flatMap(([places, ...times]) =>
      times.map((at) => [at, inhibits.filter((_, i) => places.includes(String(i)))] as const),
    ),
  );
  return new Map(firings.map((at) => [at, apart.get(at) ?? inhibits]));
}

/** What a head is to say of it: the groups that its firings were in last, and of those that are not in all of these in which they are. */
export function noteOf(belonging: Belonging): Said {
  const lasts = new Map(
    [...belonging].flatMap(([at, groups]) => groups.map((group) => [group, at] as const)),
  );
  const inhibits = [...lasts]
    .sort(([one, last], [other, before]) => before - last || (one < other ? -1 : 1))
    .slice(0, MOST_GROUPS)
    .map(([group]) => group)
    .sort();
  if (inhibits.length === 0) return {};
  const all = placesOf(inhibits, inhibits);
  const apart = Map.groupBy(belonging.keys(), (at) => placesOf(inhibits, belonging.get(at) ?? []));
  apart.delete(all);
  const inhibitsAt = [...apart].map(([places, times]) => [places, ...times] as const);
  return { inhibits, ...(inhibitsAt.length > 0 && { inhibitsAt }) };
}

/** One digit for each. */
const placesOf = (all: readonly string[], some: readonly string[]): string =>
  all.flatMap((one, i) => (some.includes(one) ? String(i) : [])).join('');
