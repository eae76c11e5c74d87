import { digest, type Instant, type IntegrationId, minuteOf, SECOND } from '../kernel/index.ts';
import type { Received } from './match.ts';

/** How many new alerts of one integration may open incidents of their own in a minute unless somebody sets it. */
export const USUAL_STORM_LIMIT = 50;

/** What is known of openings: by integration and minute, the alerts that opened incidents of their own, by short names. */
export interface StormLoad {
  readonly limit: number;
  readonly counts: ReadonlyMap<string, readonly string[]>;
}

/** Alerts of one integration that open incidents of their own in one minute. */
export interface OpeningCount {
  readonly integration: IntegrationId;
  readonly minute: number;
  /** Short names of those that are new. */
  readonly alerts: readonly string[];
  /** Written only while there are fewer. */
  readonly limit: number;
}

/** A minute in which alerts of an integration were received; a storm is known by the rate at which they come. */
export const stormName = (integration: IntegrationId, minute: number): string => `${integration} ${minute}`;

/** How a count names an alert: enough that two of a minute are not taken for one. */
export const shortName = (fingerprint: string): string => fingerprint.slice(0, 10);

/** The guard's key of an integration's storms. */
export const stormHash = (integration: IntegrationId): string => digest('storm', integration);

/** From when on nobody asks for a count any more. */
export const stormForgottenAt = (minute: number): Instant => (minute + 60) * 60 * SECOND;

/** The counts that a decision on these firings asks for. */
export function countsNeeded(
  firings: readonly Received[],
): readonly (Pick<OpeningCount, 'integration' | 'minute'> & { readonly name: string })[] {
  const needed = firings.flatMap(({ from: { integration, receivedAt } }) =>
    [minuteOf(receivedAt), minuteOf(receivedAt) - 1].map((minute) => ({ integration, minute })),
  );
  const named = needed.map((one) => [stormName(one.integration, one.minute), one] as const);
  return [...new Map(named)].map(([name, one]) => ({ ...one, name }));
}

/** The integrations whose storm may begin or go on with these firings. */
export function stormsNear({ limit, counts }: StormLoad, firings: readonly Received[]): readonly string[] {
  return [...Map.groupBy(firings, ({ from }) => from.integration)].flatMap(([integration, own]) => {
    const known = [
      ...new Set(own.flatMap(({ from }) => [minuteOf(from.receivedAt), minuteOf(from.receivedAt) - 1])),
    ];
    const most = Math.max(...known.map((minute) => counts.get(stormName(integration, minute))?.length ?? 0));
    const fresh = new Set(own.map(({ signal }) => signal.fingerprint)).size;
    return most + fresh > limit || most >= limit ? [stormHash(integration)] : [];
  });
}

/** The storms that these may come into, whatever the counts are. */
export const stormsOf = (firings: readonly Pick<Received, 'from'>[]): readonly string[] => [
  ...new Set(firings.map(({ from }) => stormHash(from.integration))),
];

/** The counts as they are with what one decision adds. */
export class OpeningCounts {
  private readonly storm: StormLoad | undefined;
  private readonly counts = new Map<
    string,
    Place & { readonly all: Set<string>; readonly added: string[] }
  >();

  constructor(storm: StormLoad | undefined) {
    this.storm = storm;
  }

  /** The alerts of an integration that opened incidents of their own in a minute. */
  in(integration: IntegrationId, minute: number): ReadonlySet<string> {
    return this.countOf({ integration, minute }).all;
  }

  /** Counts an alert that opens its own. */
  add(integration: IntegrationId, minute: number, name: string): void {
    const { all, added } = this.countOf({ integration, minute });
    if (all.has(name)) return;
    all.add(name);
    added.push(name);
  }

  /** What is new. */
  finish(): readonly OpeningCount[] {
    const { limit = 0 } = this.storm ?? {};
    return [...this.counts.values()]
      .filter(({ added }) => added.length > 0)
      .map(({ integration, minute, added }) => ({ integration, minute, alerts: added, limit }));
  }

  private countOf(place: Place) {
    const name = stormName(place.integration, place.minute);
    const count = this.counts.get(name) ?? {
      ...place,
      all: new Set(this.storm?.counts.get(name)),
      added: [],
    };
    this.counts.set(name, count);
    return count;
  }
}

type Place = Pick<OpeningCount, 'integration' | 'minute'>;
