import type { KeptSignal } from '../../shared/alerts/index.ts';
import type { Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { keptSignals } from './kept-signals.ts';
import { eachSignal } from './signals.ts';
import { table } from './table.ts';

/** Minutes that are read for a firing of an alert, the newest of those in which it was received; and signals of one at most. */
const MOST_MINUTES = 8;
const MOST_SIGNALS = 30_000;

/** Hours with counts that are looked at, and minutes that are not counted yet. */
const [HOURS, UNCOUNTED] = [6, 4];
const HOUR_MINUTES = 60;

/** The last firing of an alert as it was received; undefined when none is kept, or a lot was received since. */
export async function lastFiring(
  org: OrganisationId,
  fingerprint: string,
  now: Instant,
): Promise<KeptSignal | undefined> {
  for (const minute of await minutesOf(org, fingerprint)) {
    const wanted = { minutes: [minute, minute], most: MOST_SIGNALS, now } as const;
    for await (const { signals } of keptSignals(org, wanted)) {
      const found = signals.findLast(
        ({ signal }) => signal.fingerprint === fingerprint && signal.state === 'firing',
      );
      if (found) return found;
    }
  }
  return undefined;
}

/** The minutes in which it was received, the newest first: those that are counted, and all that are not yet. */
async function minutesOf(org: OrganisationId, fp: string): Promise<readonly number[]> {
  const [counted, uncounted] = await allDone([
    countedMinutes(org, fp, Number.POSITIVE_INFINITY, HOURS),
    table.query<{ readonly minute: number }>({
      ...{ partition: schema.uncountedMinute.partition({ org }), backwards: true, limit: UNCOUNTED },
    }),
  ]);
  const all = [...counted, ...uncounted.items.map(({ minute }) => minute)];
  return [...new Set(all)].sort((a, b) => b - a).slice(0, MOST_MINUTES);
}

type HourRow = Readonly<Record<string, number>> & { readonly hour: number };

/** The newest minutes up to one in which an alert was received, as far as they are counted, the newest first: those of so many hours. */
async function countedMinutes(
  org: OrganisationId,
  fp: string,
  last: number,
  hours: number,
): Promise<readonly number[]> {
  const { items } = await table.query<HourRow>({
    partition: schema.hourCount.partition({ org, fp }),
    from: schema.hourCount.sort({ hour: 0 }),
    to: schema.hourCount.sort({ hour: Number.isFinite(last) ? Math.floor(last / HOUR_MINUTES) : LAST_HOUR }),
    ...{ backwards: true, limit: hours },
  });
  return items.flatMap(({ hour, ...row }) =>
    Array.from({ length: HOUR_MINUTES }, (_, i) => HOUR_MINUTES - 1 - i)
      .filter((place) => (row[`n${place}`] ?? 0) > 0)
      .map((place) => hour * HOUR_MINUTES + place)
      .filter((minute) => minute <= last),
  );
}

/** Sorts after every hour. */
const LAST_HOUR = 9_999_999;

/** In which minute each alert was received last up to one, of the newest minutes that are not counted yet. */
export async function heardUncounted(
  org: OrganisationId,
  last: number,
): Promise<ReadonlyMap<string, number>> {
  const { items } = await table.query<{ readonly minute: number }>({
    partition: schema.uncountedMinute.partition({ org }),
    to: schema.uncountedMinute.sort({ minute: last }),
    ...{ backwards: true, limit: UNCOUNTED },
  });
  const heard = new Map<string, number>();
  for (const { minute } of items)
    await eachSignal(org, minute, ({ fingerprint }) => {
      heard.set(fingerprint, Math.max(minute, heard.get(fingerprint) ?? 0));
    });
  return heard;
}

/** The newest counted minute up to one in which an alert was received; undefined when there is none. */
export async function lastCountedMinute(
  org: OrganisationId,
  fp: string,
  last: number,
): Promise<number | undefined> {
  // The first row may have no minute up to that one.
  const [minute] = await countedMinutes(org, fp, last, 2);
  return minute;
}
