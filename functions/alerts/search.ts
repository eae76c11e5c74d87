import { type AlertSearch, isSought, type KeptSignal } from '../../shared/alerts/index.ts';
import type { FlappingSettings } from '../../shared/detection/index.ts';
import { type Instant, MINUTE, minuteOf, type OrganisationId } from '../../shared/kernel/index.ts';
import { readHeads } from '../aws/alert-heads.ts';
import { allDone } from '../aws/all-done.ts';
import { keptSignals } from '../aws/kept-signals.ts';
import { heardUncounted, lastCountedMinute } from '../aws/last-firing.ts';
import { type FoundAlert, foundAlert, searchedOf } from './alert-view.ts';

/** The work of one answer: signals unpacked, alerts looked at, minutes with signals. More goes to the next page. */
const MOST = { signals: 20_000, alerts: 1_000, minutes: 600 } as const;

/** A minute with more signals is not looked at. */
const MOST_IN_MINUTE = 30_000;

/** How far into the past, from the newest signal on. `place` is where the page before ended. */
export interface Searching {
  readonly org: OrganisationId;
  readonly from: Instant;
  /** Fixed by the first page, so that what comes meanwhile moves nothing. */
  readonly to: Instant;
  readonly limit: number;
  readonly search: AlertSearch;
  readonly now: Instant;
  readonly flapping: FlappingSettings;
  readonly place?: Place;
}

/** A place in the order of the list: the newest minute first; in one minute by the last receipt, then by fingerprint. */
export interface Place {
  readonly at: Instant;
  readonly fingerprint: string;
}

/** What one answer found. */
export interface Found {
  readonly alerts: readonly (FoundAlert & { readonly id: string })[];
  /** Where to go on; absent when the end of the time was reached. */
  readonly next?: Place;
  /** All that was received from here on was looked at. */
  readonly coveredFrom: Instant;
  /** Minutes that were left out. */
  readonly leftOut: readonly number[];
}

/** Walks back through what was received until there are enough alerts, or enough was done for one answer. */
export async function searchAlerts(searching: Searching): Promise<Found> {
  const { org, from, now } = searching;
  const last = minuteOf(searching.place?.at ?? searching.to);
  const walk = new Walk(searching);
  const wanted = { minutes: [minuteOf(from), last], most: MOST_IN_MINUTE, now, isBackwards: true } as const;
  for await (const { minute, signals, tooMany } of keptSignals(org, wanted)) {
    if (tooMany) walk.leftOut.push(minute);
    else await walk.look(minute, signals);
    if (walk.isDone) break;
  }
  return walk.result();
}

interface Candidate {
  readonly place: Place;
  readonly last: KeptSignal;
}

class Walk {
  readonly alerts: (FoundAlert & { readonly id: string })[] = [];
  readonly leftOut: number[] = [];
  private readonly searching: Searching;
  private readonly seen = new Set<string>();
  private done = { signals: 0, alerts: 0, minutes: 0 };
  private stopped: Place | undefined;
  private uncounted: ReadonlyMap<string, number> | undefined;

  constructor(searching: Searching) {
    this.searching = searching;
  }

  get isDone(): boolean {
    return this.stopped !== undefined;
  }

  /** Looks at the alerts of one minute, in their order, until there are enough. */
  async look(minute: number, signals: readonly KeptSignal[]): Promise<void> {
    this.done.minutes++;
    this.done.signals += signals.length;
    const candidates = this.candidatesIn(signals);
    for (let i = 0; i < candidates.length && !this.isDone; i += STEP) {
      const some = candidates.slice(i, i + STEP);
      await this.take(await this.fresh(minute, some));
      this.done.alerts += some.length;
      if (this.done.alerts >= MOST.alerts) this.stopped ??= some.at(-1)?.place;
    }
    if (this.done.signals >= MOST.signals || this.done.minutes >= MOST.minutes)
      this.stopped ??= { at: minute * MINUTE - 1, fingerprint: FIRST };
  }

  result(): Found {
    const { from } = this.searching;
    const { alerts, leftOut, stopped } = this;
    const coveredFrom = stopped ? Math.max(from, stopped.at) : from;
    return { alerts, leftOut, coveredFrom, ...(stopped && stopped.at >= from && { next: stopped }) };
  }

  /** The alerts of a minute by the last signal of each that lies in the time and after the place. */
  private candidatesIn(signals: readonly KeptSignal[]): readonly Candidate[] {
    const { from, to, place } = this.searching;
    const byAlert = new Map<string, Candidate>();
    for (const last of signals) {
      const { fingerprint } = last.signal;
      const at = last.from.receivedAt;
      if (at < from || at > to || this.seen.has(fingerprint)) continue;
      byAlert.set(fingerprint, { place: { at, fingerprint }, last });
    }
    return [...byAlert.values()]
      .filter((one) => place === undefined || compare(one.place, place) > 0)
      .sort((a, b) => compare(a.place, b.place));
  }

  /** Without those that were received later, too: they were on a page before. */
  private async fresh(minute: number, candidates: readonly Candidate[]): Promise<readonly Candidate[]> {
    const { org, to, place } = this.searching;
    if (place === undefined) return candidates;
    const last = minuteOf(to);
    this.uncounted ??= await heardUncounted(org, last);
    const { uncounted } = this;
    const minutes = await allDone(
      candidates.map((one) => lastCountedMinute(org, one.place.fingerprint, last)),
    );
    return candidates.filter(
      ({ place: { fingerprint } }, i) =>
        Math.max(minutes[i] ?? minute, uncounted.get(fingerprint) ?? minute) <= minute,
    );
  }

  private async take(candidates: readonly Candidate[]): Promise<void> {
    const { org, search, limit } = this.searching;
    const heads = await readHeads(
      org,
      candidates.map(({ place }) => place.fingerprint),
    );
    for (const { place, last } of candidates) {
      this.seen.add(place.fingerprint);
      const found = foundAlert(heads.get(place.fingerprint), last, this.searching);
      const searched = searchedOf(found);
      if (!searched || !isSought(searched, search)) continue;
      this.alerts.push({ id: place.fingerprint, ...found });
      if (this.alerts.length < limit) continue;
      this.stopped = place;
      return;
    }
  }
}

/** Heads that are read at once. */
const STEP = 100;

/** Stands before every fingerprint. */
const FIRST = '0';

/** By the later receipt, then by fingerprint. */
function compare(a: Place, b: Place): number {
  if (a.at !== b.at) return b.at - a.at;
  return a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0;
}
