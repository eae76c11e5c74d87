import { sources, type Translation } from '../alerts/index.ts';
import {
  DAY,
  type Duration,
  type Instant,
  type IntegrationId,
  MINUTE,
  minuteOf,
  SECOND,
} from '../kernel/index.ts';

/** One run of the canary, stored before its alert is posted, and removed with all that became of that. */
export interface CanaryRun {
  /** Whole minutes since the epoch; names the run and its alert. */
  readonly minute: number;
  readonly postedAt: Instant;
  /** The hash of the key that it was posted with: when the secret changes, this is the door to close. */
  readonly door?: string;
  /** All that was found of its alert has been removed; once more nothing must be found. */
  readonly cleared?: true;
}

/** What one run has to do beside posting its own alert. */
export interface CanaryPlan {
  /** The run of this minute. */
  readonly own: CanaryRun;
  /** The run before, whose incident is looked for and whose alert is resolved; none at the first start. */
  readonly before?: CanaryRun;
  /** Runs of which nothing more is expected: the youngest, and of many the oldest too, so that none is crowded out. */
  readonly over: readonly CanaryRun[];
}

/** After this nothing of a run is under way in a system that works: its minute is counted and its incident is settled. */
const OVER: Duration = 40 * MINUTE;

/** After this no queue holds its alert any more, not even among its dead letters. */
const FORGOTTEN: Duration = 15 * DAY;

/** How many runs one run looks at: it makes one itself, so an outage is caught up with. Even. */
const MOST = 20;

/** What a run at this time has to do, given all runs that are stored, in any order. */
export function planCanary(stored: readonly CanaryRun[], now: Instant): CanaryPlan {
  const own = { minute: minuteOf(now), postedAt: now };
  const earlier = stored.filter(({ minute }) => minute < own.minute).sort((a, b) => b.minute - a.minute);
  const [before] = earlier;
  const over = earlier.filter(({ postedAt }) => postedAt <= now - OVER);
  const looked = over.length <= MOST ? over : [...over.slice(0, MOST / 2), ...over.slice(-MOST / 2)];
  return { own, ...(before && { before }), over: looked };
}

/** Whether an incident of a run has been left alone for so long that nothing of it is under way; an alert may come late. */
export function isQuiet({ updatedAt }: { readonly updatedAt: Instant }, now: Instant): boolean {
  return updatedAt <= now - OVER;
}

/** The doors of runs that were posted with another key than this one. */
export function formerDoors(runs: readonly CanaryRun[], own: string): readonly string[] {
  const doors = runs.flatMap(({ door }) => (door === undefined || door === own ? [] : [door]));
  return [...new Set(doors)];
}

/** Whether a run whose alert never came is given up. */
export function isForgotten({ postedAt }: CanaryRun, now: Instant): boolean {
  return postedAt <= now - FORGOTTEN;
}

/**
 * What a run posts, in the words of the generic source: that its own alert fires and that the one before is over. Each has a
 * service of its own, hence an incident of its own; the severity wakes nobody.
 */
export function canaryBody({ own, before }: CanaryPlan): readonly Readonly<Record<string, string>>[] {
  return [alertOf(own, 'firing'), ...(before ? [alertOf(before, 'resolved')] : [])];
}

const alertOf = ({ minute }: CanaryRun, state: 'firing' | 'resolved') => ({
  key: `canary-${minute}`,
  title: 'The canary of this minute',
  service: `canary-${minute}`,
  severity: 'info',
  state,
});

/** The fingerprint under which the alert of a run is known: what the translator makes of it. */
export function canaryFingerprint(run: CanaryRun, integration: IntegrationId): string {
  const receipt = { receipt: 'canary', receivedAt: run.postedAt, integration };
  const translation: Translation = sources.generic.translate(alertOf(run, 'firing'), receipt);
  const [signal] = 'signals' in translation ? translation.signals : [];
  if (signal === undefined) throw new Error('The canary is no alert to the generic translator');
  return signal.fingerprint;
}

/** Seconds from posting to the record that an incident is open; clocks of two machines may differ, so never below 0. */
export function secondsToIncident(run: CanaryRun, recordedAt: Instant): number {
  return Math.max(0, recordedAt - run.postedAt) / SECOND;
}
